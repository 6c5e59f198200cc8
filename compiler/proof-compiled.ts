/**
 * What the proof knows of the code that the static compiler writes: two kinds of variables that hold one thing now and
 * another then, which would mix numbers and text that never meet.
 *
 * - `$returned` hands the value of an embedded helper to its caller, right after the call of the helper's poll: a read
 *   means the value of the helper that is polled in the source before it.
 * - `$t0`, `$t1` … keep operands across an await. Each use is first written, then read, in the order of the text: a read
 *   means the writes that stand before it, back to the reads of the use before.
 */
import ts from "typescript";
import { isFunctionNode, type Variable } from "./proof-scope.ts";

const RETURNED = /^\$returned(\$\d+)?$/;
const TEMPORARY = /^\$t\d+$/;
const HELPER_POLL = /^\$(call\d+|frame_[\w$]*)_poll(\$\d+)?$/;

export function isReturned(variable: Variable): boolean {
	return ts.isSourceFile(variable.owner) && RETURNED.test(variable.name);
}

export function isTemporary(variable: Variable): boolean {
	return TEMPORARY.test(variable.name);
}

/** A call of an embedded helper's poll. */
export function isHelperPoll(node: ts.Node): node is ts.CallExpression {
	return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && HELPER_POLL.test(node.expression.text);
}

/** The function, or the module, that a node is directly in. */
function homeOf(node: ts.Node): ts.Node {
	let at = node.parent;
	while (!isFunctionNode(at) && !ts.isSourceFile(at)) at = at.parent;
	return at;
}

const polls = new WeakMap<ts.Node, ts.CallExpression[]>();

function inOrder<T>(home: ts.Node, known: WeakMap<ts.Node, T[]>, collect: (node: ts.Node, into: T[]) => void): T[] {
	let found = known.get(home);
	if (found === undefined) {
		const list: T[] = [];
		const visit = (node: ts.Node): void => {
			if (isFunctionNode(node)) return;
			collect(node, list);
			ts.forEachChild(node, visit);
		};
		ts.forEachChild(home, visit);
		known.set(home, (found = list));
	}
	return found;
}

/** The call of a helper's poll whose value a read of `$returned` is. */
export function pollBefore(read: ts.Identifier): ts.CallExpression | undefined {
	const all = inOrder(homeOf(read), polls, (node, into: ts.CallExpression[]) => {
		if (isHelperPoll(node)) into.push(node);
	});
	return all.filter((call) => call.end <= read.pos).at(-1);
}

interface Access {
	readonly name: string;
	readonly at: number;
	/** The assignment; undefined for a read. */
	readonly write: ts.BinaryExpression | undefined;
}

const accesses = new WeakMap<ts.Node, Access[]>();

function isWrite(node: ts.Node): node is ts.BinaryExpression & { left: ts.Identifier } {
	return (
		ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(node.left)
	);
}

/** The assignments that a read of a temporary may see; undefined when its function does not write it before. */
export function writesBefore(read: ts.Identifier): ts.BinaryExpression[] | undefined {
	const all = inOrder(homeOf(read), accesses, (node, into: Access[]) => {
		if (isWrite(node) && TEMPORARY.test(node.left.text)) into.push({ name: node.left.text, at: node.end, write: node });
		else if (ts.isIdentifier(node) && TEMPORARY.test(node.text) && !(isWrite(node.parent) && node.parent.left === node))
			into.push({ name: node.text, at: node.end, write: undefined });
	});
	const mine = all.filter(({ name, at }) => name === read.text && at < read.end).sort((a, b) => a.at - b.at);
	while (mine.length > 0 && mine.at(-1)?.write === undefined) mine.pop();
	const writes: ts.BinaryExpression[] = [];
	for (let access = mine.pop(); access?.write !== undefined; access = mine.pop()) writes.push(access.write);
	return writes.length === 0 ? undefined : writes;
}
