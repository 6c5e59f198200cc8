/** `stator trace` on emulated boards, and that a program without a trace carries nothing of it. N7 */
import { describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { runCommand } from "../../tools/run-command.ts";
import { trace } from "../../tools/trace/command.ts";
import { fullName } from "../../tools/trace/timeline.ts";
import { buildProgram } from "../programs/support.ts";
import { checkTrace } from "../programs/trace-checks.ts";

setQuiet(true);
const program = path("tests/programs/marks.ts");

describe.each(["mps2-an385", "netduinoplus2"])("N7 on %s", (board) => {
	test("polls, wakes, sleeps, interrupts and marks come out as a timeline", async () => {
		const traced = await trace(program, board, { seconds: 5 });
		checkTrace(traced);
		const names = traced.timeline.tracks.map(({ name }) => name);
		for (const name of ["root", "consumer", "producer #0", "producer #1", "timers", "idle"])
			expect(names).toContain(name);
		expect(traced.timeline.tracks.some(({ kind }) => kind === "interrupt")).toBe(true);
		const marks = traced.timeline.instants.filter(({ name }) => name === "sent").map(({ value }) => value);
		expect(marks.sort()).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
		// Virtual time: the sleeps between the sends of the first producer are 10 ms, that of the root is 200.
		const sleeping = traced.timeline.tracks.find(({ kind }) => kind === "idle")?.slices ?? [];
		const asleep = sleeping.reduce((sum, { begin, end }) => sum + end - begin, 0);
		expect(asleep).toBeGreaterThan(150_000);
		expect(asleep).toBeLessThan(205_000);
	});

	test("a full ring keeps the newest records, or the first, and says how many were lost", async () => {
		const newest = await trace(program, board, { seconds: 5, bytes: 256 });
		expect(newest.frame.records.length).toBeLessThanOrEqual(32);
		expect(newest.timeline.lost).toBeGreaterThan(50);
		const first = await trace(program, board, { seconds: 5, bytes: 256, stops: true });
		expect(first.timeline.lost).toBeGreaterThan(50);
		expect(first.timeline.end).toBeLessThan(newest.timeline.begin);
	});

	test("a program that does not end is ended after --seconds", async () => {
		const { timeline, status } = await trace(path("tests/programs/forever.ts"), board, { seconds: 1 });
		expect(status).toBe(0);
		expect(timeline.end).toBeGreaterThanOrEqual(900_000);
	});
});

test("E6 N7 tasks of levels have their names, each executor its own group, and their polls lie within main's", async () => {
	const board = "mps2-an385";
	const { timeline, perfetto, svg, frame } = await trace(path("tests/programs/level-tasks"), board, { seconds: 5 });
	expect(timeline.lost).toBe(0);
	expect([...frame.executors.values()]).toEqual(["main", "slow", "fast"]);
	const tasks = timeline.tracks.filter(({ kind }) => kind === "task");
	expect(tasks.map((track) => [track.executor, fullName(track), track.place])).toEqual([
		[0, "root", "tests/programs/level-tasks/main.ts:5"],
		[1, "slow: root", "tests/programs/level-tasks/slow.ts:11"],
		[1, "slow: consumer", "tests/programs/level-tasks/slow.ts:7"],
		[2, "fast: root", "tests/programs/level-tasks/fast.ts:10"],
		[2, "fast: ticker #0", "tests/programs/level-tasks/fast.ts:6"],
		[2, "fast: ticker #1", "tests/programs/level-tasks/fast.ts:6"],
	]);
	const processes = perfetto.traceEvents.filter(({ name }) => name === "process_name");
	expect(processes.map(({ pid, args }) => [pid, args?.name])).toEqual([
		[1, "level-tasks on " + board],
		[2, "slow (level-tasks on " + board + ")"],
		[3, "fast (level-tasks on " + board + ")"],
	]);
	for (const track of tasks) {
		expect(svg).toContain(fullName(track));
		const name = track.name + " (" + track.place + ")";
		const shown = perfetto.traceEvents.filter((event) => event.name === "thread_name" && event.args?.name === name);
		expect(shown.map(({ pid }) => pid)).toContain(track.executor + 1);
	}
	// 25 ms of main's: the level's tasks came in between.
	const busy = tasks[0].slices.find(({ begin, end }) => end - begin > 20_000);
	const within = tasks[4].slices.filter(({ begin, end }) => busy && begin > busy.begin && end < busy.end);
	expect(within.length).toBeGreaterThanOrEqual(7);
});

test("N7 without a trace nothing of it is in the image, and the round is smaller", async () => {
	const symbols = async (image: string) => (await runCommand("arm-none-eabi-nm", [image])).output;
	const instructions = async (file: string, name: string) => {
		const { output } = await runCommand("arm-none-eabi-objdump", ["-d", "--disassemble=" + name, file]);
		return output.match(/^ +[0-9a-f]+:/gm)?.length ?? 0;
	};
	const hot = ["stator_round", "stator_ready_again", "stator_wheel_turn"];
	// One after the other: both have the same name and folder.
	const { image } = await buildProgram("marks.ts", "mps2-an385");
	expect(await symbols(image)).not.toMatch(
		/ [tTdDbB] (stator_trace|stator_the_trace|xs_stator_(mark|spawned)|trace_vectors)/,
	);
	const without = await Promise.all(hot.map((name) => instructions(image, name)));
	const traced = await buildProgram("marks.ts", "mps2-an385", { trace: 4096 });
	expect(await symbols(traced.image)).toMatch(/stator_trace_memory/);
	const within = await Promise.all(hot.map((name) => instructions(traced.image, name)));
	for (const [index, name] of hot.entries()) {
		expect(without[index], name).toBeGreaterThan(5);
		expect(within[index], name).toBeGreaterThan(without[index]);
	}
}, 600_000);
