/** N9 The server on an emulated board, on the console's line: asked by smpclient and smpmgr over a pty, and by the program itself for a day of its time (STATOR_SOAK=86400). */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TASKS_ASKED } from "../programs/smp-day/request.ts";
import { buildProgram, runProgram } from "../programs/support.ts";
import { startOnPty } from "../smp/board-on-pty.ts";
import { lineClient } from "../smp/line-client.ts";
import { askWithMcumgr, needMcumgr } from "../smp/mcumgr.ts";
import { framed, imageOf, request, WRITE } from "../smp/messages.ts";
import { askAll, pythonClients, smpmgr } from "../smp/python.ts";
import { stator } from "../smp/stator.ts";

const board = "netduinoplus2";
const SIZE = 20_000;

let folder: string;
let image: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-smp-");
	image = folder + "/image.bin";
	writeFileSync(image, imageOf(SIZE, 2, 0x22));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("N9 smpclient and smpmgr over a pty: every group, upload, test, confirm, erase; a reset, and it is there again", async (ctx) => {
	await pythonClients(ctx);
	const { child, device } = await startOnPty(
		await buildProgram("tests/programs/smp/serial.ts", board, { proof: true }),
	);
	try {
		const replies = await askAll(["serial", device, image, "statistics", "images0"]);
		const of = (asked: string) => replies.filter((reply) => reply.asked === asked).at(-1);
		expect(of("echo")).toMatchObject({ r: "Hällo" });
		expect(of("parameters")).toMatchObject({ buf_size: 512, buf_count: 1 });
		expect(of("tasks")).toMatchObject({ tasks: { flooding: { prio: 1, state: 2 }, root: { state: 1 } } });
		expect(of("date")).toMatchObject({ datetime: expect.stringMatching(/^2026-11-2/) });
		expect(of("group")).toMatchObject({ fields: { errors: 0, dropped: 0 } });
		expect(of("setting")).toMatchObject({ val: "0102" });
		expect(of("help")).toMatchObject({ ret: 0 });
		expect(of("upload")).toMatchObject({ off: SIZE });
		const second = { slot: 1, version: "2.0.0", hash: "22".repeat(32), pending: false, confirmed: false };
		expect(of("images")).toMatchObject({ images: [{ slot: 0, active: true }, second] });
		expect(of("test")).toMatchObject({ images: [{}, { ...second, pending: true }] });
		expect(of("confirm")).toMatchObject({ images: [{}, { permanent: true }] });
		expect(of("erase what is pending")).toMatchObject({ err: { group: 1, rc: 9 } });

		const said = async (...args: string[]): Promise<string> => {
			const { status, output } = await smpmgr("--port", device, "--timeout", "20", ...args);
			expect(status, output).toBe(0);
			return output;
		};
		expect(await said("shell", "mem")).toContain("slots ");
		expect(await said("image", "state-read")).toContain("2.0.0");
		expect(await said("os", "reset")).toContain("ResetWriteResponse");
		expect(await said("image", "state-read")).not.toContain("2.0.0");
		expect(await said("os", "echo", "again")).toContain("again");
	} finally {
		child.kill("SIGKILL");
	}
}, 600_000);

test("N9 mcumgr over a pty, where it is installed: every group, uploads that are taken and refused", async (ctx) => {
	needMcumgr(ctx);
	const { child, device } = await startOnPty(
		await buildProgram("tests/programs/smp/serial.ts", board, { proof: true }),
	);
	try {
		const connection = ["--conntype", "serial", "--connstring", "dev=" + device + ",baud=115200,mtu=512"];
		await askWithMcumgr({ connection, image, hash: "22".repeat(32), folder });
	} finally {
		child.kill("SIGKILL");
	}
}, 600_000);

