/**
 * Files and sockets on executors on threads, in both forms: a ring for each, and one ring with a completion thread. The program
 * (tests/programs/threads-io/body.ts) checks what each operation yields; here is what can be seen from outside.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeAll, beforeEach, describe, expect, type TestContext, test } from "vitest";
import type { Built } from "../../tools/build.ts";
import { run } from "../../tools/run.ts";
import { buildProgram, runProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";
import { runSanitized } from "./sanitized.ts";

const PLACE = "tests/programs/threads-io/threads-io-";
const PROVEN = { proof: true };
/** A build, and a run of less than a second. */
const LIMIT_MS = 240_000;

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(tmpdir() + "/stator-threads-io-");
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A sandbox may forbid io_uring: the program says so. */
function skipWithoutRing(ctx: TestContext, output: string): void {
	const refused = /stator\/io: (no io_uring|io_uring is not allowed here)[^\n]*/.exec(output);
	if (refused) ctx.skip(refused[0]);
}

const linesOf = (output: string): string[] =>
	output.split("\n").filter((line) => /^(ends|cleaned up|Error|\d: )/.test(line));

describe.each([
	["A5 M2 a ring for each thread", "ring"],
	["A6 one completion thread", "completions"],
])("%s", (_, form) => {
	let built: Built;
	beforeAll(async () => {
		built = await buildProgram(PLACE + form + ".ts", "linux", PROVEN);
	}, LIMIT_MS);

	test(
		"A4 M7 M8 M9 M16 copies, echoes, other tasks while a receive is in flight, cancelling in every state, faults, a descriptor passed on, an end with I/O in flight",
		async (ctx) => {
			const { status, output } = await run(built, { directory, timeoutSeconds: 60 });
			skipWithoutRing(ctx, output);
			expect(logged(output)).toEqual(["executors 4", "open 0", "bytes 259048", "wrong 0"]);
			expect(linesOf(output)).toEqual(["ends", ...Array<string>(4).fill("cleaned up")]);
			expect(output.match(/growth since start-up .*/g)).toEqual(
				Array<string>(4).fill("growth since start-up 0 slots, 0 bytes; collections 0"),
			);
			expect(status).toBe(0);
			const from = readFileSync(directory + "/from");
			for (let i = 0; i < 8; i++) expect(readFileSync(directory + "/to-" + i).equals(from)).toBe(true);
		},
		LIMIT_MS,
	);

	test.for([
		["SIGINT", 130],
		["SIGTERM", 143],
	] as const)(
		"M16 %s with I/O in flight on every thread: all of it is unwound, and run returns",
		{ timeout: LIMIT_MS },
		async ([signal, expected], ctx) => {
			const child = spawn(built.image, ["wait"], { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
			let output = "";
			child.stdout.on("data", (data: Buffer) => {
				const before = /^ends$/m.test(output);
				output += data;
				if (!before && /^ends$/m.test(output)) child.kill(signal);
			});
			const status = await new Promise((resolve) => child.on("close", resolve));
			skipWithoutRing(ctx, output);
			expect(linesOf(output)).toEqual(["ends", ...Array<string>(4).fill("cleaned up")]);
			expect(status).toBe(expected);
		},
	);
});

test(
	"M14 executors that only compute: the main thread has its files, others are told that they have no ring",
	async (ctx) => {
		const { status, output } = await runProgram(PLACE + "none.ts", "linux", { directory });
		skipWithoutRing(ctx, output);
		const told = (name: string) =>
			'Error: task "' +
			name +
			'" on another executor: TypeError: stator/io: this executor has no ring, by run(root, { io: "none" })';
		expect(linesOf(output).map((line) => line.replace(/: files and sockets are the main thread's$/, ""))).toEqual([
			told("reads"),
			told("opens"),
		]);
		expect(logged(output)).toEqual(["open 0", "write 64", "computed 5113", "read 64"]);
		expect(status).toBe(0);
	},
	LIMIT_MS,
);

test(
	"M8 a direct descriptor is its ring's: another executor is told so",
	async (ctx) => {
		const { status, output } = await runProgram(PLACE + "mistakes.ts", "linux", { directory });
		skipWithoutRing(ctx, output);
		const refused =
			'Error: task "adopts" on another executor: TypeError: stator/io: a direct descriptor is a place in the ring that opened it: no other executor can use it';
		expect(linesOf(output)).toEqual(["0: 10", "1: " + refused, "2: " + refused]);
		expect(status).toBe(0);
	},
	LIMIT_MS,
);

test("A5 A6 the programs under ThreadSanitizer, the engine with them", async (ctx) => {
	if (process.env.STATOR_TSAN !== "1")
		return ctx.skip("minutes: STATOR_TSAN=1 runs it; the C half runs so in tests/native/uring.test.ts");
	for (const form of ["ring", "completions"]) {
		const place = mkdtempSync(directory + "/");
		const ended = await runSanitized(PLACE + form + ".ts", PROVEN, place);
		if ("skip" in ended) return ctx.skip(ended.skip);
		expect(ended.stderr).toBe("");
		expect(logged(ended.stdout)).toContain("wrong 0");
		expect(ended.code).toBe(0);
	}
}, 900_000);

test("A6 a form of I/O that is not known when the program is built is refused, with the choices", async () => {
	await expect(buildProgram(PLACE + "unknown.ts", "linux")).rejects.toThrow(
		'write { io: "ring-per-thread" | "completion-thread" | "none" } in the call',
	);
});
