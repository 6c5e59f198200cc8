/**
 * Source that stays as it is, except for what cannot: variables that moved to the frame, `this`, `return` and jumps out
 * of the piece, `for...of` over arrays (which becomes a loop over indices: no iterator is made).
 */
import ts from "typescript";
import { isAsync, isFunction } from "./contains.ts";
import { indexLoop } from "./for-of.ts";
import { breakTo, continueTo, returnText } from "./transform-jump.ts";
import { isPropertyName, type Machine, type Variable } from "./transform-machine.ts";
import { assignPattern, declarePattern } from "./transform-pattern.ts";
import { handleFor } from "./transform-spawn.ts";

interface Change {
	start: number;
	end: number;
	text: string;
}

/** The text of a node with everything replaced that must be. */
export function render(m: Machine, node: ts.Node): string {
	const text = renderNode(m, node);
	// Of `{ name }` only the value is asked for.
	const shorthand = ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent) && text !== node.text;
	return shorthand ? text.slice(node.text.length + 2) : text;
}

function renderNode(m: Machine, node: ts.Node): string {
	return renderRange(m, node, node.getStart(m.module.source), node.end, undefined);
}

interface Within {
	/** The outermost closure around, and which variables of the frame it keeps. */
	closure: ts.Node | undefined;
	boxes: Set<Variable>;
	/** `this` is that of the function being compiled. */
	ownThis: boolean;
	/** Labels and loops inside the piece. */
	inner: ts.Node[];
}

function renderRange(m: Machine, node: ts.Node, start: number, end: number, within: Within | undefined): string {
	const changes: Change[] = [];
	collect(m, node, changes, within ?? { closure: undefined, boxes: new Set(), ownThis: true, inner: [] });
	let text = "";
	let done = start;
	for (const change of changes) {
		if (change.start < done) continue;
		text += m.source.slice(done, change.start) + change.text;
		done = change.end;
	}
	return text + m.source.slice(done, end);
}

function collect(m: Machine, node: ts.Node, changes: Change[], within: Within): void {
	const { source } = m.module;
	const replace = (what: ts.Node, text: string): void => {
		changes.push({ start: what.getStart(source), end: what.end, text });
	};
	const inner = (child: ts.Node, more: Partial<Within> = {}): string =>
		renderRange(m, child, child.getStart(source), child.end, { ...within, ...more });
	if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
	if (ts.isIdentifier(node)) {
		const reference = referenceText(m, node, within);
		if (reference === undefined) return;
		if (ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node)
			replace(node, node.text + ": " + reference);
		else replace(node, reference);
		return;
	}
	if (node.kind === ts.SyntaxKind.ThisKeyword) {
		if (within.ownThis) replace(node, thisText(m));
		return;
	}
	if (isFunction(node)) {
		m.makesClosures = true;
		if (isAsync(node))
			m.refuse(
				node,
				"an async function that is used as a value inside a task: each call would make a promise",
				"give it a name (const helper = async () => …) and await its calls by that name, or move it out of the task",
			);
		closure(m, node, changes, within);
		return;
	}
	if (ts.isCallExpression(node)) {
		checkCall(m, node);
		const handle = handleFor(m, node, within.closure !== undefined);
		if (handle !== undefined) {
			replace(node, inner(node.expression) + "(" + inner(node.arguments[0]) + ", " + handle + ")");
			return;
		}
	}
	if (within.closure === undefined) {
		if (ts.isReturnStatement(node)) {
			replace(node, returnText(m, node.expression === undefined ? undefined : inner(node.expression)));
			return;
		}
		if (ts.isBreakOrContinueStatement(node)) {
			if (staysInside(node, within.inner)) return;
			replace(node, ts.isBreakStatement(node) ? breakTo(m, node) : continueTo(m, node));
			return;
		}
		if (ts.isForInStatement(node)) {
			m.refuse(
				node,
				"for...in: it makes an iterator of property names",
				"loop over an array of the names made at start-up",
			);
			return;
		}
		if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
			const texts: string[] = [];
			for (const { name, initializer } of node.declarations) {
				declarePattern(m, name);
				if (initializer === undefined && !ts.isForOfStatement(node.parent)) continue;
				const target = assignPattern(m, name, inner);
				texts.push(initializer === undefined ? target : target + " = " + inner(initializer));
			}
			if (ts.isVariableStatement(node.parent))
				replace(node.parent, texts.length === 0 ? ";" : "(" + texts.join(", ") + ");");
			else replace(node, texts.join(", "));
			return;
		}
		if (ts.isForOfStatement(node) && m.unit.isArray(node.expression)) {
			const list = node.initializer;
			const nested = { inner: [...within.inner, node] };
			let head: string;
			if (ts.isVariableDeclarationList(list)) {
				if ((list.flags & ts.NodeFlags.BlockScoped) !== 0)
					head = ((list.flags & ts.NodeFlags.Const) !== 0 ? "const " : "let ") + inner(list.declarations[0].name);
				else head = inner(list);
			} else head = inner(list);
			const { before, between, after } = indexLoop(m.unit, head);
			replace(node, before + inner(node.expression) + between + inner(node.statement, nested) + after);
			return;
		}
		if (ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) || ts.isLabeledStatement(node)) {
			const nested = { ...within, inner: [...within.inner, node] };
			ts.forEachChild(node, (child) => collect(m, child, changes, nested));
			return;
		}
	}
	if (ts.isClassLike(node)) {
		m.makesClosures = true;
		ts.forEachChild(node, (child) =>
			collect(m, child, changes, { ...within, closure: within.closure ?? node, ownThis: false }),
		);
		return;
	}
	ts.forEachChild(node, (child) => collect(m, child, changes, within));
}

