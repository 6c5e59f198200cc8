/**
 * A program for the simulator: bundled once with the simulated machine, then evaluated anew for each run. The bundle is one function;
 * calling it makes a fresh instance of every module, in a realm of its own whose builtins are frozen, as they are on a device, so that
 * no run sees anything of another.
 *
 * The realm's promise jobs run when the executor says so (uncompiled programs); Math.random asks the seed, Date the virtual clock.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve as resolvePath } from "node:path";
import { createContext, Script } from "node:vm";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { type Plugin, type RollupCache, rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import { type Compiled, CompileError, compile } from "../../compiler/index.ts";
import type { Finished, SimulationOptions } from "../../hal/sim/simulation.ts";
import type { App } from "../app.ts";
import { statorResolver, warningToError } from "../bundle.ts";
import { lowerUsingPlugin } from "../lower-using.ts";
import { isLibraryFile, path, shown } from "../paths.ts";
import { UserError } from "../report.ts";
import { sayTypeWarnings } from "../type-warnings.ts";

/** What a run gives. */
export interface Run extends Finished {
	/** What the program printed. */
	output: string[];
}

export interface SimProgram {
	readonly name: string;
	/** Evaluates the program anew for each of the options that `next` gives, until it gives none or `each` returns false. */
	runs(next: () => SimulationOptions | undefined, each: (run: Run) => boolean): void;
}

export interface ProgramChoices {
	/** false: the program as it is written, with native async functions. Default: as the compiler makes it. */
	compiled?: boolean;
	/** Changes a file's text before anything else sees it: for tests that plant bugs. */
	change?: (file: string, text: string) => string;
	/** Real time after which a run is taken to hang. */
	hangsMs?: number;
}

const SETUP = "\0stator-sim-setup";
const ENTRY = "\0stator-sim-entry";
const WAITS = "\0stator-sim-waits";
const STOPS = "\0stator-sim-stops";
const hal = path("hal/sim/index.ts");
const waitLists = path("src/executor/wait-list.ts");
const abortable = path("src/sync/abortable.ts");

/** What the setup module finds in `$stator`. */
interface Given {
	options: SimulationOptions;
	print: (text: string) => void;
	drain: () => void;
	finish?: (thrown: boolean, error?: unknown) => Finished;
	choose?: (n: number) => number;
	now?: () => number;
}

const setup = `
import { choose, onJobs, onPrint, simulate, virtualTime } from ${JSON.stringify(hal)};
import { liveCount } from ${JSON.stringify(path("src/executor/table.ts"))};
onPrint($stator.print);
onJobs($stator.drain);
$stator.choose = choose;
$stator.now = virtualTime;
$stator.finish = simulate($stator.options, () => liveCount, true);
`;

/** The wait lists, with every entry told to the simulated machine. */
const waits = `
import { enlist as enter } from ${JSON.stringify(waitLists)};
import { listed } from ${JSON.stringify(hal)};
export * from ${JSON.stringify(waitLists)};
export function enlist(list, entry, waker) {
	enter(list, entry, waker);
	listed(list, entry);
}
`;

/** The wait for a request to stop, which is in no list: when it waits, the simulated machine is told. */
const stops = `
import { UntilStop } from ${JSON.stringify(abortable)};
import { waitsUntilStop } from ${JSON.stringify(hal)};
import { PENDING } from ${JSON.stringify(path("src/status.ts"))};
export * from ${JSON.stringify(abortable)};
const { poll, drop } = UntilStop.prototype;
UntilStop.prototype.poll = function (waker) {
	const status = poll.call(this, waker);
	waitsUntilStop(this, status === PENDING ? waker : undefined);
	return status;
};
UntilStop.prototype.drop = function () {
	waitsUntilStop(this, undefined);
	drop.call(this);
};
`;

function simPlugin(entry: string, change: ProgramChoices["change"]): Plugin {
	return {
		name: "stator-sim",
		resolveId(source, importer) {
			if (source === SETUP || source === ENTRY) return source;
			if (source === "stator/sim") return hal;
			const file = importer !== undefined && /^\.{0,2}\//.test(source) ? resolvePath(importer, "..", source) : source;
			if (file === waitLists && importer !== WAITS) return WAITS;
			if (file === abortable && importer !== STOPS) return STOPS;
			return null;
		},
		load(id) {
			if (id === ENTRY) return entry;
			if (id === SETUP) return setup;
			if (id === WAITS) return waits;
			if (id === STOPS) return stops;
			if (change === undefined || !id.startsWith("/")) return null;
			const text = readFileSync(id, "utf8");
			const changed = change(id, text);
			return changed === text ? null : changed;
		},
	};
}