test("N9 stator top and stator logs on the board's line: its tasks and pools, what it prints", async () => {
	const { child, device } = await startOnPty(
		await buildProgram("tests/programs/smp/serial.ts", board, { proof: true }),
	);
	try {
		const { status, out } = await stator(["top", "--serial", device, "--timeout", "20"]);
		expect(status).toBe(0);
		expect(out).toMatch(/^root +\d+ +ready +normal +\d+ +\d+ +\d+\.\d %$/m);
		expect(out).toMatch(/^flooding +\d+ +waiting +normal +/m);
		expect(out).toMatch(/^C stack, all tasks: \d+ of \d+ bytes/m);
		expect(out).toMatch(/^flooding +- +1 +1 +1$/m);
		const json = JSON.parse((await stator(["top", "--serial", device, "--timeout", "20", "--json"])).out);
		expect(json.tasks.map(({ name }: { name: string }) => name).sort()).toEqual(["flooding", "root"]);
		const reading = stator(["logs", "--serial", device, "--seconds", "6"]);
		const asking = setInterval(
			() => appendFileSync(device, framed(request(9, 0, { argv: ["flood", "3"] }, { op: WRITE }))),
			500,
		);
		const logs = await reading;
		clearInterval(asking);
		expect(logs.status).toBe(0);
		const lines = new Set(
			logs.out
				.trimEnd()
				.split("\n")
				.map((line) => line.replace(/^\[.*\] /, "")),
		);
		expect([...lines].sort()).toEqual([1, 2, 3].map((n) => "a line of the flood, which has to stay whole: " + n));
	} finally {
		child.kill("SIGKILL");
	}
}, 300_000);

test("N9 a flood of lines while an upload runs: it completes, and no line is torn", async () => {
	const bytes = imageOf(6000, 2, 0x33);
	const replies: number[] = [];
	const client = lineClient((ask, content) => {
		const { off = 0 } = (content ?? {}) as { off?: number };
		if (off > 0) replies.push(off);
		if (content === undefined) ask(9, 0, { argv: ["flood", "1000000"] });
		else if (off < bytes.length)
			ask(1, 1, { off, data: bytes.subarray(off, off + 400), ...(off === 0 && { len: bytes.length }) });
		else ask(9, 0, { argv: ["flood", "0"] });
	});
	const { output } = await runProgram("tests/programs/smp/serial.ts", board, {
		...client,
		timeoutSeconds: 120,
		settings: { proof: true },
		until: /the flood is over\n/,
	});
	expect(replies).toEqual(Array.from({ length: 15 }, (_, piece) => 400 * (piece + 1)));
	const flood = /^\[ *\d+\.\d{3}\] a line of the flood, which has to stay whole: (\d+)$/;
	const isFrame = (line: string) =>
		["\x06\t", "\x04\x14"].includes(line.slice(0, 2)) && /^[A-Za-z0-9+/]+={0,2}$/.test(line.slice(2));
	const lines = output.split("\n");
	const others = lines.filter((line) => line !== "" && !flood.test(line) && !isFrame(line));
	expect(others.map((line) => line.replace(/^\[.*\] /, ""))).toEqual(["ready", "the flood is over"]);
	const numbers = lines.flatMap((line) => flood.exec(line)?.slice(1, 2).map(Number) ?? []);
	expect(numbers.length).toBeGreaterThan(100);
	expect(numbers).toEqual(numbers.map((_, at) => 1_000_000 - at));
});

/** Of the board's time; a day is 86400. */
const SOAK_SECONDS = Number(process.env.STATOR_SOAK ?? 300);

test(
	"N9 a client that polls the task table every second, over the line and in the board's time: nothing grows",
	async () => {
		expect(TASKS_ASKED).toBe(framed(request(0, 2, {}, { sequence: 7 })));
		let tables = 0;
		const { onInput, onOutput } = lineClient((ask, content) => {
			if (content === undefined) ask(9, 0, { argv: ["poll", String(SOAK_SECONDS)] });
			else if ("tasks" in (content as object)) {
				expect(content).toMatchObject({ tasks: { root: { state: 2 }, serving: { state: 1 } } });
				tables++;
			}
		});
		const began = performance.now();
		const { output, status } = await runProgram("tests/programs/smp-day", board, {
			...{ onInput, onOutput },
			settings: { proof: true },
			timeoutSeconds: 240 + SOAK_SECONDS / 20,
		});
		const [seconds, report] = [(performance.now() - began) / 1000, output.slice(-1000)];
		console.log(tables + " tables in " + Math.round(seconds) + " s:" + /heap growth.*/.exec(report)?.[0]);
		expect(tables).toBe(SOAK_SECONDS);
		for (const said of ["lost: 0", "requests: " + (SOAK_SECONDS + 1), "errors: 0", "dropped: 0"])
			expect(report).toContain("] " + said + "\n");
		expect(report).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
		expect(Number(/^\[ *(\d+)\.\d+\] requests/m.exec(report)?.[1])).toBeGreaterThanOrEqual(SOAK_SECONDS);
		expect(status).toBe(0);
	},
	(300 + SOAK_SECONDS / 20) * 1000,
);
