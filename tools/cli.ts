/** The `stator` command line. */
import { writeFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { type App, findApp, IMAGE_HEADER_BYTES, writeCreation } from "./app.ts";
import { addDeviceCommands } from "./commands/device.ts";
import { boardOption, boardOrSim } from "./commands/options.ts";
import { addRecordCommands } from "./commands/record.ts";
import { addSetupCommands } from "./commands/setup.ts";
import { addTestCommand } from "./commands/test.ts";
import { addModdable } from "./moddable/command.ts";
import { addNew } from "./new/command.ts";
import { path, shown } from "./paths.ts";
import { bold, EXIT, note, red, setQuiet, UsageError, UserError } from "./report.ts";
import type { SignCommand } from "./sign.ts";
import { DEFAULTS } from "./sim/defaults.ts";
import { findTarget, targetNames } from "./targets.ts";

const program = new Command("stator")
	.description("Async TypeScript on microcontrollers: build, run and measure")
	.showHelpAfterError("(stator help shows what there is)")
	.option("-q, --quiet", "only the program's own output and errors")
	.exitOverride()
	.addHelpText(
		"after",
		"\nExit status: 0 done, 1 it could not be done, 2 the command line makes no sense, 3 what was looked for was found (a failing run or test, something\n" +
			"missing). run and debug end as the program, or GDB, does. NO_COLOR=1 takes colours away; what is no terminal gets none.\n" +
			"\nExamples:\n  stator run blinky --board netduinoplus2\n  stator doctor\n  stator build --help",
	)
	.hook("preAction", (command) => setQuiet(command.opts().quiet === true));

interface Switches {
	rom: boolean;
	strip: boolean;
	proof: boolean;
	measure: boolean;
}

interface BuildOptions extends Switches {
	board: string;
	bootLoader?: "mcuboot";
	report?: boolean;
	json?: boolean;
	writeManifest?: boolean;
}

/** The application with what the command line switches off. */
const chosen = (app: App, { rom, strip, proof, measure, bootLoader }: Switches & Partial<BuildOptions>): App => ({
	...app,
	settings: {
		...app.settings,
		...(rom ? {} : { rom }),
		...(strip ? {} : { strip }),
		...(proof ? {} : { proof }),
		...(measure ? {} : { measure }),
		...(bootLoader === undefined ? {} : { bootLoader }),
	},
});

program
	.command("build <app>")
	.description("compile an application for a target")
	.addOption(boardOption())
	.option("--no-rom", "make the builtins in RAM at boot instead of booting from flash")
	.option("--no-strip", "keep builtins and engine code that the program cannot reach")
	.option("--no-proof", "build although tasks allocate after start-up")
	.addOption(
		new Option("--boot-loader <name>", "link it for a boot loader that starts signed images").choices(["mcuboot"]),
	)
	.option(
		"--report",
		"what became of each task, what was proven, what the machine must be, who takes which memory, which builtins are there",
	)
	.option("--json", "the report as JSON")
	.option("--no-measure", "take the target's default sizes instead of measuring start-up in the emulator")
	.option(
		"--write-manifest",
		"write what the machine must be into the application's manifest.json, as Moddable's creation",
	)
	.addHelpText("after", "\nExamples:\n  stator build blinky --board netduinoplus2\n  stator build path/to/my-app")
	.action(async (given: string, options: BuildOptions) => {
		const { build } = await import("./build.ts");
		const { buildReport, formatReport } = await import("./task-report.ts");
		const app = findApp(given);
		const built = await build(chosen(app, options), findTarget(options.board));
		const report = buildReport(built);
		if (options.writeManifest) console.error(shown(writeCreation(app, report)));
		if (options.json) console.log(JSON.stringify(report, undefined, "\t"));
		else {
			if (options.report) {
				console.log(formatReport(built));
				if (built.stripped !== undefined)
					console.log("\n" + (await import("./strip/explain.ts")).formatExplanation(built.stripped));
			}
			console.log(shown(built.image));
		}
	});

program
	.command("run <app> [arguments...]")
	.description(
		"build an application and run it: boards in QEMU, linux as a process, which gets the arguments, sim once on Node",
	)
	.addOption(boardOrSim())
	.option("--timeout <seconds>", "end it after so many seconds", Number, 0)
	.option("--no-rom", "make the builtins in RAM at boot instead of booting from flash")
	.option("--no-strip", "keep builtins and engine code that the program cannot reach")
	.option("--no-proof", "build although tasks allocate after start-up")
	.option("--no-measure", "take the target's default sizes instead of measuring start-up in the emulator")
	.addHelpText(
		"after",
		"\nExamples:\n  stator run blinky --board netduinoplus2\n  stator run blinky\n  stator run button-queue --board sim\n  stator run copy -- from to",
	)
	.action(async (given: string, args: string[], options: { board: string; timeout: number } & Switches) => {
		if (options.board === "sim") {
			await simulateOnce(given);
			return;
		}
		const { build } = await import("./build.ts");
		const { run } = await import("./run.ts");
		const built = await build(chosen(findApp(given), options), findTarget(options.board));
		const result = await run(built, {
			timeoutSeconds: options.timeout,
			args,
			onOutput: (text) => void process.stdout.write(text),
			onInput: (type) => process.stdin.isTTY && process.stdin.on("data", (data) => type(data.toString())),
		});
		if (result.timedOut) throw new UserError("the program did not end within " + options.timeout + " seconds");
		process.exit(result.status);
	});

/** With the first seed, in virtual time; what it printed comes at its end. */
async function simulateOnce(given: string): Promise<void> {
	const { simulate } = await import("./sim/command.ts");
	const { report, last, text } = await simulate(given, {
		...DEFAULTS,
		runs: 1,
		compiled: true,
		skip: [],
		minimize: false,
	});
	for (const line of last.output) console.log(line);
	if (report.failure === undefined) return;
	console.error(text);
	process.exitCode = EXIT.found;
}

program
	.command("bench <what>")
	.description(
		"measure: board (instructions on an emulated board), host (workloads beside their peers' on this machine)",
	)
	.addOption(boardOption().default("mps2-an385"))
	.option("--json", "as JSON")
	.option("--quick", "host: ours alone, once, with few operations; writes no page")
	.option("--runs <n>", "host: how often", Number)
	.option("--peers <names>", "host: only these, comma-separated; writes no page")
	.option("--workloads <names>", "host: only these, comma-separated; writes no page")
	.addHelpText(
		"after",
		"\nExamples:\n  stator bench board\n  npm run bench -- board --json\n  stator bench host --json",
	)
	.action(async (what: string, options: BenchOptions) => {
		if (what === "host") {
			await benchOnHost(options);
			return;
		}
		if (what !== "board") throw new UsageError('there is no benchmark "' + what + '"', "benchmarks: board, host");
		const { benchBoard } = await import("./bench.ts");
		const figures = await benchBoard(options.board);
		if (options.json) console.log(JSON.stringify(figures, undefined, "\t"));
		else for (const [key, value] of Object.entries(figures)) console.log(key.padEnd(28) + value);
	});

interface BenchOptions {
	board: string;
	json?: boolean;
	quick?: boolean;
	runs?: number;
	peers?: string;
	workloads?: string;
}

/** Writes docs/benchmarks.md when everything was measured. */
async function benchOnHost({ json, quick, runs, peers, workloads }: BenchOptions): Promise<void> {
	if (runs !== undefined && !(Number.isSafeInteger(runs) && runs > 0))
		throw new UsageError("--runs is a whole number above 0, not " + runs);
	const { benchHost } = await import("./bench-host/command.ts");
	const { pageOf, pictureOf } = await import("./bench-host/page.ts");
	const figures = await benchHost({
		quick: quick === true,
		...(runs === undefined ? {} : { runs }),
		...(peers === undefined ? {} : { peers: peers.split(",") }),
		...(workloads === undefined ? {} : { workloads: workloads.split(",") }),
	});
	const page = pageOf(figures, "benchmarks.svg");
	if (!figures.quick && peers === undefined && workloads === undefined) {
		writeFileSync(path("docs/benchmarks.md"), page);
		writeFileSync(path("docs/benchmarks.svg"), pictureOf(figures));
	}
	console.log(json ? JSON.stringify(figures, undefined, "\t") : page);
}

interface MapOptions {
	board: string;
	json?: boolean;
	strip?: boolean;
	why?: boolean;
	svg?: string;
}

program
	.command("map <app>")
	.description("say who takes which part of flash and RAM")
	.addOption(boardOption().default("netduinoplus2"))
	.option("--json", "as JSON")
	.option("--strip", "which builtins are in the image and because of whom, and which are not")
	.option("--why", "what the machine must be (creation), what each number is made of, and what makes it smaller")
	.option("--svg <file>", "write a picture: flash and RAM as areas, down to source files")
	.addHelpText(
		"after",
		"\nExamples:\n  stator map blinky --board netduinoplus2\n  stator map blinky --why\n  stator map blinky --svg map.svg\n  stator map blinky --strip",
	)
	.action(async (given: string, options: MapOptions) => {
		const { build } = await import("./build.ts");
		const target = findTarget(options.board);
		const built = await build(findApp(given), target);
		if (options.strip) {
			if (built.stripped === undefined)
				throw new UserError(given + " is built with everything in it", "its settings rom or strip are false");
			const { formatExplanation } = await import("./strip/explain.ts");
			console.log(options.json ? JSON.stringify(built.stripped, undefined, "\t") : formatExplanation(built.stripped));
			return;
		}
		const { buildReport } = await import("./task-report.ts");
		const { memory, creation, why, measured } = buildReport(built);
		if (options.svg !== undefined) {
			const { treemapOf } = await import("./treemap.ts");
			writeFileSync(options.svg, treemapOf(built));
			note("map", "wrote " + shown(options.svg));
		}
		if (options.json) console.log(JSON.stringify(options.why ? { ...memory, creation, why } : memory, undefined, "\t"));
		else {
			console.log((await import("./map.ts")).formatMap(built));
			if (options.why) console.log("\n" + (await import("./creation-why.ts")).formatReasons(why, measured));
		}
	});

program
	.command("trace <app>")
	.description("run an application with the trace; write a timeline for ui.perfetto.dev and a picture")
	.addOption(boardOption())
	.option("-o, --out <file>", "where to write: <file>.json and <file>.svg; default: beside the image")
	.option("--seconds <n>", "end the program after so many seconds (virtual ones on an emulated board)", Number, 10)
	.option("--bytes <n>", "size of the ring; a record takes 8")
	.option("--stop-when-full", "keep the first records; default: the newest")
	.option("--input <file>", "take what was printed elsewhere: a board's console, a debugger's `stator trace`")
	.option("--json", "print the timeline's JSON, and nothing else")
	.addHelpText(
		"after",
		"\nExamples:\n  stator trace blinky --board netduinoplus2\n  stator trace examples/sensor-pipeline --seconds 2 --out /tmp/pipeline\n  stator trace blinky --board netduinoplus2 --input console.log",
	)
	.action(
		async (
			given: string,
			options: {
				board: string;
				out?: string;
				seconds: number;
				bytes?: string;
				stopWhenFull?: boolean;
				input?: string;
				json?: boolean;
			},
		) => {
			if (!(options.seconds > 0)) throw new UsageError("--seconds must be a number above 0");
			const bytes = options.bytes === undefined ? undefined : Number(options.bytes);
			if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes >= 64))
				throw new UsageError("--bytes must be a whole number of at least 64, not " + options.bytes);
			const { formatTracks, trace, traceFromFile, writeTrace } = await import("./trace/command.ts");
			const traced =
				options.input === undefined
					? await trace(given, options.board, {
							seconds: options.seconds,
							bytes,
							stops: options.stopWhenFull === true,
							onOutput: (text) => void (options.json || process.stdout.write(text)),
							onInput: (type) => process.stdin.isTTY && process.stdin.on("data", (data) => type(data.toString())),
						})
					: await traceFromFile(options.input, given, options.board);
			if (options.json) {
				console.log(JSON.stringify(traced.perfetto));
			} else {
				const files = writeTrace(traced, options.out ?? traced.built.folder + "/trace");
				console.log("\n" + formatTracks(traced.timeline));
				console.log("timeline: " + shown(files.json) + "   (open it at ui.perfetto.dev)");
				console.log("picture:  " + shown(files.svg));
			}
			process.exit(traced.status);
		},
	);

