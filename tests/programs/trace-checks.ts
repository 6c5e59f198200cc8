/** What must hold of every trace, for the tests of all targets. */
import { expect } from "vitest";
import type { Traced } from "../../tools/trace/command.ts";
import type { TraceEvent } from "../../tools/trace/perfetto.ts";

/** The JSON is what Perfetto's importer takes; times run forwards; slices of one track do not overlap; flows have both ends. */
export function checkTrace({ perfetto, svg, timeline, output }: Traced): void {
	const events = JSON.parse(JSON.stringify(perfetto)).traceEvents as TraceEvent[];
	const known: Record<TraceEvent["ph"], string[]> = {
		M: ["args", "name"],
		X: ["ts", "dur", "tid", "cat", "name"],
		i: ["ts", "s", "name"],
		C: ["ts", "args", "name"],
		s: ["ts", "tid", "id", "cat"],
		f: ["ts", "tid", "id", "cat", "bp"],
	};
	let last = 0;
	const ends = new Map<number, number>();
	const flows = new Map<number, string>();
	for (const event of events) {
		for (const key of known[event.ph]) expect(event, event.ph).toHaveProperty(key);
		expect(event.pid).toBe(1);
		if (event.ph === "M") continue;
		const ts = event.ts as number;
		expect(ts).toBeGreaterThanOrEqual(last);
		last = ts;
		if (event.ph === "X") {
			const tid = event.tid as number;
			expect(event.dur).toBeGreaterThanOrEqual(0);
			expect(ts, event.name).toBeGreaterThanOrEqual((ends.get(tid) ?? 0) - 0.002);
			ends.set(tid, ts + (event.dur as number));
		}
		if (event.ph === "s" || event.ph === "f")
			flows.set(event.id as number, (flows.get(event.id as number) ?? "") + event.ph);
	}
	expect(flows.size).toBeGreaterThan(0);
	for (const [id, both] of flows) expect(both.split("").sort().join(""), "flow " + id).toBe("fs");
	const named = events.filter(({ ph, name }) => ph === "M" && name === "thread_name");
	expect(named.length).toBe(timeline.tracks.length);
	// Nothing was lost, so there are as many polls as the program counted.
	expect(timeline.lost).toBe(0);
	expect(timeline.polls).toBe(Number(/^stator: polls (\d+)/m.exec(output)?.[1]));
	expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
	for (const { name } of timeline.tracks) expect(svg).toContain(name.slice(0, 30));
}
