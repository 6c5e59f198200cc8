/**
 * `stator build`: TypeScript -> one ES module (bundle.ts) -> bytecode in C (tools/xsc) -> an image linked with the engine
 * (native/CMakeLists.txt). Each target has one build directory, build/<target>, with the engine compiled once and a
 * folder for each application.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { BuildReport } from "../compiler/index.ts";
import type { ProofResult } from "../compiler/proof.ts";
import { type App, IMAGE_HEADER_BYTES, type Settings } from "./app.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { blockShares, creationOf, type Machine, measure, withoutMargins } from "./creation.ts";
import { debugSource, taskPlaces } from "./debug-info.ts";
import { levelStackBytes, levelsSource, masksPolls, policiesOf } from "./levels.ts";
import { type CompiledModule, linesSource, type Split, sourceName, splitLines, withOriginals } from "./lines.ts";
import { withLock } from "./lock.ts";
import { blockBytes, formatMap, formatShares, sharesOf } from "./map.ts";
import { fetchMonocypher, monocypherFolder } from "./monocypher.ts";
import { path, shown } from "./paths.ts";
import { preload } from "./preload.ts";
import { proveProgram } from "./prove.ts";
import {
	checkRecordable,
	digestOf,
	INFO_FILE,
	ownNatives,
	ownNativesLines,
	ownNativesSource,
	recordInfoSource,
	recordSettings,
} from "./record/program.ts";
import { step, UserError } from "./report.ts";
import { runCommand } from "./run-command.ts";
import type { Explanation } from "./strip/explain.ts";
import { findKeys } from "./strip/keys.ts";
import { type Program, strip } from "./strip/strip.ts";
import { findTarget, type Target } from "./targets.ts";
import { sayTypeWarnings } from "./type-warnings.ts";

export interface Built {
	target: Target;
	app: App;
	/** The image: an ELF file. */
	image: string;
	folder: string;
	/** What the compiler made of each task. */
	report: BuildReport;
	/** The same for each module that a machine begins with: main's, then each level's. */
	parts: BuildReport[];
	/** What was proven; undefined when the program asked for none. */
	proof: ProofResult | undefined;
	/** What was left out and what not; undefined when nothing was to be. */
	stripped: Explanation | undefined;
	/** What the machine must be. */
	machine: Machine;
	/** Of the program's source: the same source, the same digest. */
	digest: string;
}

/** A program before it is linked. */
type Compiled = Pick<Built, "app" | "target" | "folder" | "report" | "parts" | "proof" | "stripped" | "digest"> & {
	/** What its levels take of the C stack. */
	levelStackBytes: number;
};

/** Writes only what has changed, so that nothing is compiled for nothing; whole, as CMake may read it for another program just now. */
function writeIfChanged(file: string, text: string): void {
	if (existsSync(file) && readFileSync(file, "utf8") === text) return;
	writeFileSync(file + ".new", text);
	renameSync(file + ".new", file);
}

async function configure(target: Target): Promise<void> {
	const args =
		target.folder === undefined
			? ["--preset", target.name]
			: ["--preset", "board", "-B", path("build", target.name), "-DSTATOR_BOARD=" + target.folder];
	const { code, output } = await runCommand("cmake", args, path("native"));
	if (code !== 0)
		throw new UserError("cmake cannot configure " + target.name + ":\n" + output, "npm test installs what is missing");
}

/** Makes goals in a target's build directory, alone: neither CMake nor ninja expects another there at the same time. */
function make(target: Target, goals: string[], mapFile?: string): Promise<void> {
	const folder = path("build", target.name);
	return withLock("target-" + target.name, async () => {
		await configure(target);
		const { code, output } = await runCommand("cmake", ["--build", folder, "--target", ...goals]);
		if (code !== 0) throw explain(target, goals.join(", "), output, mapFile);
	});
}

/** The compiler for bytecode and what writes the builtins for flash, built for this machine from the engine's sources. */
async function buildCompiler(rom: boolean): Promise<{ compiler: string; romWriter: string }> {
	await make(findTarget("linux"), ["stator-xsc", ...(rom ? ["stator-rom"] : [])]);
	return { compiler: path("build/linux/stator-xsc"), romWriter: path("build/linux/stator-rom") };
}

/** Unless STATOR_ROM=0 or --no-rom says otherwise: a machine that starts on builtins in flash. */
function wantsRom(app: App): boolean {
	return app.settings.rom ?? process.env.STATOR_ROM !== "0";
}

