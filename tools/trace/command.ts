/** `stator trace`: builds an application with the trace, runs it, and makes files that people can look at. */
import { readFileSync, writeFileSync } from "node:fs";
import { type App, findApp } from "../app.ts";
import { type Built, build } from "../build.ts";
import { UserError } from "../report.ts";
import { type RunOptions, run } from "../run.ts";
import { runCommand } from "../run-command.ts";
import { findTarget, type Target } from "../targets.ts";
import { isTraceLine, readFrame, type TraceFrame } from "./frame.ts";
import { perfettoOf, type TraceFile } from "./perfetto.ts";
import { svgOf } from "./svg.ts";
import { fullName, type Timeline, timelineOf } from "./timeline.ts";

export interface TraceOptions extends Pick<RunOptions, "onOutput" | "onInput"> {
	/** Ends the program after so many seconds: of virtual time on an emulated board, of real time on a host. */
	seconds: number;
	/** The ring; default: an eighth of a board's RAM, at most 256 KB; 4 MB on a host. */
	bytes?: number | undefined;
	/** Stops when the ring is full; default: the oldest records are overwritten. */
	stops?: boolean;
}

export interface Traced {
	built: Built;
	status: number;
	output: string;
	frame: TraceFrame;
	timeline: Timeline;
	perfetto: TraceFile;
	svg: string;
}

const HOST_BYTES = 4 << 20;
const MOST_BOARD_BYTES = 256 << 10;
/** After the program was asked to end. */
const PATIENCE_SECONDS = 10;

export function defaultBytes(target: Target): number {
	if (target.ramBytes === undefined) return HOST_BYTES;
	return Math.min(MOST_BOARD_BYTES, target.ramBytes >> 3) & ~7;
}

/** The application with a trace. A manifest that has one keeps its size. */
export function tracedApp(app: App, target: Target, options: TraceOptions): App {
	const settings = { ...app.settings };
	settings.trace = options.bytes ?? settings.trace ?? defaultBytes(target);
	if (options.stops) settings.traceFull = "stop";
	if (target.platform !== "linux") settings.traceLimit = Math.round(options.seconds * 1000);
	return { ...app, name: app.name + "-traced", settings };
}

export async function trace(given: string, board: string, options: TraceOptions): Promise<Traced> {
	const target = findTarget(board);
	const app = findApp(given);
	const built = await build(tracedApp(app, target, options), target);
	let partial = "";
	const result = await run(built, {
		...(options.onInput === undefined ? {} : { onInput: options.onInput }),
		timeoutSeconds: target.platform === "linux" ? options.seconds + PATIENCE_SECONDS : 600,
		...(target.platform === "linux" ? { interruptSeconds: options.seconds } : {}),
		onOutput: (text) => {
			partial += text;
			const lines = partial.split("\n");
			partial = lines.pop() as string;
			for (const line of lines) if (!isTraceLine(line)) options.onOutput?.(line + "\n");
		},
	});
	if (result.timedOut)
		throw new UserError(
			"the program did not end within " + PATIENCE_SECONDS + " seconds of being asked to",
			"does a task refuse to be cancelled?",
		);
	const frame = readFrame(result.output);
	const title = app.name + " on " + board;
	return { built, ...result, ...(await pictures(frame, built, title)) };
}

/** Makes the files' contents from what a program printed elsewhere: a real board's console, a debugger's `stator trace`. */
export async function traceFromFile(file: string, given: string, board: string): Promise<Traced> {
	const target = findTarget(board);
	const app = findApp(given);
	const built = await build(tracedApp(app, target, { seconds: 0 }), target);
	const output = readFileSync(file, "latin1");
	const frame = readFrame(output);
	return { built, status: 0, output, ...(await pictures(frame, built, app.name + " on " + board)) };
}

/** What people look at, of a trace. */
export async function pictures(frame: TraceFrame, built: Built, title: string) {
	const places = built.parts.map(
		({ tasks }) => new Map(tasks.map(({ name, file, line }) => [name, file + ":" + line])),
	);
	const symbols = built.target.platform === "linux" ? new Map<number, string>() : await functionsOf(built.image);
	const timeline = timelineOf(frame, {
		// An actor's machine is another one of main's module.
		place: (task, executor) => (places[executor] ?? places[0]).get(task),
		handler: (address) => symbols.get(address & ~1),
	});
	return { frame, timeline, perfetto: perfettoOf(timeline, title), svg: svgOf(timeline, title) };
}

/** Address -> name of the functions of an image. */
async function functionsOf(image: string): Promise<Map<number, string>> {
	const { output } = await runCommand("arm-none-eabi-nm", [image]);
	const found = new Map<number, string>();
	for (const [, address, name] of output.matchAll(/^([0-9a-f]+) [tT] (\w+)/gm))
		found.set(Number.parseInt(address, 16) & ~1, name);
	return found;
}

/** Writes <out>.json and <out>.svg; returns their names. */
export function writeTrace({ perfetto, svg }: Traced, out: string): { json: string; svg: string } {
	const base = out.replace(/\.(json|svg)$/, "");
	writeFileSync(base + ".json", JSON.stringify(perfetto));
	writeFileSync(base + ".svg", svg);
	return { json: base + ".json", svg: base + ".svg" };
}

/** One line for each track: what it took. */
export function formatTracks({ tracks, begin, end, polls, lost }: Timeline): string {
	const row = (name: string, count: string, total: string, longest: string): string =>
		name.padEnd(44) + count.padStart(8) + total.padStart(14) + longest.padStart(14);
	const lines = [row("", "times", "ms in all", "longest ms")];
	for (const track of tracks) {
		const { place, slices } = track;
		const lengths = slices.map((slice) => slice.end - slice.begin);
		const total = lengths.reduce((sum, length) => sum + length, 0);
		const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
		const shown = fullName(track) + (place === undefined ? "" : "  " + place);
		lines.push(row(shown, String(slices.length), (total / 1000).toFixed(3), (longest / 1000).toFixed(3)));
	}
	lines.push(
		polls + " polls in " + ((end - begin) / 1000).toFixed(3) + " ms" + (lost > 0 ? "; " + lost + " records lost" : ""),
	);
	return lines.join("\n");
}
