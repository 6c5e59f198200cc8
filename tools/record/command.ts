/** `stator record`: runs an application that writes down what comes from outside; `stator replay`: the same run again, on the Linux host. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type App, findApp } from "../app.ts";
import { type Built, build } from "../build.ts";
import { shown } from "../paths.ts";
import { UserError } from "../report.ts";
import { type RunOptions, run } from "../run.ts";
import { findTarget, replayTarget, type Target } from "../targets.ts";
import { pictures, type Traced } from "../trace/command.ts";
import { isTraceLine, readFrame } from "../trace/frame.ts";
import {
	decisiveSettings,
	decodeFile,
	encodeFile,
	isRecordLine,
	type RecordFrame,
	type RecordInfo,
	readRecord,
} from "./frame.ts";

const MOST_BOARD_BYTES = 256 << 10;
/** The file of a program on Linux: it takes what it has, and no more than so much. */
const MOST_HOST_BYTES = 1 << 30;
/** Of the process that replays: it parted from the record. */
const PARTED = 3;

export interface RecordOptions extends Pick<RunOptions, "onOutput" | "onInput" | "qemuArgs" | "args" | "directory"> {
	/** Ends the program after so many seconds, of virtual time on an emulated board; 0: it ends by itself. */
	seconds: number;
	/** The buffer; default: an eighth of a board's RAM, at most 256 KB; on Linux the file, at most 1 GB. */
	bytes?: number;
}

export interface Recorded {
	built: Built;
	status: number;
	/** All that was printed, the record included. */
	output: string;
	frame: RecordFrame;
	/** What a file of it has. */
	file: Buffer;
}

/** The application with a record. A manifest that has one keeps its size. */
export function recordedApp(app: App, target: Target, options: RecordOptions): App {
	const settings = { ...app.settings };
	const most = target.platform === "linux" ? MOST_HOST_BYTES : Math.min(MOST_BOARD_BYTES, (target.ramBytes ?? 0) >> 3);
	settings.record = options.bytes ?? settings.record ?? most;
	settings.recordLimit = Math.round(options.seconds * 1000);
	return { ...app, name: app.name + "-recorded", settings };
}

/** Calls back with what a program says, whole lines of its own, without a trace or a record. */
export function ownLines(say: ((text: string) => void) | undefined): (text: string) => void {
	let partial = "";
	return (text) => {
		const lines = (partial + text).split("\n");
		partial = lines.pop() as string;
		for (const line of lines) if (!isTraceLine(line) && !isRecordLine(line)) say?.(line + "\n");
	};
}

export async function record(given: string | App, board: string, options: RecordOptions): Promise<Recorded> {
	const target = findTarget(board);
	const app = typeof given === "string" ? findApp(given) : given;
	const built = await build(recordedApp(app, target, options), target);
	if (target.platform === "linux") return recordOnHost(built, options);
	const { status, output, timedOut } = await run(built, {
		...(options.onInput === undefined ? {} : { onInput: options.onInput }),
		...(options.qemuArgs === undefined ? {} : { qemuArgs: options.qemuArgs }),
		timeoutSeconds: 600,
		onOutput: ownLines(options.onOutput),
	});
	if (timedOut) throw new UserError("the program did not end within 600 seconds of real time");
	return recorded(built, status, output, app);
}

/** The program writes the file by itself. */
async function recordOnHost(built: Built, options: RecordOptions): Promise<Recorded> {
	const file = built.folder + "/" + built.app.name + ".record";
	rmSync(file, { force: true });
	const { status, output } = await run(built, {
		...(options.onInput === undefined ? {} : { onInput: options.onInput }),
		...(options.args === undefined ? {} : { args: options.args }),
		...(options.directory === undefined ? {} : { directory: options.directory }),
		environment: { STATOR_RECORD: file },
		onOutput: ownLines(options.onOutput),
	});
	if (!existsSync(file)) throw new UserError("the program ended with status " + status + " before it wrote a record");
	return recordedOnHost(built, status, output, file);
}

