/**
 * Files and sockets of `stator/io` on this machine's io_uring. The programs (tests/programs/io*) use every operation and log what each
 * yielded; the whole ordered list is compared. They are proven to allocate nothing, and do not.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../tools/run-command.ts";
import { buildProgram, runProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";
import { cancelled, faults, files, sockets } from "./io-output.ts";
import { skipWithoutRing } from "./ring.ts";

let directory: string;
beforeAll(() => {
	directory = mkdtempSync(tmpdir() + "/stator-io-");
});
afterAll(() => rmSync(directory, { recursive: true }));

const nothingGrew = "heap growth since start-up 0 slots, 0 bytes; collections 0";
const proven = { proof: true };

test("M7 M9 M10 X2 files: every operation, registered and provided buffers, many in flight in one task", async (ctx) => {
	const { status, output } = await runProgram("tests/programs/io/files.ts", "linux", {
		settings: proven,
		args: ["a", "b"],
		directory,
	});
	skipWithoutRing(ctx, output);
	expect(logged(output)).toEqual(files);
	expect(output).toContain(nothingGrew);
	expect(status).toBe(0);
	// What the program says it wrote is what others read.
	const many = readFileSync(directory + "/many");
	expect(many.length).toBe(8 * 4096);
	for (let i = 0; i < 8; i++) expect(many[i * 4096 + 5]).toBe(i + 5);
});

test("M8 M9 X2 sockets: TCP, UDP and Unix, accepted and received by one operation each, limits, a peer that never reads", async (ctx) => {
	const { status, output } = await runProgram("tests/programs/io/sockets.ts", "linux", { settings: proven, directory });
	skipWithoutRing(ctx, output);
	expect(logged(output)).toEqual(sockets);
	expect(output).toContain(nothingGrew);
	expect(status).toBe(0);
});

test("M16 M5 tasks that end or are cancelled with operations in every state, those that cannot be cancelled among them; plain tasks", async (ctx) => {
	const { status, output } = await runProgram("io-cancel", "linux", { directory });
	skipWithoutRing(ctx, output);
	expect(logged(output)).toEqual(cancelled);
	expect(output).toContain("TypeError: io: a buffer is made by ioBuffer(bytes)");
	expect(output).toContain("RangeError: io: 5 bytes from 60 on, but the buffer has 64");
	expect(output).toContain("TypeError: open: the file is open: close it first");
	expect(status).toBe(0);
});

test("M1 M11 faults between ring and kernel (ENOSPC, EIO, EINTR, EAGAIN, short counts, SQ full, CQ overflow, ENOBUFS, ENFILE): each ends in the right status, nothing is lost, helpers finish what is short", async (ctx) => {
	const { status, output } = await runProgram("io-faults", "linux", { settings: proven, directory });
	skipWithoutRing(ctx, output);
	expect(logged(output)).toEqual(faults);
	expect(output).toContain(nothingGrew);
	expect(status).toBe(0);
});

test("M14 a pure-compute executor, ioEntries 0: what needs a ring says so, and nothing else is missed", async () => {
	const { status, output } = await runProgram("tests/programs/io/none.ts", "linux", { settings: { ioEntries: 0 } });
	expect(output).toContain("RangeError: stator/io: the setting ioEntries is 0, so this program has no ring");
	expect(output).toContain("computed 10");
	expect(status).toBe(0);
});

test("M14 a program without files and sockets has no code of the ring", async () => {
	const { image } = await buildProgram("examples/blinky", "linux");
	const { output } = await runCommand("nm", [image]);
	expect(output).not.toMatch(/uring/);
	expect(output).toContain("stator_round");
});

test("a board and Node's simulated machine say that there are no files", async () => {
	await expect(buildProgram("tests/programs/io/none.ts", "mps2-an385")).rejects.toThrow(
		"stator/io: files and sockets are there on Linux only, and this is built for cortex-m",
	);
	const { ioBuffer } = await import("../../src/io/index.ts");
	expect(() => ioBuffer(1)).toThrow("stator/io: files and sockets are there on Linux only");
});

test("M7 kill -9 in the middle of durable writes: what was reported durable is there, whole", async (ctx) => {
	const { image } = await buildProgram("tests/programs/io/durable.ts", "linux", { strip: false });
	const child = spawn(image, [], { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	await new Promise<void>((resolve) => {
		child.stdout.on("data", (data: Buffer) => {
			output += data;
			if (/durable 100\n/.test(output)) child.kill("SIGKILL");
		});
		child.on("close", () => resolve());
	});
	skipWithoutRing(ctx, output);
	const last = logged(output).length - 1;
	expect(last).toBeGreaterThanOrEqual(100);
	const bytes = readFileSync(directory + "/durable");
	for (let number = 0; number <= last; number++)
		expect(bytes.subarray(number * 4096, number * 4096 + 4096).every((byte) => byte === (number & 255))).toBe(true);
});
