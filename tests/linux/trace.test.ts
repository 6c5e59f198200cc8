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