function recordedOnHost(built: Built, status: number, output: string, file: string): Recorded {
	const { info, frame } = decodeFile(readFileSync(file), file);
	const whole = { ...info, bytes: frame.bytes.length, steps: frame.steps };
	return { built, status, output, frame, file: encodeFile(whole, frame) };
}

/** The record in what a real board's console, or a debugger's `stator record`, said. */
export async function recordFromFile(file: string, given: string, board: string): Promise<Recorded> {
	const target = findTarget(board);
	const app = findApp(given);
	const built = await build(recordedApp(app, target, { seconds: 0 }), target);
	const result =
		target.platform === "linux"
			? recordedOnHost(built, 0, "", file)
			: recorded(built, 0, readFileSync(file, "latin1"), app);
	if (result.frame.digest !== built.digest)
		throw new UserError(
			file + " is of other source than " + given + ": digest " + result.frame.digest + ", and here " + built.digest,
			"a record is replayed with the source that the image was built of",
		);
	return result;
}

function recorded(built: Built, status: number, output: string, { main, settings }: App): Recorded {
	const frame = readRecord(output);
	const info: RecordInfo = {
		stator: "record",
		program: frame.program,
		app: shown(main),
		target: frame.target,
		digest: frame.digest,
		bytes: frame.bytes.length,
		steps: frame.steps,
		settings: decisiveSettings(settings, false),
	};
	return { built, status, output, frame, file: encodeFile(info, frame) };
}

export interface ReplayOptions extends Pick<RunOptions, "onOutput"> {
	/** The application; default: where the record says that it was. */
	app?: string | App;
	/** The board's folder, when it is not one of ours. */
	board?: string;
	/** With a timeline. */
	trace?: boolean;
}

export interface Replayed {
	built: Built;
	/** The source is that of the record. */
	same: boolean;
	/** The program's exit status; meaningless when it parted. */
	status: number;
	/** The program went another way than was recorded. */
	parted: boolean;
	/** What the program printed. */
	output: string;
	/** What the replay says of itself: how far it came, or where it parted. */
	report: string;
	traced: Traced | undefined;
}

/** Builds the program of a record, for this machine. */
export async function buildReplay(
	file: string,
	options: ReplayOptions = {},
): Promise<{ built: Built; info: RecordInfo }> {
	const { info } = decodeFile(readFileSync(file), file);
	const target = replayTarget(findTarget(options.board ?? info.target));
	const given = options.app ?? info.app;
	const app = typeof given === "string" ? findApp(given) : given;
	return { built: await build(replayedApp(app, info, options.trace === true), target), info };
}

/** Runs a record on this machine. */
export async function replay(file: string, options: ReplayOptions = {}): Promise<Replayed> {
	const { built, info } = await buildReplay(file, options);
	const same = built.digest === info.digest;
	let report = "";
	const { status, output } = await run(built, {
		args: [file],
		onOutput: ownLines(options.onOutput),
		onError: (line) => {
			report += line + "\n";
		},
	});
	const parted = status === PARTED && report.includes("parts from the record");
	if (parted && !same)
		report +=
			"  the source differs from that of the record: digest " +
			built.digest +
			", and the record's " +
			info.digest +
			"\n";
	const traced =
		options.trace === true && !parted
			? {
					built,
					status,
					output,
					...(await pictures(readFrame(output), built, info.program + " on " + info.target + ", replayed")),
				}
			: undefined;
	return { built, same, status, parted, output, report, traced };
}

/** As the host runs it: sizes that are a board's are not the host's. */
function replayedApp({ name, main, sources, policy }: App, info: RecordInfo, traced: boolean): App {
	return {
		name: name + "-" + info.target + (traced ? "-traced" : ""),
		main,
		sources,
		...(policy === undefined ? {} : { policy }),
		settings: { ...info.settings, proof: false, strip: false, ...(traced ? { trace: 16 << 20 } : {}) },
	};
}

export function writeRecord({ file }: Recorded, out: string): string {
	const name = out.endsWith(".record") ? out : out + ".record";
	writeFileSync(name, file);
	return name;
}
