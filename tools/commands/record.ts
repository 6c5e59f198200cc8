/** The commands `record` and `replay`. */
import type { Command } from "commander";
import { quoted } from "../debug.ts";
import { path, shown } from "../paths.ts";
import { EXIT, UsageError } from "../report.ts";
import { findTarget } from "../targets.ts";
import { boardOption } from "./options.ts";

interface RecordChoices {
	board: string;
	out?: string;
	seconds?: number;
	bytes?: string;
	input?: string;
}

const BOARD_SECONDS = 10;

async function recordCommand(
	given: string,
	args: string[],
	{ board, out, bytes, input, ...rest }: RecordChoices,
): Promise<void> {
	const host = findTarget(board).platform === "linux";
	const seconds = rest.seconds ?? (host ? 0 : BOARD_SECONDS);
	if (rest.seconds !== undefined && !(seconds > 0)) throw new UsageError("--seconds must be a number above 0");
	if (args.length > 0 && (!host || input !== undefined))
		throw new UsageError(
			host ? "arguments are for a program that is run here, not for --input" : "a program on a board gets no arguments",
		);
	const size = bytes === undefined ? undefined : Number(bytes);
	if (size !== undefined && !(Number.isSafeInteger(size) && size >= 64))
		throw new UsageError("--bytes must be a whole number of at least 64, not " + bytes);
	const { record, recordFromFile, writeRecord } = await import("../record/command.ts");
	const { formatRecord } = await import("../record/frame.ts");
	const made =
		input === undefined
			? await record(given, board, {
					seconds,
					args,
					...(size === undefined ? {} : { bytes: size }),
					onOutput: (text) => void process.stdout.write(text),
					onInput: (type) => process.stdin.isTTY && process.stdin.on("data", (data) => type(data.toString())),
				})
			: await recordFromFile(input, given, board);
	const file = writeRecord(made, out ?? made.built.folder + "/" + made.frame.program);
	console.log("\n" + formatRecord(made.frame));
	console.log("record: " + shown(file) + "   (stator replay " + quoted(shown(file)) + ")");
	process.exit(made.status);
}

interface ReplayChoices {
	board?: string;
	trace?: boolean;
	out?: string;
	gdb?: boolean;
}

async function replayCommand(file: string, given: string | undefined, options: ReplayChoices): Promise<void> {
	const { replay, buildReplay } = await import("../record/command.ts");
	const choices = {
		...(given === undefined ? {} : { app: given }),
		...(options.board === undefined ? {} : { board: options.board }),
	};
	if (options.gdb) {
		const { built } = await buildReplay(file, choices);
		const words = ["gdb", "-iex", "add-auto-load-safe-path " + path("tools/gdb"), "--args", shown(built.image), file];
		console.log(words.map(quoted).join(" "));
		return;
	}
	const result = await replay(file, {
		...choices,
		trace: options.trace === true,
		onOutput: (text) => void process.stdout.write(text),
	});
	process.stderr.write(result.report);
	if (!result.same && !result.parted) console.error("the source is not that of the record, and did the same");
	if (result.traced !== undefined) {
		const { formatTracks, writeTrace } = await import("../trace/command.ts");
		const files = writeTrace(result.traced, options.out ?? result.built.folder + "/trace");
		console.log("\n" + formatTracks(result.traced.timeline));
		console.log("timeline: " + shown(files.json) + "   (open it at ui.perfetto.dev)");
		console.log("picture:  " + shown(files.svg));
	}
	process.exit(result.parted ? EXIT.found : result.status);
}

export function addRecordCommands(program: Command): void {
	program
		.command("record <app> [arguments...]")
		.description(
			"run an application, on a board or on linux, that writes down what comes from outside (interrupts, times, completions of files and sockets); write it into a file for replay",
		)
		.addOption(boardOption())
		.option("-o, --out <file>", "where to write <file>.record; default: beside the image")
		.option(
			"--seconds <n>",
			"end the program after so many seconds (virtual ones on an emulated board); default: 10 on a board, on linux it ends by itself, or by Ctrl-C",
			Number,
		)
		.option("--bytes <n>", "size of the buffer; on linux of the file, at most")
		.option(
			"--input <file>",
			"take what was written elsewhere: a real board's console, or a program's own file (STATOR_RECORD) on linux",
		)
		.addHelpText(
			"after",
			"\nExamples:\n  stator record button-queue --board netduinoplus2 --out /tmp/field\n  stator record copy --out /tmp/copy -- from to\n  stator record path/to/my-app --board path/to/my-board --input console.log",
		)
		.action(recordCommand);
	program
		.command("replay <file> [app]")
		.description(
			"run a record again on this machine, event by event the same; without the app, the one that was recorded",
		)
		.option("-b, --board <folder>", "the board's folder, when it is not one of ours")
		.option("--trace", "with a timeline for ui.perfetto.dev and a picture")
		.option("-o, --out <file>", "where to write these: <file>.json and <file>.svg; default: beside the image")
		.option("--gdb", "print the command that runs it under GDB, instead")
		.addHelpText(
			"after",
			"\nExit status: as the program's then; 3 when it went another way than was recorded.\n" +
				"\nExamples:\n  stator replay /tmp/field.record\n  stator replay /tmp/field.record path/to/my-app --trace\n  stator replay /tmp/field.record --gdb",
		)
		.action(replayCommand);
}
