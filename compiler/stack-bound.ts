/**
 * How many slots of the XS stack a program takes at most, from the calls that proof-values.ts has found. A function takes
 * what its bytecode reserves (its variables, and a copy of each captured one that it names) and what its deepest expression
 * keeps meanwhile; a call takes the engine's frame. Everything is rounded up: a board's measured peak lies below.
 *
 * Undefined when calls go round in a circle: then how often depends on the program's data.
 */
import ts from "typescript";
import { Frame } from "./proof-domain.ts";
import { boundNames, isClassNode, isFunctionNode, type Owner } from "./proof-scope.ts";
import type { Values } from "./proof-values.ts";

/** Of a call: this, function, target, result, frame, count; the arguments come on top, and behind them the environment. */
const CALL_SLOTS = 6;
/** A function of the engine, or a native one: its frame, and what it pushes while it converts or reports. */
const HOST_SLOTS = 16;
/** The engine's first frame, the host object that counts collections, the call of the program. */
const BASE_SLOTS = 16;
/** What the module's statements keep, one after the other: of a class, its scope. */
const MODULE_SLOTS = 16;

/** Slots that constructs keep beside the names that they declare (xsCode.c): iterators, results, targets of jumps. */
function extras(node: ts.Node): number {
	if (ts.isTryStatement(node)) return 4;
	if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return 8;
	if (isClassNode(node)) return 6;
	if (ts.isArrayBindingPattern(node)) return 4;
	if (ts.isArrayLiteralExpression(node)) return isTarget(node) || node.elements.some(ts.isSpreadElement) ? 4 : 0;
	return 0;
}

const isTarget = (node: ts.Node): boolean => ts.isBinaryExpression(node.parent) && node.parent.left === node;

interface Own {
	reserved: number;
	/** Of expressions that call nothing. */
	deepest: number;
	/** What lies on the stack when the call at a node is made, its arguments included. */
	calls: Map<ts.Node, number>;
}

class Bound {
	private readonly values: Values;
	private readonly own = new Map<Owner, Own>();
	private readonly known = new Map<Frame, number>();
	private readonly under = new Set<Frame>();
	circular = false;

	constructor(values: Values) {
		this.values = values;
	}

	/** Of a function alone, with the deepest expression of its body. */
	ownOf(node: Owner): Own {
		const known = this.own.get(node);
		if (known !== undefined) return known;
		const declared = new Set<string>();
		const captured = new Set<unknown>();
		const calls = new Map<ts.Node, number>();
		let more = 0;
		let deepest = 0;
		const visit = (at: ts.Node, under: number): void => {
			deepest = Math.max(deepest, under + 1);
			if (isFunctionNode(at) || isClassNode(at)) {
				// A closure is made with what it captures in hand; its own body is another frame.
				this.capturedBy(at, node, captured);
				deepest = Math.max(deepest, under + 8);
				if (isClassNode(at)) more += extras(at) + 2 * at.members.length;
				return;
			}
			if ((ts.isVariableDeclaration(at) || ts.isParameter(at)) && at.name !== undefined)
				for (const name of boundNames(at.name)) declared.add(name.text + "@" + name.pos);
			if (ts.isIdentifier(at)) this.capture(at, node, captured);
			more += extras(at);
			const called = ts.isCallExpression(at) || ts.isNewExpression(at);
			let before = under + (called ? CALL_SLOTS : 0);
			ts.forEachChild(at, (child) => {
				visit(child, before);
				// Each operand waits for those behind it.
				if (ts.isExpression(at) && !(ts.isIdentifier(child) && ts.isPropertyAccessExpression(at))) before++;
			});
			calls.set(at, before + (called ? 0 : CALL_SLOTS));
		};
		if (isFunctionNode(node)) {
			for (const parameter of node.parameters) visit(parameter, 0);
			if (node.body !== undefined) visit(node.body, 0);
		} else ts.forEachChild(node, (child) => visit(child, 0));
		// What the module itself declares is reserved with the image (native/xs/rom.h).
		const reserved = ts.isSourceFile(node) ? MODULE_SLOTS : declared.size + captured.size + more + 1;
		const result = { reserved, deepest, calls };
		this.own.set(node, result);
		return result;
	}

	private capture(identifier: ts.Identifier, node: Owner, into: Set<unknown>): void {
		const { parent } = identifier;
		if (ts.isPropertyAccessExpression(parent) && parent.name === identifier) return;
		const variable = this.values.scopes.resolve(identifier);
		if (variable !== undefined && variable.owner !== node) into.add(variable);
	}

	private capturedBy(inner: ts.Node, node: Owner, into: Set<unknown>): void {
		const visit = (at: ts.Node): void => {
			if (ts.isIdentifier(at)) {
				const variable = this.values.scopes.resolve(at);
				if (variable !== undefined && variable.owner !== node && !inside(variable.owner, inner)) into.add(variable);
			}
			ts.forEachChild(at, visit);
		};
		visit(inner);
	}

	/** Of a frame and of everything that it calls. */
	of(frame: Frame): number {
		const known = this.known.get(frame);
		if (known !== undefined) return known;
		if (this.under.has(frame)) {
			this.circular = true;
			return 0;
		}
		this.under.add(frame);
		const own = this.ownOf(frame.node);
		let deepest = own.deepest;
		for (const [site, edges] of frame.edges) {
			const under = own.calls.get(site) ?? CALL_SLOTS + own.deepest;
			// What lies between a native function and what it calls back.
			const host = edges.some(({ callee }) => !(callee instanceof Frame)) ? HOST_SLOTS : 0;
			for (const { callee, args } of edges) {
				const needed = callee instanceof Frame ? 1 + this.of(callee) : 0;
				deepest = Math.max(deepest, under + host + needed + (args === undefined ? 8 : 0));
			}
		}
		const total = own.reserved + deepest;
		this.under.delete(frame);
		this.known.set(frame, total);
		return total;
	}
}

function inside(owner: ts.Node, outer: ts.Node): boolean {
	return owner.pos >= outer.pos && owner.end <= outer.end;
}

/** Slots at most, or undefined. */
export function stackBound(values: Values): number | undefined {
	const bound = new Bound(values);
	let deepest = bound.of(values.module);
	// What native code was given is called from C: by the executor where nothing else runs, by others on top of everything.
	let given = 0;
	for (const [value, { nested }] of values.escaped)
		for (const frame of values.frames.get(value.node) ?? []) {
			const needed = HOST_SLOTS + bound.of(frame);
			if (nested) given = Math.max(given, needed);
			else deepest = Math.max(deepest, needed);
		}
	return bound.circular ? undefined : BASE_SLOTS + deepest + given;
}
