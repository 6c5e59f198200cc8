/**
 * `stator/compiler`: async functions in, static poll state machines out.
 *
 * `compileProgram` is the rollup plugin that `stator build` uses; `compileText` is the same on files in memory, for tests
 * and tools. Both look at the whole program first: which async functions tasks reach, across modules.
 */
import { resolve } from "node:path";
import type { Plugin } from "rollup";
import ts from "typescript";
import { CompileError, formatRefusal, type Refusal } from "./errors.ts";
import { lowerLoops } from "./for-of.ts";
import { createProgram, type ProgramOptions } from "./program.ts";
import { collectQueues } from "./queues.ts";
import type { BuildReport, QueueReport, TaskReport } from "./report.ts";
import type { SourceMap } from "./source-map.ts";
import { compileTasks } from "./tasks.ts";
import { Unit } from "./unit.ts";

export {
	type BuildReport,
	CompileError,
	formatRefusal,
	type ProgramOptions,
	type QueueReport,
	type Refusal,
	type SourceMap,
	type TaskReport,
};

/** A program after compilation. */
export interface Compiled {
	program: ts.Program;
	/** Module -> its text (TypeScript still: types are the bundler's to strip) and source map; changed modules only. */
	modules: Map<string, { code: string; map: SourceMap }>;
	report: BuildReport;
}

/** Compiles the program that begins at `entry`. Throws CompileError with everything that was refused. */
export function compile(entry: string, options: ProgramOptions = {}): Compiled {
	const program = createProgram(entry, options);
	const unit = new Unit(program, options.root);
	for (const { file, start, messageText } of program.getSyntacticDiagnostics())
		if (file !== undefined) unit.refuseAt(file, start ?? 0, ts.flattenDiagnosticMessageText(messageText, " "));
	if (unit.refusals.length === 0) {
		compileTasks(unit);
		lowerLoops(unit);
	}
	if (unit.refusals.length > 0) {
		const order = (a: Refusal, b: Refusal): number =>
			a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
		throw new CompileError(unit.refusals.sort(order), program);
	}
	const modules: Compiled["modules"] = new Map();
	for (const [source, module] of unit.modules)
		if (module.edits.length > 0 || module.appended.length > 0 || module.exports.size > 0)
			modules.set(resolve(source.fileName), unit.output(module));
	return { program, modules, report: { ...unit.report, queues: collectQueues(unit) } };
}

/** What the plugin takes besides. */
export interface CompileOptions extends ProgramOptions {
	/** Gets the report when the program has been compiled. */
	onReport?: (report: BuildReport) => void;
	/** Gets the typed program, for what else looks at it. */
	onProgram?: (program: ts.Program) => void;
}

/** The rollup plugin. It stands before the plugin that strips types. */
export function compileProgram(entry: string, options: CompileOptions = {}): Plugin {
	let compiled: Compiled | undefined;
	return {
		name: "stator-compile",
		buildStart() {
			compiled = compile(entry, options);
			options.onReport?.(compiled.report);
			options.onProgram?.(compiled.program);
		},
		transform(_code, id) {
			const module = compiled?.modules.get(resolve(id));
			return module === undefined ? null : { code: module.code, map: module.map };
		},
	};
}

/** Compiles files in memory (path -> text). */
export function compileText(
	files: Record<string, string>,
	entry: string,
	options: ProgramOptions = {},
): { code: Record<string, string>; maps: Record<string, SourceMap>; report: BuildReport } {
	const { modules, report } = compile(entry, { ...options, files });
	const code: Record<string, string> = {};
	const maps: Record<string, SourceMap> = {};
	for (const [file, text] of Object.entries(files)) {
		const module = modules.get(resolve(file));
		code[file] = module?.code ?? text;
		if (module !== undefined) maps[file] = module.map;
	}
	return { code, maps, report };
}