/** Unless STATOR_STRIP=0, --no-strip or a machine in RAM says otherwise: what the program cannot reach is left out. */
function wantsStrip(app: App): boolean {
	return wantsRom(app) && (app.settings.strip ?? process.env.STATOR_STRIP !== "0");
}

type Sizes =
	| "stackSlots"
	| "initialSlots"
	| "initialChunkBytes"
	| "spareKeys"
	| "poolBytes"
	| "heapBytes"
	| "ioEntries"
	| "ioFiles"
	| "ioBufferBytes"
	| "ioProvided"
	| "ioProvidedBytes";
const settingNames: Record<Sizes, string> = {
	stackSlots: "STATOR_STACK_SLOTS",
	initialSlots: "STATOR_INITIAL_SLOTS",
	initialChunkBytes: "STATOR_INITIAL_CHUNK_BYTES",
	spareKeys: "STATOR_SPARE_KEYS",
	poolBytes: "STATOR_POOL_BYTES",
	heapBytes: "STATOR_HEAP_BYTES",
	ioEntries: "STATOR_IO_ENTRIES",
	ioFiles: "STATOR_IO_FILES",
	ioBufferBytes: "STATOR_IO_BUFFER_BYTES",
	ioProvided: "STATOR_IO_PROVIDED",
	ioProvidedBytes: "STATOR_IO_PROVIDED_BYTES",
};

/** Lines of CMake that set numbers: in the list of a program's settings, and the C stack. */
function settingLines(list: string, stack: string, settings: Settings): string {
	let text = "";
	for (const [name, macro] of Object.entries(settingNames)) {
		const value = settings[name as keyof typeof settingNames];
		if (value === undefined) continue;
		text += "list(FILTER " + list + " EXCLUDE REGEX ^" + macro + "=)\n";
		text += "list(APPEND " + list + " " + macro + "=" + value + ")\n";
	}
	if (settings.cStackBytes !== undefined) text += "set(" + stack + " " + settings.cStackBytes + ")\n";
	return text;
}

function settingsFile(app: App, target: Target, computed: Settings, digest: string, folder: string): string {
	const { settings, sources } = app;
	let text = "# From the application's manifest, and from what its start-up took.\n";
	text += "set(PROGRAM_ROM " + (wantsRom(app) ? "ON" : "OFF") + ")\n";
	text += "set(PROGRAM_STRIP " + (wantsStrip(app) ? "ON" : "OFF") + ")\n";
	text += settingLines("PROGRAM_SETTINGS", "PROGRAM_STACK_BYTES", { ...computed, ...settings });
	if (settings.onEnd !== undefined) {
		text += "list(FILTER PROGRAM_SETTINGS EXCLUDE REGEX ^STATOR_HALT=)\n";
		text += "list(APPEND PROGRAM_SETTINGS STATOR_HALT=" + (settings.onEnd === "halt" ? 1 : 0) + ")\n";
	}
	if (settings.bootLoader === "mcuboot") text += "set(PROGRAM_HEADER_BYTES " + IMAGE_HEADER_BYTES + ")\n";
	if (masksPolls(app)) text += "set(PROGRAM_MASKS_POLLS ON)\n";
	if (settings.clock !== undefined && target.clocks !== undefined)
		text += "set(PROGRAM_CLOCK " + settings.clock + ")\n";
	text += "set(PROGRAM_ACCOUNTS " + (settings.accounts === false ? "OFF" : "ON") + ")\n";
	if (settings.trace)
		text +=
			"set(PROGRAM_TRACE STATOR_TRACE_BYTES=" +
			settings.trace +
			" STATOR_TRACE_STOPS=" +
			(settings.traceFull === "stop" ? 1 : 0) +
			" STATOR_TRACE_LIMIT=" +
			(settings.traceLimit ?? 0) +
			")\n";
	text += recordSettings(app, target, digest, folder);
	text += "set(PROGRAM_POLICIES " + policiesOf(app).join(" ") + ")\n";
	// In a replay the application's own C is not there: the record has what it gave.
	if (target.replays === undefined)
		for (const source of sources) text += 'list(APPEND PROGRAM_SOURCES "' + source + '")\n';
	return text;
}

