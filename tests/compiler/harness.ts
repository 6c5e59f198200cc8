/**
 * Runs one source in several forms and compares what they do: compiled, in the executor on the simulated platform; as native
 * async functions, driven by a scheduler of its own with the same virtual time.
 */
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import * as library from "stator";
import { type BuildReport, compileText } from "../../compiler/index.ts";
import * as halModule from "../../hal/sim/index.ts";
import { after, onPrint } from "../../hal/sim/index.ts";
import * as endModule from "../../src/executor/end.ts";
import * as joinModule from "../../src/executor/join-handle.ts";
import * as pollTaskModule from "../../src/executor/poll-task.ts";
import * as runModule from "../../src/executor/run.ts";
import * as tableModule from "../../src/executor/table.ts";
import * as yieldModule from "../../src/executor/yield-now.ts";
import * as leafModule from "../../src/leaf.ts";
import * as plainRun from "../../src/plain/run.ts";
import * as taskModule from "../../src/task.ts";
import * as sleepModule from "../../src/time/sleep.ts";
import * as prelude from "./prelude.ts";

// What tasks throw is compared here; the executor need not report it.
onPrint(() => {});

const here = fileURLToPath(new URL(".", import.meta.url));

/** The path of a test program's file, in memory. */
export const pathOf = (name: string): string => here + name;

/** Modules that compiled test programs may import, by the end of their path. */
const modules: [string, object][] = [
	["#hal", halModule],
	["/prelude.ts", prelude],
	["/plain/run.ts", plainRun],
	["/executor/run.ts", runModule],
	["/executor/end.ts", endModule],
	["/executor/table.ts", tableModule],
	["/executor/poll-task.ts", pollTaskModule],
	["/executor/join-handle.ts", joinModule],
	["/executor/yield-now.ts", yieldModule],
	["/time/sleep.ts", sleepModule],
	["/task.ts", taskModule],
	["/leaf.ts", leafModule],
	["stator", library],
];

// biome-ignore lint/suspicious/noExplicitAny: exports of programs written in tests
export type Exports = Record<string, any>;

/**
 * What esbuild makes of `using`, with the pending error of a block forgotten when the block is entered again: see tools/lower-using.ts, which
 * takes too long for tens of thousands of programs.
 */
function forgetful(code: string): string {
	const flags = new Map<string, string>();
	for (const [, stack, flag] of code.matchAll(/__callDispose\((\w+), \w+, (\w+)\)/g)) {
		if ((flags.get(stack) ?? flag) !== flag)
			throw new Error("esbuild names the parts of a using block otherwise than it did");
		flags.set(stack, flag);
	}
	return code.replace(/\bvar (\w+) = \[\];/g, (text, stack) => {
		const flag = flags.get(stack);
		return flag === undefined ? text : text + " " + flag + " = false;";
	});
}

/** Evaluates modules (path -> TypeScript) that import each other. */
export function evaluate(files: Record<string, string>, entry: string, replaced: Record<string, object> = {}): Exports {
	const loaded = new Map<string, Exports>();
	const load = (path: string): Exports => {
		const known = loaded.get(path);
		if (known !== undefined) return known;
		const exports: Exports = {};
		loaded.set(path, exports);
		const code = forgetful(transformSync(files[path], { loader: "ts", format: "cjs", target: "es2022" }).code);
		const module = { exports };
		const require = (name: string): object => {
			for (const [file] of Object.entries(files))
				if (name.startsWith("./") && file.endsWith(name.slice(1))) return load(file);
			const own = Object.entries(replaced).find(([end]) => name.endsWith(end));
			if (own !== undefined) return own[1];
			const found = modules.find(([end]) => name.endsWith(end));
			// The library's other modules: what a compiled program needs of them is exported by its index, too.
			if (found === undefined && name.includes("/src/")) return library;
			if (found === undefined) throw new Error("a test program imports " + name);
			return found[1];
		};
		new Function("require", "module", "exports", code)(require, module, exports);
		loaded.set(path, module.exports);
		return module.exports;
	};
	return load(entry);
}

