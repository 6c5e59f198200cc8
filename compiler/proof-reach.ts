/**
 * Where the proof begins: the code that runs after start-up.
 *
 * - What a task's factory returns, or what the class that it returns has: start, poll, cancel, unwind, for every call of `pollTask`.
 * - The executor's loop: the loop statement around each call of the native `round`, and what round calls.
 * - Functions that native functions, or functions that are not known, were given: they may be called at any time.
 *
 * Everything else is start-up: module level, factories, `main`, `run` up to its loop.
 */
import ts from "typescript";
import { type Frame, type FunctionValue, NUMBER, UNKNOWN } from "./proof-domain.ts";
import { isFunctionNode, nameOf } from "./proof-scope.ts";
import type { Values } from "./proof-values.ts";

export interface Root {
	/** For messages: "task blink". */
	readonly name: string;
	readonly frame: Frame;
	/** The part of the frame's function that is meant; all of it when undefined. */
	readonly part?: ts.Node;
}

export interface Roots {
	readonly roots: Root[];
	/** Calls of pollTask whose factory or frame cannot be found. */
	readonly unknown: ts.CallExpression[];
}

const TURNS: [name: string, args: (typeof NUMBER)[]][] = [
	["poll", [NUMBER]],
	["start", []],
	["cancel", [NUMBER]],
	["unwind", [UNKNOWN]],
];

/** The name of a task: its option `name`, or the variable that it is kept in. */
function taskName(call: ts.CallExpression): string {
	const options = call.arguments[0];
	if (options !== undefined && ts.isObjectLiteralExpression(options))
		for (const property of options.properties)
			if (
				ts.isPropertyAssignment(property) &&
				ts.isIdentifier(property.name) &&
				property.name.text === "name" &&
				ts.isStringLiteralLike(property.initializer)
			)
				return property.initializer.text;
	let at: ts.Node = call.parent;
	while (ts.isParenthesizedExpression(at) || ts.isBinaryExpression(at)) at = at.parent;
	if (ts.isVariableDeclaration(at) && ts.isIdentifier(at.name)) return at.name.text.replace(/\$\d+$/, "");
	return "without a name";
}

export function findRoots(values: Values): Roots {
	// What roots call may make more of them: until nothing is added.
	for (let before = -1; ; ) {
		const found = collectRoots(values);
		values.drain();
		if (found.roots.length === before) return found;
		before = found.roots.length;
	}
}

function collectRoots(values: Values): Roots {
	const roots: Root[] = [];
	const unknown: ts.CallExpression[] = [];
	const known = new Set<Frame>();
	const enter = (value: FunctionValue, name: string, args: (typeof NUMBER)[], outside = false): void => {
		for (const frame of values.framesOf(value, args, outside)) {
			if (known.has(frame)) continue;
			known.add(frame);
			roots.push({ name, frame });
		}
	};
	for (const call of values.taskCalls) {
		const name = "task " + taskName(call.site);
		let found = false;
		for (const factory of call.callee.parameters[1]?.values ?? []) {
			if (factory.kind !== "function") continue;
			for (const frame of values.framesOf(factory, [], false))
				for (const made of frame.result.values) {
					if (made.kind !== "object" && made.kind !== "class") continue;
					for (const [method, args] of TURNS)
						for (const value of values.methodsOf(made, method)) {
							found = true;
							enter(value, method === "poll" ? name : name + " (" + method + ")", args);
						}
				}
		}
		if (!found && !unknown.includes(call.site)) unknown.push(call.site);
	}
	for (const [value, { to }] of values.escaped) enter(value, "function given to " + to, [], true);
	for (const frames of [...values.frames.values()])
		for (const frame of frames)
			for (const [site, edges] of frame.edges)
				if (
					edges.some(
						({ callee }) => callee instanceof Object && "own" in callee && callee.own && callee.name === "round",
					)
				) {
					const part = loopAround(site);
					roots.push(
						part === undefined
							? { name: nameOf(frame.node), frame }
							: { name: "executor (" + nameOf(frame.node) + ")", frame, part },
					);
				}
	return { roots, unknown };
}

/** The innermost loop around a call, within its function. */
function loopAround(site: ts.Node): ts.Node | undefined {
	for (let at = site.parent; !isFunctionNode(at) && !ts.isSourceFile(at); at = at.parent)
		if (ts.isIterationStatement(at, false)) return at;
	return undefined;
}

/** The frames that start-up reaches, roots left out. */
export function startUp(values: Values, roots: readonly Root[]): Set<Frame> {
	const reached = new Set<Frame>([values.module]);
	const later = new Set(roots.filter(({ part }) => part === undefined).map(({ frame }) => frame));
	for (const frame of reached)
		for (const edges of frame.edges.values()) {
			if (edges.some(({ callee }) => callee instanceof Object && "own" in callee && callee.name === "round")) continue;
			for (const { callee } of edges)
				if (typeof callee !== "string" && "edges" in callee && !later.has(callee)) reached.add(callee);
		}
	return reached;
}