/** Lines of CMake for C that only programs with certain native modules have: what checks signatures (native/xs/signature.c). */
function nativeSources(natives: ReadonlyMap<string, string>): string {
	const files = [...natives.values()];
	if (!files.includes(path("native/xs/flash.js"))) return "";
	return (
		[path("native/xs/signature.c"), monocypherFolder + "/monocypher.c"]
			.map((file) => 'list(APPEND PROGRAM_SOURCES "' + file + '")\n')
			.join("") +
		'set(PROGRAM_INCLUDES "' +
		monocypherFolder +
		'")\n'
	);
}

/** What the linker says, in words: how much does not fit, of what. */
function explain(target: Target, goal: string, output: string, mapFile: string | undefined): UserError {
	const overflows = [...output.matchAll(/region `(\w+)' overflowed by (\d+) bytes/g)];
	if (overflows.length > 0) {
		const sizes: Record<string, number | undefined> = { FLASH: target.flashBytes, RAM: target.ramBytes };
		const lines = overflows.map(([, region, bytes]) => {
			const size = sizes[region];
			return (
				"  " +
				region +
				": " +
				bytes +
				" bytes too much" +
				(size === undefined ? "" : " for the " + size + " bytes of " + target.name)
			);
		});
		const map = mapFile !== undefined && existsSync(mapFile) ? sharesOf(readFileSync(mapFile, "utf8")) : [];
		return new UserError(
			"the program does not fit into " +
				target.name +
				":\n" +
				[...new Set(lines), formatShares(map, target.flashBytes, target.ramBytes)].join("\n"),
			"RAM: lower stackSlots or poolBytes in the manifest's stator.settings, or the buffers; FLASH: import less, or take a board with more",
		);
	}
	const missing = [...output.matchAll(/undefined reference to `(\w+)'/g)].map(([, name]) => name);
	if (missing.length > 0)
		return new UserError(
			"native functions that no C file defines: " + [...new Set(missing)].join(", "),
			'each `@ "xs_name"` in a native module needs a C function of that name',
		);
	return new UserError(
		"cannot build " + goal + " for " + target.name + ":\n" + output.split("\n").slice(-40).join("\n"),
	);
}

/** Decides what is left out, from what the machine holds with the program loaded. */
async function writeStrip(
	romWriter: string,
	folder: string,
	program: Program,
	entries: string[],
): Promise<Explanation> {
	const machine = folder + "/machine.txt";
	const { code, output } = await runCommand(romWriter, ["-d", machine, folder + "/program.c", ...entries]);
	if (code !== 0) throw new UserError("the program cannot be loaded:\n" + output);
	const { leftOut, stubs, explanation } = await strip(program, machine, path("build/linux/libstator.a"));
	writeIfChanged(folder + "/left-out.txt", leftOut);
	writeIfChanged(folder + "/stripped.c", stubs);
	return explanation;
}

/** `entries`: the first module of each machine. */
async function writeRom(romWriter: string, folder: string, stripped: boolean, entries: string[]): Promise<void> {
	const made = folder + "/rom.new.c";
	const leftOut = stripped ? ["-s", folder + "/left-out.txt"] : [];
	const { code, output } = await runCommand(romWriter, ["-o", made, ...leftOut, folder + "/program.c", ...entries]);
	if (code !== 0) throw new UserError("the builtins cannot be written for flash:\n" + output);
	writeIfChanged(folder + "/rom.c", readFileSync(made, "utf8"));
}

/** A module that a machine begins with, bundled: main's, or a level's. */
interface Part extends Bundle {
	/** The module's name in the program. */
	name: string;
	/** What is compiled, in a file. */
	file: string;
	places: Split["places"];
	proof: ProofResult | undefined;
}

async function bundlePart(app: App, target: Target, folder: string, name: string, main: string): Promise<Part> {
	const made = await bundle(main, (target.replays ?? target).platform, { traced: !!app.settings.trace });
	sayTypeWarnings(made.program);
	const proof = app.settings.proof === false ? undefined : proveProgram(made.code, made.map, made.natives);
	// What the library declares is made at build time, if there is an image to put it into.
	const split = splitLines(wantsRom(app) ? preload(made.code, made.map).code : made.code);
	const base = folder + "/" + name.replace(":", "-");
	writeIfChanged(base + ".js", made.code);
	writeIfChanged(base + ".js.map", made.map);
	writeIfChanged(base + ".split.js", split.code);
	return { ...made, name, file: base + ".split.js", places: split.places, proof };
}

/**
 * The name of a program's folder under each target. STATOR_SIDE keeps apart what is built side by side under one name, with different
 * settings say; without it the image is that of the last build.
 */
function folderName(app: App): string {
	const side = process.env.STATOR_SIDE;
	return side === undefined ? app.name : app.name + "." + side;
}

/** The bytecode and tables of a program, in its folder. */
async function compileProgram(app: App, target: Target): Promise<Compiled> {
	const rom = wantsRom(app);
	const { compiler, romWriter } = await step("bytecode compiler", () => buildCompiler(rom));
	const folder = path("build", target.name, "apps", folderName(app));
	mkdirSync(folder, { recursive: true });
	return step("bundle " + shown(app.main), async () => {
		const main = await bundlePart(app, target, folder, "main", app.main);
		const parts = [main];
		for (const level of app.levels ?? [])
			parts.push(await bundlePart(app, target, folder, "level:" + level.name, level.main));
		const report: BuildReport = {
			tasks: parts.flatMap((part) => part.report.tasks),
			machines: parts.flatMap((part) => part.report.machines),
			slots: parts.reduce((sum, part) => sum + part.report.slots, 0),
			queues: parts.flatMap((part) => part.report.queues),
		};
		const natives = new Map(parts.flatMap((part) => [...part.natives]));
		checkRecordable(app, natives, main);
		const own = target.replays !== undefined || app.settings.record ? ownNatives(natives) : [];
		if (own.length > 0) writeIfChanged(folder + "/own-natives.c", ownNativesSource(own, target));
		const more = nativeSources(natives) + ownNativesLines(own, folder, target);
		if (more !== "") await fetchMonocypher();
		writeIfChanged(folder + "/natives.cmake", more);
		// The first module of each machine: an actor's and a thread's are main's.
		const entries = [
			...parts.map(({ name }) => name),
			...Array<string>(main.actorVectors + (main.threads?.count ?? 0)).fill("main"),
		];
		if (entries.length > 1 && !rom)
			throw new UserError(
				"a program with priority levels, actors or threads needs the ROM image: take out rom: false or --no-rom",
			);
		if (main.threads !== undefined && main.actorVectors > 0)
			throw new UserError(
				"a program has actors or threads, not both: each has a run that is the last statement of main",
			);
		writeIfChanged(folder + "/levels.c", levelsSource(app, target, main.actorVectors, main.threads));
		const modules = [...parts.map(({ name, file }) => name + "=" + file), ...[...natives].map((one) => one.join("="))];
		const made = folder + "/program.new.c";
		const usesFile = folder + "/uses.json";
		const linesFile = folder + "/lines.json";
		const compiled = await runCommand(compiler, ["-o", made, "-l", linesFile, "-u", usesFile, ...modules]);
		if (compiled.code !== 0)
			throw new UserError("XS cannot compile the program:\n" + withOriginals(compiled.output, parts));
		writeIfChanged(folder + "/program.c", readFileSync(made, "utf8"));
		const lines = JSON.parse(readFileSync(linesFile, "utf8")) as CompiledModule["lines"][];
		const withLines = parts.map((part, i) => ({ ...part, lines: lines[i] }));
		let stripped: Explanation | undefined;
		if (wantsStrip(app)) {
			const read = (file: string): string => readFileSync(file, "utf8");
			const keys = parts.map(({ program, files }) => findKeys(program, files, sourceName, read));
			stripped = await writeStrip(
				romWriter,
				folder,
				{
					...{ bundles: withLines, natives, sources: app.sources, shown: sourceName },
					uses: JSON.parse(readFileSync(usesFile, "utf8")),
					keys: {
						names: new Map(keys.flatMap(({ names }) => [...names])),
						any: keys.flatMap(({ any }) => any),
					},
				},
				entries,
			);
		}
		if (rom) await writeRom(romWriter, folder, stripped !== undefined, entries);
		writeIfChanged(folder + "/lines.c", linesSource(withLines));
		const tasks = withLines.map((part) => ({ ...part, machines: part.report.machines }));
		writeIfChanged(folder + "/debug.c", debugSource(taskPlaces(tasks)));
		return {
			app,
			target,
			folder,
			report,
			parts: parts.map((part) => part.report),
			proof: main.proof,
			stripped,
			levelStackBytes: levelStackBytes(app, target, main.actorVectors),
			digest: digestOf(app, main.files, natives),
		};
	});
}

/** Links a program a first time with what measures its start-up (native/xs/probe.c), for a target; the path of the image. */
async function buildProbe(app: App, target: Target, probe: Settings): Promise<string> {
	const { folder, digest } = await compileProgram(app, target);
	return linkProbe(app, target, folder, digest, probe);
}

async function linkProbe(app: App, target: Target, folder: string, digest: string, probe: Settings): Promise<string> {
	// The settings of the build before: where they still hold, nothing is configured twice.
	const before = folder + "/computed.json";
	const computed = existsSync(before) ? (JSON.parse(readFileSync(before, "utf8")) as Settings) : {};
	writeIfChanged(folder + "/settings.cmake", settingsFile(app, target, computed, digest, folder));
	writeIfChanged(folder + "/probe.cmake", settingLines("PROBE_SETTINGS", "PROBE_STACK_BYTES", probe));
	await make(target, ["probe-" + basename(folder)], folder + "/program.map");
	return folder + "/probe.elf";
}

/** Links the program with a machine's settings. */
async function link({ app, target, folder, digest }: Compiled, machine: Machine): Promise<void> {
	const info = recordInfoSource(app, target, digest);
	if (info !== undefined) writeIfChanged(folder + INFO_FILE, info);
	writeIfChanged(folder + "/computed.json", JSON.stringify(machine.computed));
	writeIfChanged(folder + "/settings.cmake", settingsFile(app, target, machine.computed, digest, folder));
	await make(target, ["app-" + basename(folder)], folder + "/program.map");
}

/** Builds a program for a target. Builds of one program wait for each other, in this process or another; those of several do not. */
export function build(given: App, target: Target): Promise<Built> {
	const app =
		target.platform === "linux" ? given : { ...given, settings: { ...given.boardSettings, ...given.settings } };
	// Not for each target: a board's build may measure the program on another.
	return withLock("app-" + folderName(app), () => buildAlone(app, target));
}

function hasImageAreas({ folder }: Target): boolean {
	return folder !== undefined && /^_image_areas = /m.test(readFileSync(folder + "/memory.ld", "utf8"));
}

async function buildAlone(app: App, target: Target): Promise<Built> {
	const { clock } = app.settings;
	if (clock !== undefined && target.clocks !== undefined && !target.clocks.includes(clock))
		throw new UserError(
			'the setting clock is "' + clock + '", which ' + target.name + " does not have",
			"its clocks: " + target.clocks.join(", "),
		);
	if (app.settings.bootLoader === "mcuboot" && !hasImageAreas(target))
		throw new UserError(
			target.name + " has no areas for images, which a boot loader starts",
			"boards say in memory.ld where they are: _image_areas and _image_bytes",
		);
	const compiled = await compileProgram(app, target);
	const { folder, report, parts, proof, stripped, digest, levelStackBytes: ofLevels } = compiled;
	const proven = proof !== undefined && proof.allowed.length === 0;
	const subject = { app, target, folder, proven, stackSlots: proof?.stackSlots, levelStackBytes: ofLevels };
	let machine = await step("machine of " + app.name, () =>
		measure(subject, (on, settings) =>
			on === target ? linkProbe(app, on, folder, digest, settings) : buildProbe(app, on, settings),
		),
	);
	const built = (): Built => ({
		target,
		app,
		folder,
		image: folder + "/" + app.name + ".elf",
		report,
		parts,
		proof,
		stripped,
		machine,
		digest,
	});
	await step("image for " + target.name, async () => {
		await link(compiled, machine);
		if (missingBytes(built()) <= 0) return;
		machine = withoutMargins(machine);
		await link(compiled, machine);
		checkFits(built());
	});
	const creation = creationOf(machine, app.settings);
	writeIfChanged(folder + "/creation.json", JSON.stringify({ creation }, undefined, "\t") + "\n");
	return built();
}

/** By how many bytes the machine, as it is set, is larger than its block. */
function missingBytes(built: Built): number {
	const shares = blockShares(built.machine, built.app.settings);
	const block = blockBytes(built);
	if (shares === undefined || block === undefined) return 0;
	return Object.values(shares).reduce((sum, bytes) => sum + bytes, 0) - block;
}

function checkFits(built: Built): void {
	const missing = missingBytes(built);
	if (missing <= 0) return;
	throw new UserError(
		"the program's machine does not fit into " +
			built.target.name +
			":\n  RAM: " +
			missing +
			" bytes too much\n" +
			formatMap(built),
		"make pools, queues and buffers smaller; a task of a large pool is smallest with the form frame; or take a board with more",
	);
}