/**
 * Whether tasks wait in ways that cannot be seen: one of the program's own files takes `wake` from the library, or other threads do
 * the work that is waited for.
 */
function waitsUnseen(files: readonly string[]): boolean {
	return files.some((file) => {
		if (file.startsWith(path("src/threads") + "/")) return true;
		if (!file.startsWith("/") || isLibraryFile(file)) return false;
		return /import\s*\{[^}]*\bwake\b[^}]*\}\s*from/.test(readFileSync(file, "utf8"));
	});
}

/** The file beside main.ts that says what comes from outside. */
export function scenarioOf(app: App): string | undefined {
	const file = dirname(app.main) + "/sim.ts";
	return file !== app.main && app.main.endsWith("/main.ts") && existsSync(file) ? file : undefined;
}

function refuse(app: App): void {
	if ((app.levels ?? []).length > 0)
		throw new UserError(
			app.name + " has levels, and the simulated machine is one in thread mode",
			"simulate the module of one level, or the main module of an application without levels",
		);
}

/** The compiler's result for an application, which does not depend on what is changed in the library. */
export function compileFor(app: App): Compiled {
	try {
		const compiled = compile(app.main);
		sayTypeWarnings(compiled.program);
		return compiled;
	} catch (error) {
		if (error instanceof CompileError) {
			sayTypeWarnings(error.program);
			throw warningToError(error);
		}
		throw error;
	}
}

/** What was transformed for a compiled program is not transformed again when it is bundled with another change. */
const caches = new WeakMap<Compiled, RollupCache>();

/** Bundles an application. `compiled`: what compileFor gave, where it is at hand already. */
export async function loadProgram(
	app: App,
	choices: ProgramChoices = {},
	compiled: Compiled | undefined = choices.compiled === false ? undefined : compileFor(app),
): Promise<SimProgram> {
	refuse(app);
	const scenario = scenarioOf(app);
	const imports = [SETUP, ...(scenario === undefined ? [] : [scenario]), app.main];
	const entry = imports.map((file) => "import " + JSON.stringify(file) + ";").join("\n");
	const natives = new Map<string, string>();
	const lines = choices.change === undefined; // a third of the time
	const sources = [path("src") + "/", path("hal") + "/"];
	try {
		const cache = compiled === undefined ? undefined : caches.get(compiled);
		const build = await rollup({
			...(cache === undefined ? {} : { cache }),
			input: ENTRY,
			plugins: [
				simPlugin(entry, choices.change),
				statorResolver("sim", natives, false),
				{
					name: "stator-sim-compiled",
					transform(_code, id) {
						const module = compiled?.modules.get(resolvePath(id));
						return module === undefined ? null : { code: module.code, map: module.map };
					},
				},
				lowerUsingPlugin(),
				esbuild({ target: "es2022", tsconfig: false, sourceMap: lines, include: /\.[jt]s$/ }),
			],
			treeshake: {
				moduleSideEffects: (id) => !sources.some((source) => id.startsWith(source)),
				propertyReadSideEffects: false,
			},
			onwarn(warning) {
				if (warning.code === "CIRCULAR_DEPENDENCY" && warning.message.includes("stator-sim")) return;
				throw warningToError(warning);
			},
		});
		if (compiled !== undefined && build.cache !== undefined) caches.set(compiled, build.cache);
		if (natives.size > 0)
			throw new UserError(
				app.name +
					" has native functions, which the simulated machine has not: " +
					[...natives.values()].map(shown).join(", "),
				"put what calls them into a module of its own, and simulate a main without it",
			);
		const { output } = await build.generate({
			format: "iife",
			name: "program",
			sourcemap: lines,
			inlineDynamicImports: true,
			sourcemapPathTransform: (source, mapFile) => resolvePath(mapFile, "..", source),
		});
		await build.close();
		const chunk = output[0];
		const hiddenWaits = compiled === undefined || waitsUnseen(chunk.moduleIds);
		return evaluated(
			app.name,
			chunk.code,
			chunk.map?.toString() ?? EMPTY_MAP,
			hiddenWaits,
			choices.hangsMs ?? HANGS_MS,
		);
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw warningToError(error as Error);
	}
}

/** A run takes milliseconds; this is for as many as are begun within BATCH_MS. */
const HANGS_MS = 20_000;
const BATCH_MS = 500;
/** Words of the language, though they are names of globals. */
const CONSTANTS = ["undefined", "NaN", "Infinity", "eval"];
const EMPTY_MAP = '{"version":3,"sources":[],"names":[],"mappings":""}';
const FILE = "stator-sim-program.js";