addRecordCommands(program);

program
	.command("sim <app>")
	.description(
		"run an application on Node under many interleavings, each from a seed, and check invariants at every step",
	)
	.option("--seed <n>", "the first seed; run i has seed n + i", Number, DEFAULTS.seed)
	.option("--runs <n>", "how many runs; ends at the first that fails", Number, DEFAULTS.runs)
	.option("--seconds <n>", "virtual seconds after which a run is asked to end", Number, DEFAULTS.seconds)
	.option("--steps <n>", "steps after which it is", Number, DEFAULTS.steps)
	.option("--uncompiled", "the program as it is written, with native async functions")
	.option("--minimize", "look for fewer of the seed's decisions with which a failing run still fails")
	.option("--skip <invariant>", "do not check it; may be repeated", (one: string, all: string[]) => [...all, one], [])
	.option("--only <numbers>", "take these of the seed's decisions, comma-separated, or none; printed by --minimize")
	.option("--events <file>", "write every event of the failing run, or of the last one")
	.option("--json", "the report as JSON")
	.addHelpText(
		"after",
		"\nWhat comes from outside, and the program's own invariants, stand in sim.ts beside its main.ts (docs/simulation.md).\n" +
			"Exit status: 0 all runs passed, 3 one failed, 1 it could not be run.\n" +
			"\nExamples:\n  stator sim button-queue --runs 5000\n  stator sim path/to/my-app --seed 42 --runs 1\n  stator sim path/to/my-app --minimize --events events.txt",
	)
	.action(
		async (
			given: string,
			options: {
				seed: number;
				runs: number;
				seconds: number;
				steps: number;
				uncompiled?: boolean;
				minimize?: boolean;
				skip: string[];
				only?: string;
				events?: string;
				json?: boolean;
			},
		) => {
			const { simulate } = await import("./sim/command.ts");
			const { report, last, text } = await simulate(given, {
				seed: options.seed,
				runs: options.runs,
				seconds: options.seconds,
				steps: options.steps,
				compiled: options.uncompiled !== true,
				skip: options.skip,
				minimize: options.minimize === true,
				...(options.events === undefined ? {} : { events: options.events }),
				...(options.only === undefined
					? {}
					: { only: options.only === "none" ? [] : options.only.split(",").map(Number) }),
			});
			if (options.json) console.log(JSON.stringify(report, undefined, "\t"));
			else {
				if (options.runs === 1) for (const line of last.output) console.log(line);
				console.log(text);
			}
			process.exitCode = report.failure === undefined ? 0 : EXIT.found;
		},
	);

