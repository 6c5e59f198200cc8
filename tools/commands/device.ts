/** Commands for a board that is there: flash, top, logs. */
import { type Command, Option } from "commander";
import { findApp } from "../app.ts";
import type { FlashOptions } from "../flash.ts";
import { chipOf, findPyocd, needPyocd } from "../pyocd.ts";
import { EXIT, UsageError } from "../report.ts";
import type { Sample } from "../smp/top.ts";
import { findTarget } from "../targets.ts";
import { boardOption } from "./options.ts";

interface FlashSwitches {
	board: string;
	uid?: string;
	pyocd?: string;
	verify: boolean;
	reset: boolean;
	dryRun?: boolean;
	json?: boolean;
}

interface LineSwitches {
	udp?: string;
	serial?: string;
	json?: boolean;
}

interface TopSwitches extends LineSwitches {
	samples?: number;
	interval: number;
	timeout: number;
}

const CLEAR = "\u001b[H\u001b[J";
const RETRIES = 2;

async function top(options: TopSwitches): Promise<void> {
	const { samples = process.stdout.isTTY ? 0 : 1, interval, timeout } = options;
	if (!(Number.isSafeInteger(samples) && samples >= 0)) throw new UsageError("--samples is a whole number");
	if (!(interval >= 0.1 && timeout > 0)) throw new UsageError("--interval is 0.1 seconds or more, --timeout above 0");
	const [{ SmpClient }, { openLine }, { formatSample, sample }] = await Promise.all([
		import("../smp/client.ts"),
		import("../smp/line.ts"),
		import("../smp/top.ts"),
	]);
	const line = await openLine(options);
	const client = new SmpClient(line, { timeoutMs: timeout * 1000, retries: RETRIES });
	process.once("SIGINT", () => process.exit(EXIT.ok));
	let before: Sample | undefined;
	try {
		for (let turn = 1; ; turn++) {
			const now = await sample(client);
			if (options.json) console.log(JSON.stringify(now));
			else {
				if (process.stdout.isTTY && samples !== 1) process.stdout.write(CLEAR + line.name + "   (Ctrl-C ends)\n\n");
				else if (turn > 1) console.log();
				console.log(formatSample(now, before));
			}
			before = now;
			if (turn === samples) return;
			await new Promise((resolve) => setTimeout(resolve, interval * 1000));
		}
	} finally {
		line.close();
	}
}

async function logs(options: { serial?: string; udp?: string; json?: boolean; seconds: number }): Promise<void> {
	if (options.udp !== undefined)
		throw new UsageError(
			"a server on UDP sends no log lines",
			"a program on Linux prints them on its own standard output; a board prints them on its line: --serial <device[:baud]>",
		);
	if (options.serial === undefined)
		throw new UsageError(
			"say how the device is reached",
			"--serial <device[:baud]>: for instance --serial /dev/ttyACM0",
		);
	const { openLine } = await import("../smp/line.ts");
	const line = await openLine({ serial: options.serial });
	line.onText = (text) => console.log(options.json ? JSON.stringify({ time: new Date().toISOString(), text }) : text);
	process.once("SIGINT", () => process.exit(EXIT.ok));
	await new Promise<void>((resolve, reject) => {
		line.onEnd = reject;
		if (options.seconds > 0)
			setTimeout(() => {
				line.onEnd = () => {};
				resolve();
			}, options.seconds * 1000);
	});
	line.close();
}

export function addDeviceCommands(program: Command): void {
	program
		.command("flash <app>")
		.description("build an application and write it to a board with pyocd: erase, program, compare, reset")
		.addOption(boardOption())
		.option("--uid <id>", "the debug probe, when there are several (pyocd list)")
		.option("--pyocd <program>", "pyocd; default: from the PATH, or from build/pyocd")
		.option("--no-verify", "do not compare the board's memory with the image")
		.option("--no-reset", "leave the board stopped")
		.option("--dry-run", "print pyocd.yaml and the command, and do nothing")
		.option("--json", "the result as JSON")
		.addHelpText(
			"after",
			"\nWhat pyocd calls the chip stands in the board's board.json.\n" +
				"\nExamples:\n  stator flash blinky --board nrf52840dk\n  stator flash blinky --board microbit --uid 9900\n  stator flash blinky --board netduinoplus2 --dry-run",
		)
		.action(async (given: string, options: FlashSwitches) => {
			const target = findTarget(options.board);
			const choices: FlashOptions = {
				verify: options.verify,
				reset: options.reset,
				...(options.uid === undefined ? {} : { uid: options.uid }),
				...(options.pyocd === undefined ? {} : { pyocd: options.pyocd }),
			};
			// Before anything is built for nothing.
			chipOf(target);
			if (!options.dryRun) needPyocd(options.pyocd);
			const { build } = await import("../build.ts");
			const { flash, flashPlan } = await import("../flash.ts");
			const built = await build(findApp(given), target);
			if (options.dryRun) {
				const plan = flashPlan(built, choices, findPyocd(options.pyocd) ?? "pyocd");
				const { quoted } = await import("../debug.ts");
				const [command, args] = plan.command;
				if (options.json)
					console.log(
						JSON.stringify({ configuration: plan.configuration, command: [command, ...args] }, undefined, "\t"),
					);
				else
					console.log(
						"# " +
							plan.configuration.file +
							"\n" +
							plan.configuration.text +
							"\n" +
							[command, ...args].map(quoted).join(" "),
					);
				return;
			}
			const done = await flash(built, choices);
			if (options.json) console.log(JSON.stringify(done, undefined, "\t"));
			else
				console.log(
					done.bytes +
						" bytes on " +
						done.board +
						(done.verified ? ", compared" : "") +
						(options.reset ? ", running" : ", stopped"),
				);
		});

	program
		.command("top")
		.description("show the tasks and pools of a running program that has an SMP server, again and again")
		.option("--udp <host[:port]>", "over UDP; port 1337 unless given")
		.option("--serial <device[:baud]>", "over a serial port or a pseudo terminal; 115200 unless given")
		.option("-n, --samples <n>", "end after so many; default: never, and 1 when the output is no terminal", Number)
		.option("--interval <seconds>", "between two", Number, 1)
		.option("--timeout <seconds>", "how long an answer may take; asked three times", Number, 2)
		.option("--json", "one line of JSON for each sample")
		.addHelpText(
			"after",
			"\ncpu: of the processor's cycles since the last sample. Priority: high, normal, low; polls: how often a task was resumed.\n" +
				"\nExamples:\n  stator top --udp localhost\n  stator top --serial /dev/ttyACM0\n  stator top --serial /dev/pts/3 --samples 1 --json",
		)
		.action(top);

	program
		.command("logs")
		.description("show what a running program logs, from a serial line that may carry SMP messages too")
		.option("--serial <device[:baud]>", "a serial port or a pseudo terminal; 115200 unless given")
		.addOption(new Option("--udp <host>", "says that there are none").hideHelp())
		.option("--seconds <n>", "end after so many; default: never", Number, 0)
		.option("--json", "one line of JSON for each line, with its time")
		.addHelpText(
			"after",
			"\nExamples:\n  stator logs --serial /dev/ttyACM0\n  stator logs --serial /dev/pts/3 --seconds 10 --json",
		)
		.action(logs);
}
