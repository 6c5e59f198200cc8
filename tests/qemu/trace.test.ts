/** `stator trace` on emulated boards, and that a program without a trace carries nothing of it. N7 */
import { describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { runCommand } from "../../tools/run-command.ts";
import { trace } from "../../tools/trace/command.ts";
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