/** Freezes what a program on a device cannot change either; what assignments to own properties would trip over stays. */
const freeze = `
for (const name of Object.getOwnPropertyNames(globalThis)) {
	const value = globalThis[name];
	if (typeof value !== "function" && typeof value !== "object" || value === null || value === globalThis) continue;
	Object.freeze(value);
	const prototype = value.prototype;
	if (prototype && prototype !== Object.prototype && prototype !== Function.prototype && !(prototype instanceof Error) && prototype !== Error.prototype) Object.freeze(prototype);
}
`;

function evaluated(name: string, code: string, map: string, hiddenWaits: boolean, hangsMs: number): SimProgram {
	let given: Given | undefined;
	let within: () => void = () => {};
	let outputs: string[] = [];
	const nothingThrown = {};
	const realm: Record<string, unknown> = {
		console: { log: (...what: unknown[]) => given?.print(what.map(String).join(" ")) },
		$random: () => (given?.choose?.(0x40000000) ?? 0) / 0x40000000,
		$now: () => given?.now?.() ?? 0,
		$go: () => within(),
		$crypto: { createHash, createPublicKey, verify },
	};
	const context = createContext(realm, { microtaskMode: "afterEvaluate" });
	new Script("Math.random = $random; Date.now = $now; delete globalThis.$random; delete globalThis.$now;").runInContext(
		context,
	);
	new Script(freeze).runInContext(context);
	const globals = new Set(Object.keys(realm));
	const nothing = new Script("0");
	// As parameters the builtins are found at once: a global name is looked up through the host, which takes a microsecond.
	const builtins = new Script("Object.getOwnPropertyNames(globalThis)").runInContext(context) as string[];
	const names = [...builtins].filter((one) => /^[A-Za-z]\w*$/.test(one) && !CONSTANTS.includes(one));
	const program = new Script("(function ($stator, " + names.join(", ") + ") {\n" + code + "\n})", {
		filename: FILE,
		lineOffset: -1,
	});
	const values = names.map((one) => new Script(one).runInContext(context) as unknown);
	const evaluate = program.runInContext(context) as (given: Given, ...values: unknown[]) => void;
	const go = new Script("$go()");
	const positions = new TraceMap(map);
	return {
		name,
		runs(next, each) {
			let options = next();
			while (options !== undefined) {
				const deadline = performance.now() + BATCH_MS;
				let under = options;
				// A watch on the time is a thread, so it serves many runs; and it can end a poll that never returns.
				within = () => {
					do {
						under = options as SimulationOptions;
						options = each(once(under)) ? next() : undefined;
					} while (options !== undefined && performance.now() < deadline);
				};
				try {
					go.runInContext(context, { timeout: hangsMs });
				} catch (error) {
					if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
					const text = "it did not come to its end within " + hangsMs / 1000 + " seconds of real time";
					options = each(ended(new Error("the program hangs: " + text))) ? next() : undefined;
				}
			}
		},
	};

	function once(options: SimulationOptions): Run {
		given = {
			options: { hiddenWaits, ...options },
			print: (text) => void output.push(text),
			drain: () => nothing.runInContext(context),
		};
		const output: string[] = [];
		outputs = output;
		let failure: unknown = nothingThrown;
		try {
			evaluate(given, ...values);
		} catch (error) {
			failure = error;
		}
		return ended(failure);
	}

	function ended(failure: unknown): Run {
		nothing.runInContext(context); // what is queued is nobody's any more
		for (const key of Object.keys(realm)) if (!globals.has(key)) delete realm[key];
		if (given?.finish === undefined) throw new UserError(String(failure));
		const finished = given.finish(failure !== nothingThrown, failure);
		// What comes out of the realm has its prototypes.
		const run = { ...(JSON.parse(JSON.stringify(finished)) as Finished), output: outputs };
		if (run.failure?.stack !== undefined) run.failure.stack = mapped(run.failure.stack, positions);
		return run;
	}
}

/** The lines of a stack that are the program's, by their places in the sources. */
function mapped(stack: string, positions: TraceMap): string {
	const lines: string[] = [];
	for (const line of stack.split("\n")) {
		const at = new RegExp(FILE.replaceAll(".", "\\.") + ":(\\d+):(\\d+)").exec(line);
		if (at === null) continue;
		const {
			source,
			line: row,
			column,
		} = originalPositionFor(positions, { line: Number(at[1]), column: Number(at[2]) - 1 });
		if (source !== null) lines.push(shown(source) + ":" + row + ":" + ((column ?? 0) + 1));
	}
	return lines.join("\n");
}
