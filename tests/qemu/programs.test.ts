/** Small programs on emulated boards: the console, the ends that programs come to, what they leave out. */
import { describe, expect, test } from "vitest";
import { runCommand } from "../../tools/run-command.ts";
import { buildProgram, runProgram, symbolsOf } from "../programs/support.ts";
import { byDeadline, byPriority, combined, everyPrimitive, grouped, logged, stopped } from "../programs/sync-output.ts";

const boards = ["mps2-an385", "netduinoplus2"];

test("R7 blinky toggles ten times, 500 ms apart, grows nothing and ends by itself", async () => {
	const { status, output } = await runProgram("examples/blinky", "netduinoplus2");
	expect(status).toBe(0);
	const toggles = [...output.matchAll(/^\[ *(\d+)\.(\d+)\] led (on|off)$/gm)];
	expect(toggles.map(([, , , state]) => state)).toEqual(Array.from({ length: 10 }, (_, i) => (i % 2 ? "off" : "on")));
	const times = toggles.map(([, seconds, ms]) => 1000 * Number(seconds) + Number(ms));
	for (let i = 1; i < times.length; i++) expect(times[i] - times[i - 1]).toBe(500);
	expect(output).toMatch(/^stator: polls 11, wakes 11, sleeps \d+$/m);
	expect(output).toMatch(/^stator: RAM \d+ bytes: \d+ static/m);
	expect(output).toMatch(/^stator: flash \d+ bytes$/m);
	expect(output).toContain("stator: heap growth since start-up 0 slots, 0 bytes; collections 0");
});

test("the same image runs the same, twice", async () => {
	const first = await runProgram("examples/blinky", "mps2-an385");
	const second = await runProgram("examples/blinky", "mps2-an385");
	expect(second.output).toBe(first.output);
});

