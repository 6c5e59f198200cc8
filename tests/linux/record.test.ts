/**
 * X6: programs with files and sockets are recorded on Linux, and the same run comes out of the record where none of them is there: the same
 * polls, wakes, sleeps and ends at the same times, the same text on the console.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { type App, findApp } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import {
	buildReplay,
	type Recorded,
	record,
	recordedApp,
	recordFromFile,
	replay,
	writeRecord,
} from "../../tools/record/command.ts";
import {
	ASKED,
	COMPLETION,
	CUT,
	decodeEntries,
	decodeFile,
	encodeEntries,
	encodeFile,
	FULL,
	INTERRUPT,
	LANDED,
	type RecordEntry,
} from "../../tools/record/frame.ts";
import { setQuiet } from "../../tools/report.ts";
import { runCommand } from "../../tools/run-command.ts";
import { findTarget } from "../../tools/targets.ts";
import { random, seedOf } from "../native/support/compile.ts";
import { consoleOf, expectSame, withSettings } from "../programs/recorded.ts";
import { buildProgram } from "../programs/support.ts";
import { skipWithoutRing } from "./ring.ts";

setQuiet(true);
const TRACE_BYTES = 4 << 20;
const linux = findTarget("linux");

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-record-");
});
afterAll(() => rmSync(folder, { recursive: true }));

const traced = (app: App): App => withSettings(app, { trace: TRACE_BYTES });

/** A program that writes its own record, as in the field. `drive` ends it, at the latest by its end. */
async function recordProcess(
	app: App,
	args: string[],
	drive: (child: ChildProcess, output: () => string) => Promise<void>,
): Promise<{ built: Built; status: number | null; output: string; file: string }> {
	const built = await build(recordedApp(app, linux, { seconds: 0 }), linux);
	const file = folder + "/" + app.name + ".record";
	const child = spawn(built.image, args, {
		env: { ...process.env, STATOR_RECORD: file },
		stdio: ["pipe", "pipe", "inherit"],
	});
	let output = "";
	child.stdout?.on("data", (data: Buffer) => {
		output += data;
	});
	const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
	try {
		await Promise.race([drive(child, () => output), ended]);
	} finally {
		if (child.exitCode === null && !child.killed) child.kill("SIGKILL");
	}
	return { built, status: await ended, output, file };
}

