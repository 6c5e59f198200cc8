/** A timeline as one picture: lanes over time, an axis in milliseconds, arrows from wakes to polls, a legend. Self-contained SVG. */
import { Drawing, escaped, px } from "../svg.ts";
import { fullName, type Slice, type Timeline, type Track } from "./timeline.ts";

const WIDTH = 1280;
const LEFT = 250;
const RIGHT = 24;
const TOP = 74;
const LANE = 30;
const BAR = 18;
/** More than these would hide what they connect. */
const MOST_ARROWS = 300;
/** Slices of one lane closer than this are drawn as one. */
const CLOSE_PX = 0.4;

const colours: Record<Track["kind"], string> = {
	task: "#2f6fb0",
	interrupt: "#c0392b",
	timers: "#b7791f",
	idle: "#c3c9d1",
};
const legend: [Track["kind"], string][] = [
	["task", "poll"],
	["interrupt", "interrupt"],
	["timers", "timer fired"],
	["idle", "asleep"],
];

/** A step for the axis: 1, 2 or 5 times a power of ten, for about eight lines. */
export function axisStep(span: number): number {
	const rough = span / 8;
	const power = 10 ** Math.floor(Math.log10(rough));
	return ([1, 2, 5, 10].find((factor) => factor * power >= rough) as number) * power;
}

export function svgOf(timeline: Timeline, title: string): string {
	const { tracks, begin } = timeline;
	const span = Math.max(timeline.end - begin, 1);
	const height = TOP + tracks.length * LANE + 44;
	const x = (time: number): number => LEFT + ((time - begin) / span) * (WIDTH - LEFT - RIGHT);
	const laneOf = new Map(tracks.map((track, index) => [track, TOP + index * LANE]));
	const drawing = new Drawing();
	const text = drawing.text.bind(drawing);
	const box = drawing.box.bind(drawing);
	drawing.raw(
		'<defs><marker id="arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0L6 3L0 6z" fill="#333"/></marker></defs>',
	);
	const bottom = TOP + tracks.length * LANE;
	text(16, 26, title, ' font-size="16" font-weight="bold"');
	const facts = [timeline.polls + " polls", timeline.arrows.length + " wakes followed", ms(span) + " ms"];
	if (timeline.lost > 0) facts.push(timeline.lost + " records lost");
	text(16, 46, facts.join(" · "), ' fill="#555"');
	legend.forEach(([kind, what], index) => {
		const at = WIDTH - RIGHT - 420 + index * 105;
		box(at, 16, 12, 12, colours[kind]);
		text(at + 18, 26, what);
	});
	// Axis.
	const step = axisStep(span / 1000);
	for (let tick = Math.ceil(begin / 1000 / step) * step; tick * 1000 <= timeline.end; tick += step) {
		const at = px(x(tick * 1000));
		drawing.raw('<line x1="' + at + '" x2="' + at + '" y1="' + TOP + '" y2="' + bottom + '" stroke="#e3e6ea"/>');
		text(x(tick * 1000), bottom + 16, String(Number(tick.toFixed(6))), ' text-anchor="middle" fill="#555"');
	}
	text(WIDTH - RIGHT, bottom + 34, "ms since start", ' text-anchor="end" fill="#555"');
	for (const [track, y] of laneOf) {
		drawing.raw(
			'<line x1="16" x2="' + (WIDTH - RIGHT) + '" y1="' + (y + LANE) + '" y2="' + (y + LANE) + '" stroke="#eef0f2"/>',
		);
		drawing.raw(
			"<g><title>" + escaped(fullName(track) + (track.place === undefined ? "" : " — " + track.place)) + "</title>",
		);
		text(16, y + (track.place === undefined ? 19 : 14), shorten(fullName(track), 34));
		if (track.place !== undefined) text(16, y + 26, shorten(track.place, 44), ' font-size="9" fill="#777"');
		drawing.raw("</g>");
		for (const { begin: from, end: to, about } of merged(track.slices, x)) {
			const width = Math.max(x(to) - x(from), 0.8);
			box(x(from), y + (LANE - BAR) / 2, width, BAR, colours[track.kind], about);
		}
	}
	for (const { from, time, to } of timeline.arrows.length <= MOST_ARROWS ? timeline.arrows : []) {
		const [a, b] = [laneOf.get(from.track) as number, laneOf.get(to.track) as number];
		const line = [x(time), a + LANE / 2, x(to.begin), b + LANE / 2].map(px);
		const at = ["x1", "y1", "x2", "y2"].map((name, index) => name + '="' + line[index] + '"').join(" ");
		drawing.raw("<line " + at + ' stroke="#333" stroke-width="0.6" stroke-opacity="0.55" marker-end="url(#arrow)"/>');
	}
	for (const { track, name, time, value } of timeline.instants) {
		const y = track === undefined ? undefined : laneOf.get(track);
		if (y === undefined) continue;
		const at = px(x(time));
		const [top, end] = [y + 3, y + LANE - 3];
		const colour = value === undefined ? "#1e8449" : "#6c3483";
		const about = name + (value === undefined ? "" : " " + value) + " at " + ms(time) + " ms";
		drawing.raw(
			'<line x1="' +
				at +
				'" x2="' +
				at +
				'" y1="' +
				top +
				'" y2="' +
				end +
				'" stroke="' +
				colour +
				'" stroke-width="1.2"><title>' +
				escaped(about) +
				"</title></line>",
		);
	}
	return drawing.toSvg(WIDTH, height);
}

const ms = (microseconds: number): string => (microseconds / 1000).toFixed(3);
const shorten = (text: string, most: number): string => (text.length > most ? text.slice(0, most - 1) + "…" : text);

/** What cannot be told apart at this scale becomes one box, so that a long trace stays a small file. */
function merged(
	slices: readonly Slice[],
	x: (time: number) => number,
): { begin: number; end: number; about: string }[] {
	const boxes: { begin: number; end: number; count: number; name: string }[] = [];
	for (const { begin, end, name } of slices) {
		const last = boxes[boxes.length - 1];
		if (last !== undefined && x(begin) - x(last.end) < CLOSE_PX && x(end) - x(last.begin) < 2) {
			last.end = Math.max(last.end, end);
			last.count++;
		} else boxes.push({ begin, end, count: 1, name });
	}
	return boxes.map(({ begin, end, count, name }) => ({
		begin,
		end,
		about: (count > 1 ? count + " × " : "") + name + ": " + ms(begin) + " to " + ms(end) + " ms",
	}));
}
