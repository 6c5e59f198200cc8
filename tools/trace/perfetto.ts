/**
 * A timeline in Chrome's JSON trace format, which ui.perfetto.dev and chrome://tracing open. Times are microseconds. A process
 * of the format is an executor: thread mode with interrupts and sleep, then each level; a thread is a track.
 */
import type { Timeline, Track } from "./timeline.ts";

export interface TraceEvent {
	name: string;
	ph: "X" | "i" | "C" | "s" | "f" | "M";
	pid: number;
	tid?: number;
	ts?: number;
	dur?: number;
	cat?: string;
	id?: number;
	bp?: "e";
	s?: "t" | "p";
	args?: Record<string, unknown>;
}

export interface TraceFile {
	traceEvents: TraceEvent[];
	displayTimeUnit: "ms";
	otherData: Record<string, string | number>;
}

const pidOf = (track: Track | undefined): number => 1 + (track?.executor ?? 0);
const round = (time: number): number => Math.round(time * 1000) / 1000;

export function perfettoOf(timeline: Timeline, title: string): TraceFile {
	const titles = new Map([[1, title]]);
	for (const track of timeline.tracks)
		if (track.level !== undefined) titles.set(pidOf(track), track.level + " (" + title + ")");
	const events: TraceEvent[] = [...titles].map(([pid, name]) => ({
		name: "process_name",
		ph: "M",
		pid,
		args: { name },
	}));
	const numbers = new Map<Track, number>(timeline.tracks.map((track, index) => [track, index + 1]));
	const tidOf = (track: Track): number => numbers.get(track) as number;
	for (const [track, tid] of numbers) {
		const name = track.name + (track.place === undefined ? "" : " (" + track.place + ")");
		const pid = pidOf(track);
		events.push({ name: "thread_name", ph: "M", pid, tid, args: { name } });
		events.push({ name: "thread_sort_index", ph: "M", pid, tid, args: { sort_index: tid } });
	}
	const timed: TraceEvent[] = [];
	for (const track of timeline.tracks)
		for (const { name, begin, end, cut } of track.slices)
			timed.push({
				name,
				cat: track.kind,
				ph: "X",
				pid: pidOf(track),
				tid: tidOf(track),
				ts: round(begin),
				dur: round(round(end) - round(begin)),
				...(cut ? { args: { cut: true } } : {}),
			});
	for (const { track, name, time, value } of timeline.instants) {
		const place = track === undefined ? { s: "p" as const } : { s: "t" as const, tid: tidOf(track) };
		timed.push({
			name,
			cat: value === undefined ? "life" : "mark",
			ph: "i",
			pid: pidOf(track),
			ts: round(time),
			...place,
			...(value === undefined ? {} : { args: { value } }),
		});
		if (value !== undefined)
			timed.push({ name, cat: "mark", ph: "C", pid: pidOf(track), ts: round(time), args: { value } });
	}
	timeline.arrows.forEach(({ from, time, to }, id) => {
		const common = { name: "wake", cat: "wake", id };
		timed.push({
			...common,
			ph: "s",
			pid: pidOf(from.track),
			tid: tidOf(from.track),
			ts: round(Math.min(Math.max(time, from.begin), from.end)),
		});
		timed.push({ ...common, ph: "f", bp: "e", pid: pidOf(to.track), tid: tidOf(to.track), ts: round(to.begin) });
	});
	timed.sort((a, b) => (a.ts as number) - (b.ts as number));
	return {
		traceEvents: [...events, ...timed],
		displayTimeUnit: "ms",
		otherData: { title, polls: timeline.polls, lost_records: timeline.lost },
	};
}
