/** `stator trace` on the Linux host: the timeline of a process, also of one that is asked to end. N7 */
import { expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { trace } from "../../tools/trace/command.ts";
import { checkTrace } from "../programs/trace-checks.ts";

setQuiet(true);

test("N7 a process comes out as a timeline", async () => {
	const traced = await trace(path("tests/programs/marks.ts"), "linux", { seconds: 20 });
	expect(traced.status).toBe(0);
	checkTrace(traced);
	expect(traced.timeline.end - traced.timeline.begin).toBeGreaterThan(190_000);
});

test("N7 a process that does not end is asked to, and still prints its trace", async () => {
	const traced = await trace(path("tests/programs/forever.ts"), "linux", { seconds: 1 });
	expect(traced.status).toBe(130);
	expect(traced.timeline.polls).toBeGreaterThan(0);
});

test("N7 executors on threads: each has tracks of its own, they run beside each other, and wakes cross", async () => {
	const { status, timeline, output, perfetto } = await trace(path("tests/programs/threads"), "linux", { seconds: 20 });
	expect(status).toBe(0);
	const threads = ["thread 1", "thread 2", "thread 3", "thread 4"];
	const { tracks, arrows } = timeline;
	for (const level of [undefined, ...threads]) {
		expect(tracks.filter((track) => track.kind === "idle" && track.level === level)).toHaveLength(1);
		const task = level === undefined ? "where" : "square";
		expect(tracks.some((track) => track.name.startsWith(task) && track.level === level)).toBe(true);
		// One executor polls one task after the other.
		const polls = tracks
			.filter((track) => track.kind === "task" && track.level === level)
			.flatMap(({ slices }) => slices);
		polls.sort((a, b) => a.begin - b.begin);
		for (let i = 1; i < polls.length; i++) expect(polls[i].begin).toBeGreaterThanOrEqual(polls[i - 1].end - 0.002);
	}
	expect(arrows.some(({ from, to }) => from.track.executor === 0 && to.track.executor > 0)).toBe(true);
	const counted = [...output.matchAll(/^(?:stator:| ) polls (\d+)/gm)].reduce(
		(sum, [, polls]) => sum + Number(polls),
		0,
	);
	expect(timeline.lost).toBe(0);
	expect(timeline.polls).toBe(counted);
	const names = perfetto.traceEvents.filter(({ name }) => name === "process_name").map(({ args }) => args?.name);
	expect(names).toEqual(expect.arrayContaining(threads.map((name) => expect.stringContaining(name))));
});
