/**
 * Runs an example on Node: its modules and the library's in a realm of their own, a fresh graph for each run. Promise jobs of that
 * realm run when the executor asks for it, as on XS, so the same source runs uncompiled too.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createContext, runInContext, Script } from "node:vm";
import { transformSync } from "esbuild";
import { path } from "../../tools/paths.ts";

export type Modules = Record<string, unknown>;

/** Text of a module -> the function that it is, in whichever realm. */
const scripts = new Map<string, Script>();

function scriptOf(file: string, text: string): Script {
	let script = scripts.get(text);
	if (script === undefined) {
		const { code } = transformSync(text, { loader: "ts", format: "cjs", target: "es2022" });
		script = new Script("(function (require, module, exports) {" + code + "\n})", { filename: file });
		scripts.set(text, script);
	}
	return script;
}

/** What `stator/…` and `#hal` mean: package.json has them. */
const { exports: entries, imports } = JSON.parse(readFileSync(path("package.json"), "utf8"));
const libraryFile = (name: string): string | undefined => {
	const file = imports[name] ?? (/^stator\b/.test(name) ? entries["." + name.slice("stator".length)] : undefined);
	return file === undefined ? undefined : resolve(path(file));
};

/** Real time that an example may take: they take milliseconds, the compiler's a second. */
const LIMIT_MS = 30_000;

export interface Ran {
	printed: string[];
	/** Tasks that were alive at its end. */
	left: number;
	/** Virtual milliseconds at its end. */
	time: number;
}

/**
 * Runs `directory`/main.ts. `files`: what stands for files (path -> TypeScript), before those on disk; `sim`: statements over the names
 * of stator/sim, before it; `outside`: modules that are not the realm's own.
 */
export function runOnNode(
	directory: string,
	files: Map<string, string>,
	sim: string | undefined,
	outside: Modules = {},
): Ran {
	const printed: string[] = [];
	const context = createContext(
		{
			console: { log: (text: unknown) => printed.push(String(text)) },
			$crypto: { createHash, createPublicKey, verify },
		},
		{ microtaskMode: "afterEvaluate" },
	);
	// Node gives these to its own realm only.
	runInContext(
		"for (const name of ['dispose', 'asyncDispose']) Symbol[name] ??= Symbol.for('Symbol.' + name);",
		context,
	);
	const drain = (): boolean => {
		runInContext("0", context);
		return false;
	};
	const loaded = new Map<string, { exports: Modules }>();
	const load = (file: string): Modules => {
		const known = loaded.get(file);
		if (known !== undefined) return known.exports;
		const module: { exports: Modules } = { exports: {} };
		loaded.set(file, module);
		const text = files.get(file) ?? readFileSync(file, "utf8");
		const require = (name: string): unknown => {
			if (name in outside) return outside[name];
			const found = name.startsWith(".") ? resolve(dirname(file), name) : libraryFile(name);
			if (found === undefined) throw new Error(file + " imports " + name + ", which is not of this library");
			return load(found);
		};
		scriptOf(file, text).runInContext(context)(require, module, module.exports);
		if (file === simulated) module.exports = withJobs(module.exports, drain);
		return module.exports;
	};
	const simulated = path("hal/sim/index.ts");
	const machine = load(simulated);
	if (sim !== undefined) {
		const names = Object.keys(machine);
		new Function(...names, sim)(...names.map((name) => machine[name]));
	}
	const main = resolve(directory, "main.ts");
	if (!files.has(main) && !existsSync(main)) throw new Error("there is no " + main);
	// A program that never waits would never come back.
	context.main = () => load(main);
	runInContext("main()", context, { timeout: LIMIT_MS });
	const { liveCount } = load(path("src/executor/table.ts")) as { liveCount: number };
	return {
		printed: printed.flatMap((text) => text.split("\n")),
		left: liveCount,
		time: (machine as { virtualTime: () => number }).virtualTime(),
	};
}

/** The module with `jobs` as a machine has it that runs promise jobs itself. */
function withJobs(module: Modules, jobs: () => boolean): Modules {
	const all = Object.getOwnPropertyDescriptors(module);
	return Object.defineProperties({}, { ...all, jobs: { value: jobs, enumerable: true } }) as Modules;
}