program
	.command("debug <app>")
	.description("start an application under GDB: boards in QEMU, stopped at their reset; linux as a process")
	.addOption(boardOption())
	.option("--print", "print the commands instead of running them")
	.option("--probe [id]", "a real board, through pyocd and its debug probe; tasks are threads there")
	.option(
		"--ex <command>",
		"a command for GDB; may be repeated: it runs them and ends",
		(one: string, all: string[]) => [...all, one],
		[],
	)
	.addHelpText(
		"after",
		"\nIn GDB: info stator, stator bt [task], stator trace <file>.\n\nExamples:\n  stator debug blinky --board netduinoplus2\n  stator debug blinky --board mps2-an385 --ex 'break stator_port_idle' --ex continue --ex 'info stator'\n  stator debug blinky --print\n  stator debug blinky --board nrf52840dk --probe",
	)
	.action(async (given: string, options: { board: string; print?: boolean; probe?: string | true; ex: string[] }) => {
		const { build } = await import("./build.ts");
		const { debug, debugPlan, formatPlan } = await import("./debug.ts");
		const built = await build(findApp(given), findTarget(options.board));
		const choices = { commands: options.ex, ...(options.probe === undefined ? {} : { probe: options.probe }) };
		if (options.print) {
			console.log(formatPlan(await debugPlan(built, choices)));
			return;
		}
		const { status, output } = await debug(built, choices);
		process.stdout.write(output);
		process.exit(status);
	});

