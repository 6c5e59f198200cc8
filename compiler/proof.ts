/**
 * The proof that a program allocates nothing on XS after start-up: a build step over the final bundle (one ES module in
 * plain JavaScript, the library in it, native functions imported) and its source map.
 *
 * ```
 * bundle -> names (proof-scope) -> values and calls (proof-values, proof-domain) -> roots (proof-reach)
 *        -> what the roots reach, checked (proof-check, proof-table, proof-messages) -> positions (proof-origin)
 * ```
 *
 * What it trusts, and cannot see: that an index written lies within the array (one that is empty when start-up is over is
 * refused); that a key read by a computed name is one
 * of the program's names; that the table of builtins and the comments on native functions are right. Numbers that
 * operands turn out to be are taken from all assignments of the program, whatever their order; an operand of which
 * nothing is known counts as a number.
 *
 * `// stator: allows-allocation <reason>` above a function lifts the proof for it and for what it calls.
 */
import ts from "typescript";
import { Check } from "./proof-check.ts";
import type { Chain, Finding } from "./proof-follow.ts";
import * as messages from "./proof-messages.ts";
import { type Lift, type Origin, Origins } from "./proof-origin.ts";
import { findRoots, startUp } from "./proof-reach.ts";
import { type FunctionNode, nameOf } from "./proof-scope.ts";
import { Values } from "./proof-values.ts";
import { stackBound } from "./stack-bound.ts";

export interface ProofOptions {
	/** Native functions that do not allocate, beside Stator's own: name -> reason (declaredNatives reads them). */
	readonly natives?: Readonly<Record<string, string>>;
	/** For messages when there is no source map. */
	readonly fileName?: string;
}

export interface ProofError {
	readonly file: string;
	/** Line and column from 1. */
	readonly line: number;
	readonly column: number;
	readonly sourceLine: string;
	readonly what: string;
	readonly why: string;
	readonly fix: string;
	/** How it is reached: "task blink → helper". */
	readonly path: string;
}

/** A function for which a comment lifts the proof, and which is reached. */
export interface Allowed {
	readonly function: string;
	readonly file: string;
	readonly line: number;
	readonly reason: string;
}

export interface ProofResult {
	readonly errors: ProofError[];
	readonly allowed: Allowed[];
	/** Functions that run after start-up. */
	readonly reachable: number;
	/** Places that allocate only to throw. */
	readonly throwSites: number;
	/** Slots of the XS stack that the program takes at most (stack-bound.ts); undefined when its calls go round in a circle. */
	readonly stackSlots: number | undefined;
}

const POLL_TASK = "src/executor/poll-task.ts";

/** The native functions of a binding module that a comment above them says not to allocate: name -> reason. */
export function declaredNatives(binding: string): Record<string, string> {
	const found: Record<string, string> = {};
	const pattern =
		/^[ \t]*\/\/[ \t]*stator:[ \t]*no-allocation[ \t]+(\S.*?)[ \t]*\r?\n(?:[ \t]*\/\/.*\r?\n)*[ \t]*export (?:default )?function[ \t]+(\w+)/gm;
	for (const [, reason, name] of binding.matchAll(pattern)) found[name] = reason;
	return found;
}