async function until<T>(what: () => T | undefined | null | false): Promise<T> {
	for (;;) {
		const found = what();
		if (found) return found;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Runs a replay's image where nothing can be opened but its record and the descriptor that wakes it: no file, no socket, no ring. */
async function replayConfined(file: string, app: App): Promise<{ code: number; output: string }> {
	const { built } = await buildReplay(file, { app });
	return runCommand("prlimit", ["--nofile=4:4", "--", built.image, file]);
}

const portOf = (output: string): number | undefined =>
	Number(/listening at port (\d+)/.exec(output)?.[1] ?? 0) || undefined;

/** Sends a message, and waits for all of it. */
function echo(port: number, message: Buffer, leaves: boolean): Promise<void> {
	return new Promise((resolve, reject) => {
		const received: Buffer[] = [];
		const socket = connect(port, "127.0.0.1", () => socket.write(message));
		socket.on("error", reject);
		socket.on("data", (data: Buffer) => {
			received.push(data);
			const whole = Buffer.concat(received);
			if (leaves) socket.destroy();
			else if (whole.length === message.length) {
				expect(whole.equals(message)).toBe(true);
				socket.end();
			}
		});
		socket.on("close", () => resolve());
	});
}

async function clients(port: number): Promise<void> {
	const below = random(seedOf("record echo"));
	for (let turn = 0; turn < 5; turn++)
		await Promise.all(
			Array.from({ length: 6 }, (_, i) => {
				const message = Buffer.from(Array.from({ length: 1 + below(9000) }, () => below(256)));
				return echo(port, message, i === 5);
			}),
		);
}

describe("X6 recorded on Linux, replayed without files and sockets", () => {
	test("copy: a tree, which is gone", async (ctx) => {
		const from = folder + "/from";
		mkdirSync(from + "/sub/deep", { recursive: true });
		writeFileSync(from + "/large", Buffer.alloc(300_000, "stator"));
		for (let i = 0; i < 40; i++) writeFileSync(from + "/sub/" + i, "file " + i);
		symlinkSync("sub/7", from + "/link");
		const app = traced(findApp("copy"));
		const made = await record(app, "linux", { seconds: 0, args: [from, folder + "/to"] });
		skipWithoutRing(ctx, made.output);
		expect(consoleOf(made.output)).toMatch(/files 41\n.*\n.*failures 0\n$/);
		expect(readFileSync(folder + "/to/sub/deep/../39", "utf8")).toBe("file 39");
		for (const name of ["from", "to"]) rmSync(folder + "/" + name, { recursive: true });
		const file = writeRecord(made, folder + "/copy");
		expectSame(made, await replay(file, { app, trace: true }), 300);
		expect(existsSync(folder + "/to")).toBe(false);
		expect(existsSync(from)).toBe(false);
		const confined = await replayConfined(file, app);
		expect(confined.code).toBe(0);
		expect(confined.output).toContain("the program has ended as it was recorded");
		// What was read is in it once, and what was written is not.
		expect(made.frame.bytes.length).toBeLessThan(300_000 + 60_000);
	});

	test("echo-server: clients that come, go and leave in the middle; SIGTERM; its port is another's then", async (ctx) => {
		const app = traced(findApp("echo-server"));
		const made = await recordProcess(app, ["0"], async (child, output) => {
			await clients(await until(() => portOf(output())));
			child.kill("SIGTERM");
			await until(() => child.exitCode !== null);
		});
		skipWithoutRing(ctx, made.output);
		expect(made.status).toBe(128 + 15);
		const { frame } = decodeFile(readFileSync(made.file), made.file);
		const entries = decodeEntries(frame.bytes);
		expect(entries.filter(({ kind }) => kind === INTERRUPT).map(({ source }) => source)).toEqual([64 + 15]);
		expect(entries.filter(({ kind }) => kind === ASKED).length).toBeGreaterThan(100);
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(portOf(made.output), "127.0.0.1", resolve));
		try {
			expectSame({ ...made, status: made.status as number }, await replay(made.file, { app, trace: true }), 300);
			const confined = await replayConfined(made.file, app);
			expect(confined.code).toBe(128 + 15);
			expect(confined.output).toContain("the program has ended as it was recorded");
		} finally {
			other.close();
		}
	});

	// The tests of files and sockets do every operation that there is.
	for (const name of ["io/files.ts", "io/sockets.ts"])
		test(
			name + ": every operation, registered and provided buffers, datagrams, what is given up in flight",
			async (ctx) => {
				const directory = folder + "/" + name.replace(/\W/g, "-");
				mkdirSync(directory);
				const app = withSettings(traced(findApp(path("tests/programs", name))), { proof: false });
				const made = await record(app, "linux", { seconds: 0, args: ["a", "b"], directory });
				skipWithoutRing(ctx, made.output);
				expect(made.status).toBe(0);
				rmSync(directory, { recursive: true });
				const file = writeRecord(made, folder + "/" + app.name);
				expectSame(made, await replay(file, { app, trace: true }), 50);
				expect((await replayConfined(file, app)).code).toBe(0);
			},
		);

	test("lines typed, signals, calendar, random numbers, counters", async (ctx) => {
		const app = withSettings(traced(findApp(path("tests/programs/record-host"))), { proof: false });
		const made = await recordProcess(app, ["one", "two"], async (child, output) => {
			for (let line = 1; line <= 5; line++) {
				await until(() => output().includes("ready " + line));
				if (line === 3) child.kill("SIGUSR1");
				else child.stdin?.write("line " + line + "\n");
			}
			child.stdin?.end();
			await until(() => child.exitCode !== null);
		});
		skipWithoutRing(ctx, made.output);
		expect(made.status).toBe(0);
		expect(consoleOf(made.output)).toMatch(/argument two\n(.*\n)*.*typed line 5\n(.*\n)*.*the end\n$/);
		expectSame({ ...made, status: 0 }, await replay(made.file, { app, trace: true }), 40);
	});
});

describe("X6 what does not go together, on Linux", () => {
	let made: Recorded;
	let file: string;
	const app = findApp("copy");
	const source = (): string => readFileSync(path("examples/copy/main.ts"), "utf8");

	async function small(ctx: TestContext): Promise<void> {
		const from = folder + "/small";
		mkdirSync(from, { recursive: true });
		writeFileSync(from + "/file", "a few bytes\n");
		made ??= await record(app, "linux", { seconds: 0, args: [from, folder + "/small-to"] });
		skipWithoutRing(ctx, made.output);
		file = writeRecord(made, folder + "/small");
	}

	async function tampered(change: (entries: RecordEntry[]) => RecordEntry[]): Promise<string> {
		const changed = folder + "/tampered.record";
		const { info } = decodeFile(made.file, file);
		const bytes = encodeEntries(change(decodeEntries(made.frame.bytes)));
		writeFileSync(changed, encodeFile(info, { ...made.frame, bytes }));
		const again = await replay(changed);
		expect(again).toMatchObject({ parted: true, same: true });
		return again.report;
	}

	test("another operation than the recorded: status 3, at its step, recorded against asked", async (ctx) => {
		await small(ctx);
		// A source that asks for less, and one that gives other permissions: the same operation, which says something else.
		const changes: [string, string, RegExp][] = [
			[
				"source.read(block)",
				"source.read(block, { length: 65536 })",
				/recorded: step (\d+): a read, descriptor \d+, 131072 bytes .*\n {2}asked: {4}step \1: a read, descriptor \d+, 65536 bytes /,
			],
			[
				"mode & 0o7777 });",
				"mode & 0o7770 });",
				/recorded: step (\d+): an open .*\n {2}asked: {4}step \1: the same, but what it says, or something before it, was another\n/,
			],
		];
		for (const [was, is, said] of changes) {
			const changed = folder + "/changed.ts";
			expect(source()).toContain(was);
			writeFileSync(changed, source().replace(was, is));
			const again = await replay(file, { app: changed });
			expect(again).toMatchObject({ status: 3, parted: true, same: false });
			expect(again.report).toMatch(said);
			expect(again.report).toContain("the source differs from that of the record: digest ");
		}
	});

	test("a record that somebody has changed: results, bytes, what was asked", async (ctx) => {
		await small(ctx);
		const entries = decodeEntries(made.frame.bytes);
		const read = entries.findIndex(({ bytes }) => bytes?.toString() === "a few bytes\n");
		expect(entries[read]).toMatchObject({ kind: LANDED });
		expect(entries[read - 1]).toMatchObject({ kind: COMPLETION, result: 12 });
		// Other bytes: the write says something else.
		const other = await tampered((all) => all.with(read, { ...all[read], bytes: Buffer.from("a few BYTES\n") }));
		expect(other).toMatch(
			/recorded: step (\d+): a write, .*, 12 bytes .*\n {2}asked: {4}step \1: the same, but what it says/,
		);
		// A result that does not go with what came.
		const shorter = await tampered((all) => all.with(read - 1, { ...all[read - 1], result: 11 }));
		expect(shorter).toMatch(/recorded: step \d+: 12 bytes .*\n {2}asked: {4}step \d+: 11 bytes /);
		// Nothing was asked for then.
		const asked = entries.findLastIndex(({ kind }) => kind === ASKED);
		const fewer = await tampered((all) => all.toSpliced(asked, 1, { ...all[asked], kind: FULL + 2, value: 1n }));
		expect(fewer).toMatch(/recorded: step \d+: .*\n {2}asked: {4}step \d+: /);
		// A completion of another operation.
		const last = entries.findLastIndex(({ kind }) => kind === COMPLETION);
		const whose = (entries[last].whose ?? 0) + 1;
		expect(await tampered((all) => all.with(last, { ...all[last], whose }))).toMatch(
			/parts from the record at step \d+\n/,
		);
	});

	test("kill -9 in the middle: the replay goes up to there", async (ctx) => {
		const echoes = findApp("echo-server");
		const killed = await recordProcess(echoes, ["0"], async (child, output) => {
			await clients(await until(() => portOf(output())));
			child.kill("SIGKILL");
		});
		skipWithoutRing(ctx, killed.output);
		expect(killed.status).toBe(null);
		const { frame } = decodeFile(readFileSync(killed.file), killed.file);
		expect(frame.bytes.length).toBeLessThan(readFileSync(killed.file).length - 1000); // room that was not used
		const whole = await recordFromFile(killed.file, "echo-server", "linux");
		const received = decodeEntries(frame.bytes).filter(({ kind }) => kind === LANDED).length;
		expect(received).toBeGreaterThan(30);
		for (const name of [killed.file, writeRecord(whole, folder + "/killed")]) {
			const again = await replay(name, { app: echoes });
			expect(again.parted).toBe(false);
			expect(again.report).toMatch(/^stator-replay: it was taken off the device then: step (\d+) of \d+, /);
			expect(Number(/step (\d+)/.exec(again.report)?.[1])).toBeGreaterThanOrEqual(frame.steps);
			expect(again.output).toBe(killed.output);
		}
		// Of other source than the application's.
		cpSync(path("examples/echo-server"), folder + "/echo-server", { recursive: true });
		writeFileSync(
			folder + "/echo-server/main.ts",
			readFileSync(path("examples/echo-server/main.ts"), "utf8") + "// another\n",
		);
		await expect(recordFromFile(killed.file, folder + "/echo-server", "linux")).rejects.toThrow(
			/is of other source than .*: digest \w+, and here \w+/,
		);
	});

	test("a record that may not grow: the program goes on, its replay ends where the record does", async (ctx) => {
		const from = folder + "/many";
		mkdirSync(from);
		for (let i = 0; i < 30; i++) writeFileSync(from + "/" + i, Buffer.alloc(1000, i));
		const full = await record(app, "linux", { seconds: 0, bytes: 10_000, args: [from, folder + "/many-to"] });
		skipWithoutRing(ctx, full.output);
		expect(consoleOf(full.output)).toMatch(/files 30\n/);
		expect(full.frame.bytes.length).toBeLessThanOrEqual(10_000);
		expect(decodeEntries(full.frame.bytes).at(-1)?.kind).toBe(FULL);
		const again = await replay(writeRecord(full, folder + "/full"));
		expect(again.parted).toBe(false);
		expect(again.report).toMatch(/^stator-replay: the buffer was full then: step \d+ of \d+, /);
	});

	test("a program that does not end is ended after its time, and so is its replay; none is written where none is wanted", async () => {
		const forever = findApp(path("tests/programs/forever.ts"));
		const cut = await record(withSettings(forever, { proof: false }), "linux", { seconds: 1 });
		expect(cut.status).toBe(0);
		expect(decodeEntries(cut.frame.bytes).at(-1)?.kind).toBe(CUT);
		const again = await replay(writeRecord(cut, folder + "/forever"));
		const said = /^stator-replay: its time was over then: step (\d+) of \1, (\d+) ms\n$/.exec(again.report);
		expect(Number(said?.[2])).toBeGreaterThan(900);
		expect(consoleOf(again.output)).toBe(consoleOf(cut.output));
		const env = (name: string) => ["STATOR_RECORD=" + name, cut.built.image];
		expect((await runCommand("env", env(""), folder)).code).toBe(0);
		const refused = await runCommand("env", env(folder + "/none/there"), folder);
		expect(refused.code).toBe(2);
		expect(refused.output).toContain("cannot write the record " + folder + "/none/there: No such file or directory");
	});
});

test("X6 what a record on Linux does not cover is refused by name", async () => {
	const refused = async (name: string, why: string): Promise<void> => {
		const chosen = withSettings(findApp(name), { record: 4096, proof: false });
		await expect(build(chosen, linux)).rejects.toThrow("cannot be recorded: record does not cover " + why);
	};
	await refused("levels", 'levels: "control" preempts the executor that is recorded');
	await refused(path("tests/programs/actors"), "actors");
	await refused(path("tests/programs/threads"), "threads (stator/threads)");
	await refused(path("tests/programs/images"), "flash (stator/image)");
	await refused(path("tests/programs/io-cancel"), "uring_fault called by tests/programs/io-cancel/held.c");
});

test("X6 without a record nothing of it is in the image, on Linux", async () => {
	const none = /\b(stator_record|stator_outside|record_\w+|replay_|uring_record|__wrap_)/;
	const symbols = async (image: string): Promise<string> => (await runCommand("nm", [image])).output;
	expect(await symbols((await buildProgram("examples/copy", "linux")).image)).not.toMatch(none);
	const recorded = await symbols((await buildProgram("examples/copy", "linux", { record: 1024 })).image);
	expect(recorded).toMatch(/ stator_record_asked/);
	expect(recorded).not.toMatch(/ replay_/);
});
