/**
 * X6: what comes from outside is recorded on an emulated board, and the same run comes out of it on the Linux host: the same polls, wakes, sleeps
 * and ends at the same times, the same text on the console.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, findApp } from "../../tools/app.ts";
import { build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import { type Recorded, type RecordOptions, record, replay, writeRecord } from "../../tools/record/command.ts";
import {
	CUT,
	decodeEntries,
	decodeFile,
	END,
	encodeEntries,
	encodeFile,
	FULL,
	INTERRUPT,
	NOW,
	READ,
} from "../../tools/record/frame.ts";
import { setQuiet } from "../../tools/report.ts";
import { run } from "../../tools/run.ts";
import { runCommand } from "../../tools/run-command.ts";
import { findTarget } from "../../tools/targets.ts";
import { readFrame } from "../../tools/trace/frame.ts";
import { consoleOf, eventsOf, expectSame, withSettings } from "../programs/recorded.ts";
import { buildProgram, symbolsOf } from "../programs/support.ts";

setQuiet(true);
const board = "netduinoplus2";
const TRACE_BYTES = 24 << 10;
const RECORD_BYTES = 16 << 10;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-record-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Types something whenever the program says something that matches. */
function typing(when: RegExp, texts: readonly string[]): Pick<RecordOptions, "onInput" | "onOutput"> {
	let type: (text: string) => void = () => {};
	let next = 0;
	return {
		onInput: (typist) => {
			type = typist;
		},
		onOutput: (text) => {
			if (when.test(text) && next < texts.length) type(texts[next++]);
		},
	};
}

/** Records a program with its trace, replays it with one, and compares. */
async function same(app: App, options: Omit<RecordOptions, "seconds"> = {}): Promise<Recorded> {
	const traced = withSettings(app, { trace: TRACE_BYTES });
	const made = await record(traced, board, {
		// Virtual time runs on while somebody is waited for: such a program ends by itself.
		seconds: options.onInput === undefined ? 20 : 0,
		bytes: RECORD_BYTES,
		...options,
	});
	const file = writeRecord(made, folder + "/" + app.name);
	const again = await replay(file, { app, trace: true });
	expectSame(made, again, 15);
	return made;
}

describe("X6 recorded on " + board + ", replayed on Linux", () => {
	test("blinky, without anybody from outside but the clock", async () => {
		const made = await same(findApp("blinky"));
		expect(consoleOf(made.output)).toMatch(/led off\n$/);
		// Ten sleeps: an alarm and the time for each, and what start-up asks.
		expect(made.frame.bytes.length).toBeLessThan(10 * 10 + 50 + 3 * eventsOf(readFrame(made.output)).length * 2);
	});

	test("button-queue: the button's interrupt at odd times", async () => {
		const finger = path("tests/programs/finger");
		const example = readFileSync(path("examples/button-queue/main.ts"), "utf8");
		const pressed = 'import { press } from "' + finger + '/finger.native.js";\npress(40, 37);\n';
		writeFileSync(folder + "/main.ts", pressed + example);
		writeFileSync(folder + "/manifest.json", JSON.stringify({ stator: { sources: [finger + "/finger.c"] } }));
		const made = await same(findApp(folder));
		expect(consoleOf(made.output)).toContain("press 5\n");
		const presses = decodeEntries(made.frame.bytes).filter(({ kind }) => kind === INTERRUPT);
		expect(presses.length).toBeGreaterThan(4);
	});

	test("line-echo: what somebody types", async () => {
		// Bytes that come at once may be one wake, so it is the answers that make the events: each waits for the one before.
		const typed = [...Array<string>(6).fill("c1\ncd\n"), ".\n"];
		const made = await same(findApp("line-echo"), typing(/ready|CD\n/, typed));
		expect(consoleOf(made.output)).toContain("C1\nCD\n");
		const received = decodeEntries(made.frame.bytes).filter(({ kind }) => kind === READ);
		expect(received.length).toBe(typed.join("").length);
	});

	test("all at once: clock, calendar, random numbers, counters, console, button, software interrupts, tasks that compute", async () => {
		const made = await same(
			findApp(path("tests/programs/record")),
			typing(/raised/, ["a", "bc", "", "def", "g", "hi"]),
		);
		expect(consoleOf(made.output)).toMatch(/turns \d+\n.*presses \d+\n.*pended \d+\n$/);
		expect(consoleOf(made.output)).toContain("byte ");
	});
});