export function prove(code: string, map: string | undefined, options: ProofOptions = {}): ProofResult {
	const file = ts.createSourceFile(options.fileName ?? "main.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const origins = new Origins(file, map);
	const natives = new Set(Object.keys(options.natives ?? {}));
	let library: string | undefined;
	const isPollTask = (node: FunctionNode): boolean => {
		if (!ts.isFunctionDeclaration(node) || nameOf(node) !== "pollTask") return false;
		if (!origins.hasMap) return true;
		const from = origins.of(node).file;
		if (!from.endsWith(POLL_TASK)) return false;
		library = from.slice(0, -POLL_TASK.length);
		return true;
	};
	const values = new Values(file, isPollTask, natives);
	const { roots, unknown } = findRoots(values);
	const before = startUp(values, roots);
	for (const frame of before)
		for (const writes of frame.writes.values()) for (const { object, name } of writes) object.declared.add(name);

	const used = new Map<string, Lift>();
	const anyLift = !origins.lifts().next().done;
	const liftOf = (origin: Origin): Lift | undefined => {
		if (!anyLift) return undefined;
		const lift = origins.liftAt(origin);
		if (lift === undefined || lift.reason === "") return undefined;
		used.set(lift.file + ":" + lift.line, lift);
		return lift;
	};
	const check = new Check(values, natives, (node) => liftOf(origins.of(node)) !== undefined).after(before);
	for (const call of unknown) check.refuse(call, messages.FACTORY, { name: "main", site: undefined, from: undefined });
	check.from(roots);
	check.continuations(before);

	const errors: ProofError[] = [];
	const seen = new Set<string>();
	const isLibrary = (origin: Origin): boolean =>
		library !== undefined && (origin.file.startsWith(library + "src/") || origin.file.startsWith(library + "hal/"));
	const add = (error: ProofError): void => {
		const key = error.file + ":" + error.line + ":" + error.column + ":" + error.what;
		if (seen.has(key)) return;
		seen.add(key);
		errors.push(error);
	};
	for (const finding of check.findings) {
		const error = toError(finding, origins, isLibrary, liftOf);
		if (error !== undefined) add(error);
	}
	for (const lift of origins.lifts()) {
		if (lift.reason !== "") continue;
		add({
			file: lift.file,
			line: lift.commentLine,
			column: 1,
			sourceLine: origins.lineOf(lift.file, lift.commentLine),
			...messages.LIFT_WITHOUT_REASON,
			path: lift.function,
		});
	}
	errors.sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
	const allowed = [...used.values()].map(({ function: name, file: from, line, reason }) => ({
		function: name,
		file: from,
		line,
		reason,
	}));
	return {
		errors,
		allowed,
		reachable: check.walked.size,
		throwSites: check.throwSites.size,
		stackSlots: stackBound(values),
	};
}

/** `{ v: … }`, as transform-machine.ts writes it. */
function isBox(node: ts.Node): boolean {
	if (!ts.isObjectLiteralExpression(node) || node.properties.length !== 1) return false;
	const name = node.properties[0].name;
	return name !== undefined && ts.isIdentifier(name) && name.text === "v";
}

/** The message for a finding; undefined when a comment in the sources lifts it. */
function toError(
	finding: Finding,
	origins: Origins,
	isLibrary: (origin: Origin) => boolean,
	liftOf: (origin: Origin) => Lift | undefined,
): ProofError | undefined {
	const names: string[] = [];
	for (let at: Chain | undefined = finding.chain; at !== undefined; at = at.from) names.unshift(at.name);
	let origin = origins.of(finding.node);
	if (liftOf(origin) !== undefined) return undefined;
	let { what, why, fix } = finding.refusal;
	// The compiler's own object for a variable of which each turn of a loop has another.
	if (
		finding.refusal === messages.OBJECT_LITERAL &&
		isBox(finding.node) &&
		origin.sourceLine[origin.column - 1] !== "{"
	)
		({ what, why, fix } = messages.KEPT_VARIABLE);
	if (isLibrary(origin)) {
		// What the library does is told where the program asks for it.
		const inside = origin;
		for (let at: Chain | undefined = finding.chain; at !== undefined; at = at.from) {
			if (at.site === undefined) break;
			const call = origins.of(at.site);
			if (isLibrary(call)) continue;
			origin = call;
			const place = inside.file.replace(/^.*?((src|hal)\/)/, "$1") + ":" + inside.line;
			what = "call of " + at.name + ", which allocates (" + what + ", " + place + ")";
			fix = messages.LIBRARY_FIXES[at.name] ?? fix;
			break;
		}
	}
	return { ...origin, what, why, fix, path: names.join(" → ") };
}

/** As text: errors in the form of a compiler, then what was lifted. */
export function formatProof(result: ProofResult): string {
	const lines: string[] = [];
	for (const error of result.errors) {
		lines.push(error.file + ":" + error.line + ":" + error.column + ": error: " + error.what);
		lines.push("    " + error.sourceLine.replaceAll("\t", "    "));
		const before = error.sourceLine.slice(0, error.column - 1).replaceAll("\t", "    ");
		lines.push("    " + " ".repeat(before.length) + "^");
		lines.push("  why: " + error.why);
		lines.push("  instead: " + error.fix);
		lines.push("  reached from: " + error.path);
	}
	for (const { function: name, file, line, reason } of result.allowed)
		lines.push(file + ":" + line + ": allowed: " + name + " may allocate: " + reason);
	return lines.length === 0 ? "" : lines.join("\n") + "\n";
}
