/**
 * How the check gets around: along the calls that proof-values.ts found, from frame to frame, each once; and what it
 * says of functions that are not in the program.
 */
import ts from "typescript";
import {
	BIGINT,
	type BuiltinValue,
	type Edge,
	Frame,
	isObject,
	type NativeValue,
	NUMBER,
	UNDEFINED,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import type { Refusal } from "./proof-messages.ts";
import * as messages from "./proof-messages.ts";
import type { Root } from "./proof-reach.ts";
import { isFunctionNode, nameOf } from "./proof-scope.ts";
import { isAsync } from "./proof-syntax.ts";
import { builtinEntry, nativeEntry } from "./proof-table.ts";
import type { Values } from "./proof-values.ts";

/** How a place was reached: a chain of calls that ends at a root. */
export interface Chain {
	readonly name: string;
	/** The call, undefined for a root. */
	readonly site: ts.Node | undefined;
	readonly from: Chain | undefined;
}

export interface Finding {
	readonly node: ts.Node;
	readonly refusal: Refusal;
	readonly chain: Chain;
}

interface Work {
	readonly frame: Frame;
	readonly node: ts.Node;
	readonly chain: Chain;
}

export abstract class Follow {
	readonly findings: Finding[] = [];
	/** Functions that were walked, for the report. */
	readonly walked = new Set<ts.Node>();
	readonly throwSites = new Set<ts.Node>();

	protected readonly values: Values;
	protected readonly natives: ReadonlySet<string>;
	protected readonly isLifted: (node: ts.Node) => boolean;
	protected readonly work: Work[] = [];
	protected readonly reached = new Map<Frame, Set<number>>();

	/** `isLifted` tells whether a place lies in a function that a comment lifts. */
	constructor(values: Values, natives: ReadonlySet<string>, isLifted: (node: ts.Node) => boolean) {
		this.values = values;
		this.natives = natives;
		this.isLifted = isLifted;
	}

	from(roots: readonly Root[]): void {
		for (const root of roots) {
			const chain: Chain = { name: root.name, site: undefined, from: undefined };
			if (root.part !== undefined) this.work.push({ frame: root.frame, node: root.part, chain });
			else this.reach(root.frame, { callee: root.frame, args: undefined }, chain, root.frame.node);
		}
		for (let next = 0; next < this.work.length; next++) {
			const { frame, node, chain } = this.work[next];
			this.visit(node, frame, chain);
		}
	}

	/** Checks a place and what is in it. */
	protected abstract visit(node: ts.Node, frame: Frame, chain: Chain): void;

	refuse(node: ts.Node, refusal: Refusal, chain: Chain): void {
		this.findings.push({ node, refusal, chain });
	}

	// Reaching

	protected reach(frame: Frame, edge: Edge, chain: Chain, site: ts.Node): void {
		const node = frame.node;
		if (!isFunctionNode(node)) return;
		let parts = this.reached.get(frame);
		const first = parts === undefined;
		if (parts === undefined) this.reached.set(frame, (parts = new Set()));
		if (this.isLifted(node)) return;
		if (isAsync(node) || node.asteriskToken !== undefined) {
			this.refuse(site, isAsync(node) ? messages.ASYNC(nameOf(node)) : messages.GENERATOR(nameOf(node)), chain);
			return;
		}
		for (let i = 0; i < node.parameters.length; i++) {
			const parameter = node.parameters[i];
			if (first && parameter.dotDotDotToken !== undefined) this.refuse(parameter, messages.REST, chain);
			if (parameter.initializer === undefined || parts.has(i)) continue;
			const given = edge.args?.[i];
			// From a root, and behind a spread: what has arrived at the parameter tells.
			const arrived = edge.args === undefined ? frame.parameters[i].values : given?.values;
			if (arrived !== undefined && !has(arrived, UNDEFINED) && !has(arrived, UNKNOWN)) continue;
			parts.add(i);
			this.work.push({ frame, node: parameter.initializer, chain });
		}
		if (!first) return;
		this.walked.add(node);
		for (const parameter of node.parameters)
			if (!ts.isIdentifier(parameter.name)) this.work.push({ frame, node: parameter.name, chain });
		if (node.body !== undefined) this.work.push({ frame, node: node.body, chain });
	}

	/** Goes along the calls that a node makes. */
	protected follow(node: ts.Node, frame: Frame, chain: Chain): void {
		const edges = frame.edges.get(node);
		if (edges === undefined || this.isLifted(node)) return;
		for (const edge of edges) {
			const callee = edge.callee;
			if (callee === "unknown") this.refuse(node, messages.UNKNOWN_CALL(calleeText(node)), chain);
			else if (callee instanceof Frame)
				this.reach(callee, edge, { name: nameOf(callee.node), site: node, from: chain }, node);
			else if (callee.kind === "native") this.native(callee, node, edge, chain);
			else this.builtin(callee, node, edge, chain);
		}
	}

	protected native(callee: NativeValue, node: ts.Node, edge: Edge, chain: Chain): void {
		const entry = callee.own ? nativeEntry(callee.name) : undefined;
		if (entry === undefined) {
			if (!this.natives.has(callee.name)) this.refuse(node, messages.UNKNOWN_NATIVE(callee.name), chain);
		} else if (entry.allocates)
			this.refuse(
				node,
				{ what: "call of the native function " + callee.name, why: entry.why, fix: entry.instead ?? "" },
				chain,
			);
		else if (entry.text === true) this.text(callee.name, node, edge, chain);
	}

	protected builtin(callee: BuiltinValue, node: ts.Node, edge: Edge, chain: Chain): void {
		if (callee.receiver?.kind === "primitive") return; // refused where the member is read
		const entry = builtinEntry(callee.name);
		if (entry === undefined) this.refuse(node, messages.UNKNOWN_BUILTIN(callee.name), chain);
		else if (entry.allocates)
			this.refuse(node, { what: "call of " + shortName(callee.name), why: entry.why, fix: entry.instead ?? "" }, chain);
		else if (entry.text === true) this.text(callee.name, node, edge, chain);
	}

	/** Functions that take a string as it is, and would make one of anything else. */
	protected text(name: string, node: ts.Node, edge: Edge, chain: Chain): void {
		const argument = edge.args?.[0];
		if (argument === undefined) return;
		const values = argument.values;
		const expression = ts.isCallExpression(node) ? node.arguments[0] : undefined;
		const message = expression !== undefined && ts.isPropertyAccessExpression(expression);
		if (has(values, NUMBER) || has(values, BIGINT) || withObject(values) || (has(values, UNKNOWN) && !message))
			this.refuse(node, messages.TEXT_ARGUMENT(name), chain);
	}
}

const withObject = (values: ReadonlySet<Value>): boolean => [...values].some(isObject);
const has = (values: ReadonlySet<Value>, value: Value): boolean => values.has(value);

export function calleeText(node: ts.Node): string {
	const called =
		ts.isCallExpression(node) || ts.isNewExpression(node)
			? node.expression
			: ts.isTaggedTemplateExpression(node)
				? node.tag
				: node;
	const text = called
		.getText()
		.replace(/\s+/g, " ")
		.replace(/\$\d+\b/g, "");
	return text.length > 60 ? text.slice(0, 57) + "…" : text;
}

function shortName(name: string): string {
	return name.replace(/^(\w+)\.prototype\./, "$1's ").replace(/^TypedArray's /, "a typed array's ");
}