describe("X6 what does not go together", () => {
	let made: Recorded;
	let file: string;
	beforeAll(async () => {
		made = await record(withSettings(findApp("blinky"), { trace: 0 }), board, { seconds: 20, bytes: RECORD_BYTES });
		file = writeRecord(made, folder + "/plain");
	});

	test("a record that somebody has changed: where it parts, what was recorded, what was asked", async () => {
		const entries = decodeEntries(made.frame.bytes);
		const last = entries.length - 1;
		expect(entries[last]).toMatchObject({ kind: END, value: 0n });
		const tampered = async (change: typeof entries): Promise<string> => {
			const changed = folder + "/tampered.record";
			const { info } = decodeFile(made.file, file);
			writeFileSync(changed, encodeFile(info, { ...made.frame, bytes: encodeEntries(change) }));
			const again = await replay(changed);
			expect(again).toMatchObject({ parted: true, same: true });
			return again.report;
		};
		// A time that is another: the alarm that follows is none.
		const clock = entries.findLastIndex(({ kind, value }) => kind === NOW && (value ?? 0n) > 1n);
		const slower = entries.with(clock, { ...entries[clock], value: 1n });
		expect(await tampered(slower)).toMatch(
			/the program parts from the record at step \d+\n {2}recorded: step \d+: .*\n {2}asked: /,
		);
		// An event that never was.
		const stranger = { step: entries[10].step, kind: READ, value: 66n };
		expect(await tampered([...entries.slice(0, 10), stranger, ...entries.slice(10)])).toMatch(
			/recorded: step \d+: byte 65 of the console\n/,
		);
		// Another sum: the program has gone another way before.
		const summed = entries.with(last, { ...entries[last], check: ((entries[last].check ?? 0) + 1) & 255 });
		expect(await tampered(summed)).toMatch(
			/recorded: step \d+: the end of the program, with status 0\n.*asked: .*it ends\n/,
		);
	});

	test("source that has changed since: the report says so", async () => {
		const changed = folder + "/changed.ts";
		writeFileSync(changed, readFileSync(path("examples/blinky/main.ts"), "utf8").replace("sleep(500)", "sleep(499)"));
		const again = await replay(file, { app: changed });
		expect(again).toMatchObject({ parted: true, same: false });
		expect(again.report).toMatch(/parts from the record at step \d+\n/);
		expect(again.report).toContain("the source differs from that of the record: digest ");
	});

	test("a file that is none, or cut off", async () => {
		const cut = folder + "/cut.record";
		writeFileSync(cut, made.file.subarray(0, -1));
		await expect(replay(cut)).rejects.toThrow(/cut\.record is no record: it has \d+ bytes, and should have \d+/);
		writeFileSync(cut, "something else\n");
		await expect(replay(cut)).rejects.toThrow("is no record: it does not begin with a line of JSON");
	});

	test("a full buffer: the program goes on, its replay ends where the record does", async () => {
		const full = await record(findApp("blinky"), board, { seconds: 20, bytes: 64 });
		expect(consoleOf(full.output)).toBe(consoleOf(made.output));
		const entries = decodeEntries(full.frame.bytes);
		expect(entries[entries.length - 1].kind).toBe(FULL);
		const again = await replay(writeRecord(full, folder + "/full"));
		expect(again.parted).toBe(false);
		expect(again.report).toMatch(/^stator-replay: the buffer was full then: step \d+ of \d+, /);
		expect(again.output.length).toBeGreaterThan(10);
		expect(consoleOf(full.output).startsWith(again.output)).toBe(true);
	});

	test("a program that does not end is ended after its time, and so is its replay", async () => {
		const forever = await record(findApp(path("tests/programs/forever.ts")), board, {
			seconds: 1,
			bytes: RECORD_BYTES,
		});
		const entries = decodeEntries(forever.frame.bytes);
		expect(entries[entries.length - 1].kind).toBe(CUT);
		const again = await replay(writeRecord(forever, folder + "/forever"));
		// The last time that the program was given.
		const said = /^stator-replay: its time was over then: step (\d+) of \1, (\d+) ms\n$/.exec(again.report);
		expect(Number(said?.[2])).toBeGreaterThan(900);
		expect(Number(said?.[2])).toBeLessThan(1001);
		expect(consoleOf(again.output)).toBe(consoleOf(forever.output));
	});
});

test("X6 what a record does not cover is refused by name", async () => {
	const refused = async (name: string, where: string, why: string): Promise<void> => {
		const app = withSettings(findApp(name), { record: 4096, proof: false });
		await expect(build(app, findTarget(where))).rejects.toThrow("cannot be recorded: record does not cover " + why);
	};
	await refused("levels", board, 'levels: "control" preempts the executor that is recorded');
	await refused(path("tests/programs/actors"), board, "actors");
	await refused(path("tests/programs/images"), board, "flash (stator/image)");
});

test("X6 without a record nothing of it is in the image", async () => {
	const { image } = await buildProgram("examples/line-echo", board);
	expect(await symbolsOf(image)).not.toMatch(/ [tTdDbBrR] (stator_record|stator_the_record|record_|stator_outside)/);
	const recorded = await buildProgram("examples/line-echo", board, { record: 1024 });
	expect(await symbolsOf(recorded.image)).toMatch(/ stator_record_memory/);
	const { output } = await runCommand("arm-none-eabi-nm", ["-S", recorded.image]);
	expect(Number.parseInt(/^\S+ (\S+) \S stator_record_memory/m.exec(output)?.[1] ?? "", 16)).toBe(1024);
	expect((await run(recorded, { until: /ready/, timeoutSeconds: 60 })).output).toContain("ready");
}, 300_000);