/** A closure keeps the binding of the turn in which it was made: it gets the boxes of that turn as parameters. */
function closure(m: Machine, node: ts.FunctionLikeDeclaration, changes: Change[], within: Within): void {
	const start = node.getStart(m.module.source);
	const boxes = new Set<Variable>();
	const ownThis = within.ownThis && ts.isArrowFunction(node);
	const parts: Change[] = [];
	const nested = { ...within, closure: within.closure ?? node, boxes, ownThis };
	ts.forEachChild(node, (child) => collect(m, child, parts, nested));
	if (within.closure !== undefined || boxes.size === 0 || !ts.isExpression(node)) {
		for (const box of boxes) within.boxes.add(box);
		changes.push(...parts);
		return;
	}
	const names = [...boxes].map((box) => box.name).join(", ");
	let text = "";
	let done = start;
	for (const part of parts) {
		text += m.source.slice(done, part.start) + part.text;
		done = part.end;
	}
	text += m.source.slice(done, node.end);
	changes.push({ start, end: node.end, text: "((" + names + ") => (" + text + "))(" + names + ")" });
}

function referenceText(m: Machine, node: ts.Identifier, within: Within): string | undefined {
	if (isPropertyName(node)) return undefined;
	const symbol = m.identifiers.get(node);
	if (symbol === undefined) return undefined;
	if (isLocalAsyncValue(m, node, symbol))
		m.refuse(
			node,
			'the async function "' + node.text + '" is used other than by `await ' + node.text + "(…)`",
			"await its calls by name; a function that is passed on makes a promise at each call",
		);
	const found = m.find(symbol);
	if (found === undefined) return undefined;
	const { owner, variable } = found;
	if (owner !== m) {
		variable.pinned = true;
		return owner.nameOf(variable);
	}
	if (within.closure !== undefined) {
		variable.kept = true;
		if (variable.home === "box") within.boxes.add(variable);
	}
	const { parent } = node;
	const called = ts.isCallExpression(parent) ? parent.expression : ts.isTaggedTemplateExpression(parent) && parent.tag;
	// A function that is called gets no `this`, also where it is a property of the frame.
	if (called === node && m.form === "frame" && variable.home === "frame") return "(0, " + m.mark(variable) + ")";
	return m.mark(variable);
}

/** A mention of an async function of the body that is not its declaration. */
function isLocalAsyncValue(m: Machine, node: ts.Identifier, symbol: ts.Symbol): boolean {
	const fn = m.unit.localAsync(symbol);
	if (fn === undefined || fn.name === node || symbol.valueDeclaration === node.parent) return false;
	let root = m;
	while (root.parent !== undefined) root = root.parent;
	return root.fn.pos <= fn.pos && fn.end <= root.fn.end && root.fn !== fn;
}

export function thisText(m: Machine): string {
	for (let at: Machine | undefined = m; at !== undefined; at = at.parent)
		if (!ts.isArrowFunction(at.fn)) {
			at.usesThis = true;
			return at.inFrame("$this");
		}
	return "this";
}

/** A break or continue whose target is inside the piece that is taken over. */
function staysInside(node: ts.BreakOrContinueStatement, inner: readonly ts.Node[]): boolean {
	for (const at of inner) {
		if (node.label !== undefined) {
			if (ts.isLabeledStatement(at) && at.label.text === node.label.text) return true;
		} else if (ts.isIterationStatement(at, false) || (ts.isSwitchStatement(at) && ts.isBreakStatement(node)))
			return true;
	}
	return false;
}

/** A call of an async function that nobody awaits would run as a promise. */
export function checkCall(m: Machine, call: ts.CallExpression): void {
	if (ts.isAwaitExpression(call.parent)) return;
	if (!ts.isExpressionStatement(call.parent) && !ts.isVoidExpression(call.parent)) return;
	if (m.unit.asyncCallee(call) === undefined) return;
	m.refuse(
		call,
		"a call of an async function that is not awaited",
		"await it, or make it a task and spawn that: spawn(task(…))",
	);
}