program
	.command("sign [program]")
	.description("make a signed firmware image of what build made (an ELF file or a binary), or a key for it")
	.option("--key <file>", "the secret key (Ed25519, PEM)")
	.option("--image-version <version>", "major.minor.revision+build")
	.option("-o, --out <file>", "where to write the image; default: beside the program, .signed.bin")
	.option("--header-bytes <n>", "bytes before the program", Number, IMAGE_HEADER_BYTES)
	.option("--area-bytes <n>", "of an area of flash: refuse what does not fit", Number)
	.option("--security-counter <n>", "a number that a boot loader lets grow only", Number)
	.option("--public", "print the public key, as FlashImages takes it")
	.option("--new-key <file>", "make a secret key, for its owner alone")
	.option("--in-repository", "write it although the file is in a repository's work tree")
	.addHelpText(
		"after",
		"\nExamples:\n  stator sign --new-key ~/keys/device.pem\n  stator sign build/nrf52840dk/apps/blinky/blinky.elf --key ~/keys/device.pem --image-version 1.2.3",
	)
	.action(async (image: string | undefined, { imageVersion, ...options }: SignOptions) => {
		const { signCommand } = await import("./sign.ts");
		for (const line of signCommand(image, {
			...options,
			...(imageVersion === undefined ? {} : { version: imageVersion }),
		}))
			console.log(line);
	});

type SignOptions = Omit<SignCommand, "version"> & { imageVersion?: string };

program
	.command("targets")
	.description("list what can be built for")
	.option("--json", "as JSON")
	.action((options: { json?: boolean }) => {
		const targets = targetNames().map(findTarget);
		if (options.json) console.log(JSON.stringify(targets, undefined, "\t"));
		else for (const target of targets) console.log(bold(target.name.padEnd(16)) + target.description);
	});

addTestCommand(program);
addDeviceCommands(program);
addNew(program);
addModdable(program);
addSetupCommands(program);

// Who reads our output may stop early (head): then we stop too.
process.stdout.on("error", () => process.exit(0));

try {
	await program.parseAsync();
} catch (error) {
	// It has said so itself; help and the version are no failures.
	if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
	if (!(error instanceof UserError)) throw error;
	console.error(red("error: ") + error.message);
	if (error.hint !== undefined) console.error("  " + error.hint);
	process.exit(error instanceof UsageError ? EXIT.usage : EXIT.failed);
}
