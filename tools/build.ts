/**
 * `stator build`: TypeScript -> one ES module (bundle.ts) -> bytecode in C (tools/xsc) -> an image linked with the engine
 * (native/CMakeLists.txt). Each target has one build directory, build/<target>, with the engine compiled once and a
 * folder for each application.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { BuildReport } from "../compiler/index.ts";
import type { ProofResult } from "../compiler/proof.ts";
import type { App } from "./app.ts";
import { bundle } from "./bundle.ts";
import { debugSource, taskPlaces } from "./debug-info.ts";
import { levelsSource } from "./levels.ts";
import { linesSource } from "./lines.ts";
import { formatShares, sharesOf } from "./map.ts";
import { path, shown } from "./paths.ts";
import { proveProgram } from "./prove.ts";
import { step, UserError } from "./report.ts";
import { runCommand } from "./run-command.ts";
import { findTarget, type Target } from "./targets.ts";

export interface Built {
	target: Target;
	app: App;
	/** The image: an ELF file. */
	image: string;
	folder: string;
	/** What the compiler made of each task. */
	report: BuildReport;
	/** What was proven; undefined when the program asked for none. */
	proof: ProofResult | undefined;
}

/** Writes only what has changed, so that nothing is compiled for nothing. */
function writeIfChanged(file: string, text: string): void {
	if (existsSync(file) && readFileSync(file, "utf8") === text) return;
	writeFileSync(file, text);
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

async function make(target: Target, goal: string, mapFile?: string): Promise<void> {
	const { code, output } = await runCommand("cmake", ["--build", path("build", target.name), "--target", goal]);
	if (code !== 0) throw explain(target, goal, output, mapFile);
}

/** The compiler for bytecode and what writes the builtins for flash, built for this machine from the engine's sources. */
async function buildCompiler(rom: boolean): Promise<{ compiler: string; romWriter: string }> {
	const host = findTarget("linux");
	await configure(host);
	await make(host, "stator-xsc");
	if (rom) await make(host, "stator-rom");
	return { compiler: path("build/linux/stator-xsc"), romWriter: path("build/linux/stator-rom") };
}

/** Unless STATOR_ROM=0 or --no-rom says otherwise: a machine that starts on builtins in flash. */
function wantsRom(app: App): boolean {
	return app.settings.rom ?? process.env.STATOR_ROM !== "0";
}

type Sizes = "stackSlots" | "initialSlots" | "initialChunkBytes" | "spareKeys" | "poolBytes" | "heapBytes";
const settingNames: Record<Sizes, string> = {
	stackSlots: "STATOR_STACK_SLOTS",
	initialSlots: "STATOR_INITIAL_SLOTS",
	initialChunkBytes: "STATOR_INITIAL_CHUNK_BYTES",
	spareKeys: "STATOR_SPARE_KEYS",
	poolBytes: "STATOR_POOL_BYTES",
	heapBytes: "STATOR_HEAP_BYTES",
};

function settingsFile(app: App, target: Target): string {
	const { settings, sources } = app;
	let text = "# From the application's manifest.\nset(PROGRAM_ROM " + (wantsRom(app) ? "ON" : "OFF") + ")\n";
	for (const [name, macro] of Object.entries(settingNames)) {
		const value = settings[name as keyof typeof settingNames];
		if (value === undefined) continue;
		text +=
			"list(FILTER PROGRAM_SETTINGS EXCLUDE REGEX ^" +
			macro +
			"=)\nlist(APPEND PROGRAM_SETTINGS " +
			macro +
			"=" +
			value +
			")\n";
	}
	if (settings.cStackBytes !== undefined) text += "set(PROGRAM_STACK_BYTES " + settings.cStackBytes + ")\n";
	if (settings.clock !== undefined && target.clocks !== undefined)
		text += "set(PROGRAM_CLOCK " + settings.clock + ")\n";
	if (settings.onEnd !== undefined)
		text +=
			"list(FILTER PROGRAM_SETTINGS EXCLUDE REGEX ^STATOR_HALT=)\nlist(APPEND PROGRAM_SETTINGS STATOR_HALT=" +
			(settings.onEnd === "halt" ? 1 : 0) +
			")\n";
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
	for (const source of sources) text += 'list(APPEND PROGRAM_SOURCES "' + source + '")\n';
	return text;
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

/** `entries`: the first module of each machine. */
async function writeRom(romWriter: string, folder: string, entries: string[]): Promise<void> {
	const made = folder + "/rom.new.c";
	const { code, output } = await runCommand(romWriter, ["-o", made, folder + "/program.c", ...entries]);
	if (code !== 0) throw new UserError("the builtins cannot be written for flash:\n" + output);
	writeIfChanged(folder + "/rom.c", readFileSync(made, "utf8"));
}

export async function build(given: App, target: Target): Promise<Built> {
	const app =
		target.platform === "linux" ? given : { ...given, settings: { ...given.boardSettings, ...given.settings } };
	const { clock } = app.settings;
	if (clock !== undefined && target.clocks !== undefined && !target.clocks.includes(clock))
		throw new UserError(
			'the setting clock is "' + clock + '", which ' + target.name + " does not have",
			"its clocks: " + target.clocks.join(", "),
		);
	const rom = wantsRom(app);
	const { compiler, romWriter } = await step("bytecode compiler", () => buildCompiler(rom));
	const folder = path("build", target.name, "apps", app.name);
	mkdirSync(folder, { recursive: true });
	let proof: ProofResult | undefined;
	let report: BuildReport = { tasks: [], machines: [], slots: 0 };
	await step("bundle " + shown(app.main), async () => {
		const {
			code,
			map,
			natives,
			report: tasks,
			actorVectors,
		} = await bundle(app.main, target.platform, { traced: !!app.settings.trace });
		if (app.settings.proof !== false) proof = proveProgram(code, map, natives);
		report = tasks;
		writeIfChanged(folder + "/main.js", code);
		writeIfChanged(folder + "/main.js.map", map);
		writeIfChanged(folder + "/settings.cmake", settingsFile(app, target));
		const linesFile = folder + "/lines.json";
		const levels: string[] = [];
		const levelModules: string[] = [];
		for (const level of app.levels ?? []) {
			const made = await bundle(level.main, target.platform, { traced: !!app.settings.trace });
			if (app.settings.proof !== false) proveProgram(made.code, made.map, made.natives);
			report = {
				tasks: [...report.tasks, ...made.report.tasks],
				machines: [...report.machines, ...made.report.machines],
				slots: report.slots + made.report.slots,
			};
			for (const [name, file] of made.natives) natives.set(name, file);
			const file = folder + "/level-" + level.name + ".js";
			writeIfChanged(file, made.code);
			writeIfChanged(file + ".map", made.map);
			levels.push("level:" + level.name);
			levelModules.push("level:" + level.name + "=" + file);
		}
		for (let i = 0; i < actorVectors; i++) levels.push("main");
		if (levels.length > 0 && !rom)
			throw new UserError(
				"a program with priority levels or actors needs the ROM image: take out rom: false or --no-rom",
			);
		writeIfChanged(folder + "/levels.c", levelsSource(app, target, actorVectors));
		const modules = [
			"main=" + folder + "/main.js",
			...levelModules,
			...[...natives].map(([name, file]) => name + "=" + file),
		];
		const made = folder + "/program.new.c";
		const compiled = await runCommand(compiler, ["-o", made, "-l", linesFile, ...modules]);
		if (compiled.code !== 0) throw new UserError("XS cannot compile the program:\n" + compiled.output);
		writeIfChanged(folder + "/program.c", readFileSync(made, "utf8"));
		if (rom) await writeRom(romWriter, folder, ["main", ...levels]);
		const lines = JSON.parse(readFileSync(linesFile, "utf8"));
		writeIfChanged(folder + "/lines.c", linesSource(lines, map));
		writeIfChanged(folder + "/debug.c", debugSource(taskPlaces(report.machines, lines, map)));
	});
	await step("image for " + target.name, async () => {
		await configure(target);
		await make(target, "app-" + app.name, folder + "/program.map");
	});
	return { target, app, folder, image: folder + "/" + app.name + ".elf", report, proof };
}