test("N2 X2 select, join and withTimeout in compiled tasks: losers leave their lists, nothing grows", async () => {
	const { status, output } = await runProgram("combinators.ts", "netduinoplus2");
	expect(logged(output)).toEqual(combined);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N3 X2 a request to stop in compiled tasks: seen while waiting, before, from within; proven, nothing grows", async () => {
	const { status, output } = await runProgram("stopping.ts", "mps2-an385", { settings: { proof: true } });
	expect(logged(output)).toEqual(stopped);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test.each([
	["policy-priority", byPriority],
	["policy-deadline", byDeadline],
])("N6 M1 %s: the order, proven, nothing grows", async (program, expected) => {
	const { status, output } = await runProgram(program, "mps2-an385", { settings: { proof: true } });
	expect(logged(output)).toEqual(expected);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N6 each executor has its own policy, and what no executor has is not linked", async () => {
	const { status, output } = await runProgram("policy-mixed", "mps2-an385");
	expect(output).toMatch(/near\nfar\nhigh\nlow\nend\n/);
	expect(status).toBe(0);
	const mixed = await symbolsOf((await buildProgram("policy-mixed", "mps2-an385")).image);
	expect(mixed).toMatch(/ stator_priority_next$/m);
	expect(mixed).toMatch(/ stator_deadline_next$/m);
	expect(mixed).not.toMatch(/ stator_fair_/);
	const one = await symbolsOf((await buildProgram("policy-priority", "mps2-an385", { proof: true })).image);
	expect(one).toMatch(/ stator_ready_next$/m);
	expect(one).not.toMatch(/ stator_(fair|priority|deadline|policies)/);
});

test("N3 M16 a group of children: waited for, left by its block's end, an exception, a cancellation; proven, nothing grows", async () => {
	const { status, output } = await runProgram("group.ts", "mps2-an385", { settings: { proof: true } });
	expect(logged(output)).toEqual(grouped);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N1 X2 every primitive of src/sync in compiled tasks: right values, nothing grows", async () => {
	const { status, output } = await runProgram("sync.ts", "netduinoplus2");
	expect(logged(output)).toEqual(everyPrimitive);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

describe.each(boards)("on %s", (board) => {
	test("A9 the UART's interrupt wakes the task that reads", async () => {
		let typed = false;
		let seen = "";
		let type: (text: string) => void = () => {};
		const { output, status } = await runProgram("echo.ts", board, {
			onInput: (typist) => {
				type = typist;
			},
			onOutput: (text) => {
				seen += text;
				if (typed || !seen.includes("ready")) return;
				typed = true;
				type("hello\nworld\nq");
			},
		});
		expect(output).toContain("got hello\ngot world\n");
		expect(status).toBe(0);
	});

	test("a hard fault is reported with its registers, and the board halts", async () => {
		const { output, status } = await runProgram("fault", board);
		expect(output).toMatch(/^about to fault$/m);
		expect(output).toMatch(
			/^stator: (HardFault|BusFault) \(exception \d\) at pc [0-9a-f]{8}, called from lr [0-9a-f]{8}$/m,
		);
		expect(output).toMatch(/^ {2}r0 [0-9a-f]{8} {2}r1 /m);
		expect(output).toMatch(/bfar cccccccc/);
		expect(output).not.toContain("not reached");
		expect(status).toBe(90);
	});
});

describe("N5 what runs out says so: what, how much was asked for, how much there is, what to do", () => {
	test("memory for chunks", async () => {
		const { output, status } = await runProgram("out-of-memory.ts", "netduinoplus2");
		expect(output).toMatch(
			/out of memory for chunks: asked for \d+ bytes, \d+ free of the machine's block of \d+ bytes, \d+ short/,
		);
		expect(output).toMatch(/slots: \d+ bytes in use of \d+; chunks: \d+ bytes in use of \d+/);
		expect(output).toContain("what to do: the block is all RAM that the program leaves");
		expect(status).toBe(65);
	});

	test("memory for slots", async () => {
		const { output } = await runProgram("out-of-slots.ts", "netduinoplus2");
		expect(output).toMatch(/out of memory for slots: asked for \d+ bytes/);
	});

	test("the block, when the program has set its size", async () => {
		const { output } = await runProgram("out-of-slots.ts", "netduinoplus2", { settings: { heapBytes: 80000 } });
		expect(output).toMatch(/block of 80000 bytes|block of 799\d\d bytes/);
		expect(output).toContain("raise the setting heapBytes");
	});

	test("the stack", async () => {
		const { output, status } = await runProgram("overflow.ts", "mps2-an385");
		expect(output).toMatch(/stack overflow: \d+ slots of \d+ in use/);
		expect(output).toContain("raise the setting stackSlots");
		expect(status).toBe(66);
	});

	test("names", async () => {
		const { output } = await runProgram("names.ts", "mps2-an385");
		expect(output).toMatch(/out of names: all \d+ are in use/);
		expect(output).toContain("raise the setting spareKeys");
	});

	test("the pool", async () => {
		const { output } = await runProgram("no-timers.ts", "mps2-an385", { settings: { poolBytes: 1024 } });
		expect(output).toMatch(/pool behind c_malloc|the pool of 1024 bytes is too small/);
		expect(output).toContain("poolBytes");
	});
});

test("an exception that nothing catches is shown, status 1", async () => {
	const { output, status } = await runProgram("throws.ts", "mps2-an385");
	expect(output).toContain("stator: uncaught exception in the first module:\n  RangeError: nobody catches this");
	// X1 file, line and column of the TypeScript, of the task and of who called run.
	expect(output).toMatch(
		/nobody catches this\n {2}at tests\/programs\/throws\.ts:6:16\n(.*\n)* {2}at tests\/programs\/throws\.ts:11:1\n/,
	);
	expect(status).toBe(1);
});

test("M5 every kind of task in one executor at once: a compiled one, a poll, a generator, an async function; the engine's own forms cost more", async () => {
	const { output, status } = await runProgram("kinds.ts", "netduinoplus2");
	expect(output).toContain("order cwgpcwgp, values 10\n");
	const [compiled, written, generated, plain] = [...output.matchAll(/ cost (\d+)$/gm)].map(([, cycles]) =>
		Number(cycles),
	);
	// docs/DESIGN.md: a generator three times, a native await ten times what a compiled task costs. A virtual machine: the same in every run.
	expect(generated).toBeGreaterThan(3 * Math.max(compiled, written));
	expect(plain).toBeGreaterThan(3 * generated);
	expect(status).toBe(0);
});

test("E8 a program that does not wait for time carries no timer code", async () => {
	const without = await buildProgram("no-timers.ts", "mps2-an385");
	const withTimers = await buildProgram("examples/blinky", "mps2-an385");
	expect(await symbolsOf(withTimers.image)).toMatch(/stator_wheel_turn/);
	const symbols = await symbolsOf(without.image);
	expect(symbols).toMatch(/stator_ready_wake/);
	expect(symbols).not.toMatch(/stator_wheel|xs_stator_timer/);
	expect((await runProgram("no-timers.ts", "mps2-an385")).output).toContain("done\n");
});

test("no C library malloc reaches a board", async () => {
	const { image } = await buildProgram("examples/blinky", "mps2-an385");
	expect((await runCommand("arm-none-eabi-nm", [image])).output).not.toMatch(/ _?malloc(_r)?$| _sbrk/m);
});

test("A2 a task that fails while nobody waits for it says so, with its place, and the others go on", async () => {
	const { output, status } = await runProgram("fails.ts", "netduinoplus2");
	expect(output).toContain(
		'stator: task "bad" ended with an exception that nobody waits for:\n  TypeError: alone\n  at tests/programs/fails.ts:6:16\n',
	);
	expect(output).toContain("good goes on");
	expect(status).toBe(0);
});