/** Compiles files in memory, given by names beside the prelude. */
export function compileFiles(files: Record<string, string>): ReturnType<typeof compileText> {
	const given: Record<string, string> = {};
	for (const [name, text] of Object.entries(files)) given[pathOf(name)] = text;
	return compileText(given, pathOf("main.ts"), { root: here });
}

/** Compiles files and evaluates the result. */
export function compileAndLoad(files: Record<string, string>): { exports: Exports; report: BuildReport; code: string } {
	const { code, report } = compileFiles(files);
	return { exports: evaluate(code, pathOf("main.ts")), report, code: code[pathOf("main.ts")] };
}

/** Everything that can be seen of a run. */
export interface Seen {
	events: string[];
	outcome: string;
}

/** Runs a compiled task to its end; cancels it at a virtual time when one is given. */
export function runCompiled(
	make: (...args: unknown[]) => number,
	args: readonly unknown[] = [],
	cancelAtMs?: number,
): Seen {
	prelude.beginTrace();
	const handle = new library.JoinHandle<unknown>();
	let outcome: string;
	library.spawn(make(...args), handle);
	if (cancelAtMs !== undefined) after(cancelAtMs, () => handle.cancel());
	library.run();
	try {
		const value = handle.take();
		outcome = value === library.CANCELLED ? "cancelled" : "returned " + prelude.show(value);
	} catch (error) {
		outcome = "threw " + prelude.show(error);
	}
	return { events: [...prelude.events], outcome };
}

/** The prelude as native async programs see it: leaves are thenables of a scheduler that knows virtual time only. */
export class Native {
	events: string[] = [];
	private time = 0;
	private sequence = 0;
	private queue: { time: number; sequence: number; run: () => void }[] = [];

	readonly prelude = {
		trace: (...what: unknown[]): void => void this.events.push(this.time + " " + what.map(prelude.show).join(" ")),
		wait: (ms: number, value: unknown) => this.leaf(ms, (resolve) => resolve(value)),
		sleep: (ms: number) => this.leaf(ms, (resolve) => resolve(undefined)),
		yieldNow: () => this.leaf(0, (resolve) => resolve(undefined)),
		fail: (ms: number, reason: string) => this.leaf(ms, (_, reject) => reject(new Error(reason))),
		task: (first: unknown, second: unknown) => second ?? first,
		part: (tag: string, span: prelude.Span = {}) =>
			this.leaf(1, (resolve) => resolve(prelude.spanText(tag, span.from ?? 0, span.to, span.deep))),
		loose: (tag: string, span?: prelude.Span) =>
			this.leaf(1, (resolve) => resolve(prelude.spanText(tag, span?.from ?? 7, span?.to, span?.deep))),
		Leaf: class {},
	};

	private leaf(ms: number, finish: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void) {
		return {
			// biome-ignore lint/suspicious/noThenProperty: a thenable is what this is
			then: (resolve: (value: unknown) => void, reject: (error: unknown) => void): void => {
				this.queue.push({ time: this.time + ms, sequence: this.sequence++, run: () => finish(resolve, reject) });
			},
		};
	}

	async run(body: (...args: unknown[]) => Promise<unknown>, args: readonly unknown[]): Promise<Seen> {
		this.events = [];
		this.time = 0;
		this.queue = [];
		let outcome: string | undefined;
		body(...args).then(
			(value) => {
				outcome = "returned " + prelude.show(value);
			},
			(error) => {
				outcome = "threw " + prelude.show(error);
			},
		);
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (outcome !== undefined) return { events: this.events, outcome };
			this.queue.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
			const next = this.queue.shift();
			if (next === undefined) throw new Error("the native program waits for ever");
			this.time = next.time;
			next.run();
		}
	}
}
