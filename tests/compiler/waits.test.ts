/** The table that a debugger finds a suspended task by: states, places and what is waited for. */
import { expect, test } from "vitest";
import { compileText } from "../../compiler/index.ts";

const source = `import { Channel, run, sleep, spawn, task, yieldNow } from "stator";
const channel = new Channel<number>(1);
async function twice(ms: number): Promise<void> {
	await sleep(ms);
	await sleep(
		2 * ms,
	);
}
const worker = task({ pool: 2 }, async (ms: number) => {
	for (;;) {
		await twice(ms);
		await yieldNow();
		const value = await channel.receive();
		if (value === 0) return;
	}
});
run(async () => {
	spawn(worker(5));
	await channel.send(0);
});
`;

test("M15 every wait of every compiled function has its state, place and text", () => {
	const { report, code } = compileText({ "/waits/main.ts": source }, "/waits/main.ts", { root: "/waits" });
	const shown = report.machines.map(({ name, kind, file, line, waits }) => ({
		at: file + ":" + line,
		kind,
		waits: waits.map(({ line, text, what }) => line + " " + text + (what === undefined ? "" : " [" + what + "]")),
		...(kind === "embedded" ? { name } : {}),
	}));
	expect(shown).toEqual([
		{
			at: "main.ts:3",
			kind: "embedded",
			name: "twice",
			waits: ["4 await sleep(ms) [Sleep]", "5 await sleep( 2 * ms, ) [Sleep]"],
		},
		{
			at: "main.ts:9",
			kind: "task",
			waits: ["11 await twice(ms) [twice]", "12 await yieldNow()", "13 await channel.receive() [Receive]"],
		},
		{ at: "main.ts:17", kind: "task", waits: ["19 await channel.send(0) [Send]"] },
	]);
	// The states are the numbers of the generated text, each once.
	for (const { waits } of report.machines) {
		expect(new Set(waits.map(({ state }) => state)).size).toBe(waits.length);
		for (const { state } of waits) expect(code["/waits/main.ts"]).toContain("$state = " + state + ";");
	}
	expect(report.machines[1].waits[0].on).toBe("$call0");
});

test("X1 a wait that yields its own object (@yieldsOwn) is each place's own; others serve one place after another", () => {
	const text = `import { run, sleep } from "stator";
import { open, unlink } from "stator/io";
run(async () => {
	const first = await open("a");
	const second = await open("b");
	await unlink("a");
	await unlink("b");
	await sleep(first.status + second.status);
});
`;
	const { code } = compileText({ "/own/main.ts": text }, "/own/main.ts", { root: "/own" });
	expect(code["/own/main.ts"].match(/new \$Open\(\)/g)).toHaveLength(2);
	expect(code["/own/main.ts"].match(/new \$Unlink\(\)/g)).toHaveLength(1);
});

test("M15 in a frame object too", () => {
	const framed = source.replace("pool: 2", "pool: 20");
	const { report } = compileText({ "/waits/main.ts": framed }, "/waits/main.ts", { root: "/waits" });
	// The helper's variables are in the frame object of the task that awaits it.
	expect(report.machines.map(({ form }) => form)).toEqual(["frame", "frame", "captured"]);
	expect(report.machines.map(({ waits }) => waits.map(({ line }) => line))).toEqual([[4, 5], [11, 12, 13], [19]]);
});
