/**
 * The objects of leaf operations: made with the frame, one for each class and place; started by the text that the leaf function's body is
 * at the call, with what the call gives in place of its parameters.
 */
import ts from "typescript";
import { type LeafCall, yieldsOwn } from "./leaves.ts";
import { type FusedLeaf, type NativeLeaf, nativeLeaf, TIMER_LEAF } from "./native-leaves.ts";
import { lower } from "./transform-expression.ts";
import { FRAME, isPropertyName, type Leaf, type Machine, TIMER } from "./transform-machine.ts";
import { isSimpleText, operands } from "./transform-operands.ts";
import type { Module } from "./unit.ts";

export function unwrap(node: ts.Expression): ts.Expression {
	if (
		ts.isParenthesizedExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node)
	)
		return unwrap(node.expression);
	return node;
}

export const isFixedObject = (m: Machine, node: ts.Expression): boolean =>
	ts.isIdentifier(node) && m.unit.isConstant(node);

/** The receiver of a method call. */
export function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
	const callee = unwrap(call.expression);
	return ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee) ? callee.expression : undefined;
}

/**
 * The text that starts a leaf, and the object of the frame that it uses. `waits`: the waker and what limits the wait, for a start that begins
 * at once where it is given them; `begins`: it is.
 */
export function startLeaf(
	m: Machine,
	call: LeafCall,
	waits: readonly string[] = [],
): { leaf: Leaf; text: string; begins: boolean } {
	const index = m.nested++;
	const receiver = call.usesThis ? receiverText(m, call) : undefined;
	const given = callArguments(m, call);
	const text = (node: ts.Expression): string => substitute(m, node, call, given, receiver);
	const leaf = leafObject(m, call, index);
	if (leaf.native !== undefined) {
		const { start, ofDescriptor, wakerAt } = leaf.native;
		const texts = [leaf.name, ...call.startArguments.map(text)];
		if (ofDescriptor) texts[1] += ".handle";
		const begins = wakerAt !== undefined && waits.length > 0;
		if (begins) {
			while (texts.length < wakerAt) texts.push("undefined");
			texts.push(...waits);
		}
		return { leaf, text: m.unit.importHal(m.module, start[call.method]) + "(" + texts.join(", ") + ")", begins };
	}
	const texts = call.startArguments.map(text).join(", ");
	return { leaf, text: leaf.name + "." + call.method + "(" + texts + ")", begins: false };
}

export function receiverText(m: Machine, call: LeafCall): string | undefined {
	if (call.receiverText !== undefined) return call.receiverText;
	const receiver = call.node === undefined ? undefined : receiverOf(call.node);
	if (receiver === undefined) return undefined;
	const text = lower(m, receiver);
	return isFixedObject(m, receiver) || receiver.kind === ts.SyntaxKind.ThisKeyword || isSimpleText(text)
		? text
		: m.keep(text);
}

/** What stands for a parameter of a leaf function: a text; or, of an object that is written at the call, a text for each property. */
type Given = string | ReadonlyMap<string, string>;

/** The properties of an object that is written at the call and of which the leaf function reads members alone: no object is made. */
function writtenOptions(
	m: Machine,
	call: LeafCall,
	node: ts.Expression,
	index: number,
): Map<string, ts.Expression> | undefined {
	const literal = unwrap(node);
	const parameter = call.declaration.parameters[index];
	if (!ts.isObjectLiteralExpression(literal) || parameter === undefined) return undefined;
	const found = new Map<string, ts.Expression>();
	for (const property of literal.properties) {
		if (ts.isShorthandPropertyAssignment(property)) found.set(property.name.text, property.name);
		else if (ts.isPropertyAssignment(property) && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)))
			found.set(property.name.text, property.initializer);
		else return undefined;
	}
	if (found.size !== literal.properties.length) return undefined;
	const symbol = m.unit.symbolOf(parameter.name);
	const whole = (child: ts.Node): boolean => {
		if (ts.isPropertyAccessExpression(child) && ts.isIdentifier(child.expression)) return false;
		if (ts.isIdentifier(child)) return m.unit.symbolOf(child) === symbol;
		return ts.forEachChild(child, whole) ?? false;
	};
	return [...call.makeArguments, ...call.startArguments].some(whole) ? undefined : found;
}

/** The call's arguments, one for each parameter. They are put in directly when each is used once, in order. */
function callArguments(m: Machine, call: LeafCall): Given[] {
	const nodes = call.node === undefined ? [] : [...call.node.arguments];
	const options = nodes.map((node, index) => writtenOptions(m, call, node, index));
	const values = nodes.flatMap((node, index) => [...(options[index]?.values() ?? [node])]);
	const leaves = values.map((node) => m.unit.leafCall(unwrap(node)));
	const texts = leaves.some((leaf) => leaf !== undefined)
		? values.map((node, index) => {
				const leaf = leaves[index];
				return leaf === undefined ? m.keep(lower(m, node)) : m.keep(startLeaf(m, leaf).text);
			})
		: operands(m, values);
	let next = 0;
	const given: Given[] = nodes.map((_, index) => {
		const written = options[index];
		if (written === undefined) return texts[next++];
		return new Map([...written.keys()].map((name) => [name, texts[next++]]));
	});
	return call.declaration.parameters.map((parameter, index) => {
		const written = given[index];
		if (written !== undefined && typeof written !== "string")
			return new Map([...written].map(([name, text]) => [name, isSimpleText(text) ? text : m.keep(text)]));
		let text = written;
		if (text === undefined)
			return parameter.initializer === undefined
				? "undefined"
				: substitute(m, parameter.initializer, call, given, undefined);
		if (parameter.initializer !== undefined && m.unit.mayBeUndefined(nodes[index])) {
			text = m.keep(text);
			return (
				"(" +
				text +
				" === undefined ? " +
				substitute(m, parameter.initializer, call, given, undefined) +
				" : " +
				text +
				")"
			);
		}
		return call.inOrder || isSimpleText(text) ? text : m.keep(text);
	});
}

/** A piece of the leaf function's body as it reads at the call. */
function substitute(
	m: Machine,
	node: ts.Expression,
	call: LeafCall,
	given: readonly Given[],
	receiver: string | undefined,
	module = m.module,
): string {
	const source = node.getSourceFile();
	const start = node.getStart(source);
	const changes: { start: number; end: number; text: string }[] = [];
	const parameterOf = (name: ts.Identifier): number => {
		const symbol = m.unit.symbolOf(name);
		return call.declaration.parameters.findIndex((p) => m.unit.symbolOf(p.name) === symbol);
	};
	const visit = (child: ts.Node): void => {
		if (ts.isTypeNode(child)) return;
		if (ts.isPropertyAccessExpression(child) && ts.isIdentifier(child.expression)) {
			const written = given[parameterOf(child.expression)];
			if (written !== undefined && typeof written !== "string") {
				changes.push({
					start: child.getStart(source),
					end: child.end,
					text: written.get(child.name.text) ?? "undefined",
				});
				return;
			}
		}
		if (child.kind === ts.SyntaxKind.ThisKeyword)
			changes.push({ start: child.getStart(source), end: child.end, text: receiver ?? "undefined" });
		else if (ts.isIdentifier(child)) {
			if (isPropertyName(child)) return;
			const symbol = m.unit.symbolOf(child);
			const text = given[parameterOf(child)];
			if (typeof text === "string") changes.push({ start: child.getStart(source), end: child.end, text });
			else if (symbol !== undefined && !m.unit.isGlobal(symbol))
				changes.push({ start: child.getStart(source), end: child.end, text: m.unit.use(module, symbol) });
		} else ts.forEachChild(child, visit);
	};
	visit(node);
	let text = "";
	let done = start;
	for (const change of changes) {
		text += source.text.slice(done, change.start) + change.text;
		done = change.end;
	}
	return text + source.text.slice(done, node.end);
}

export function leafObject(m: Machine, call: LeafCall, index: number): Leaf {
	let receiver: ts.Identifier | undefined;
	if (call.madeWithThis) {
		const node = call.node === undefined ? undefined : receiverOf(call.node);
		if (node !== undefined && ts.isIdentifier(node) && m.unit.isModuleConstant(node)) receiver = node;
		else
			m.refuse(
				call.node ?? call.declaration,
				"the operation is made for its object, and which object that is, is not known when the frame is made",
				"call it on a const of the module, or let its class take the object in start(…)",
			);
	}
	const native = nativeLeaf(m.form, call, index);
	const create = (module: Module): string => {
		const self = receiverIn(m, receiver, module);
		const made = call.makeArguments.map((node, at) => madeWith(m, call, node, at, self, module)).join(", ");
		return native === undefined
			? "new " + m.unit.use(module, call.classSymbol) + "(" + made + ")"
			: makerOf(m, module, native) + "(" + made + ")";
	};
	// What yields its own object is each place's own; all else serves one place after another, by its class: what one has begun and
	// given up holds up no other.
	const place = call.node !== undefined && yieldsOwn(call) ? " " + call.node.pos : "";
	const key = create(m.module) + " " + call.className + " " + index + place;
	return leafOf(m, { native, className: call.className, create, key });
}

const makerOf = (m: Machine, module: Module, native: NativeLeaf): string =>
	native.makeFile === undefined
		? m.unit.importHal(module, native.make)
		: m.unit.importLibrary(module, native.makeFile, native.make);

/** The frame's timer for a limit. */
export function timerOf(m: Machine): Leaf {
	const create = (module: Module): string => makerOf(m, module, TIMER_LEAF) + "()";
	return leafOf(m, { native: TIMER_LEAF, className: TIMER_LEAF.className, create, key: create(m.module) + " limit" });
}

/** The look of a wait, which is started with `receiver` when that is known already. */
export function lookOf(m: Machine, fused: FusedLeaf, call: LeafCall, receiver: ts.Identifier | undefined): Leaf {
	const create = (module: Module): string => {
		const self = receiverIn(m, receiver, module);
		const wait = "new " + m.unit.use(module, call.classSymbol) + "()";
		return m.unit.importHal(module, fused.look) + "(" + wait + (self === undefined ? "" : ".start(" + self + ")") + ")";
	};
	return leafOf(m, { native: undefined, className: call.className, create, key: create(m.module) });
}

/** What a module calls the constant that an object of the frame is made with. */
function receiverIn(m: Machine, receiver: ts.Identifier | undefined, module: Module): string | undefined {
	const symbol = receiver === undefined ? undefined : m.unit.symbolOf(receiver);
	return symbol === undefined ? undefined : module === m.module ? receiver?.text : m.unit.use(module, symbol);
}

/** The object of the frame that is made so: one that is there already with the same key, or a new one. */
function leafOf(m: Machine, made: Omit<Leaf, "name" | "own">): Leaf {
	// A frame object has one timer for all sleeps: only one of them is waited for at a time.
	const timer = m.form === "frame" && made.native === TIMER_LEAF;
	const known = m.leaves.find((leaf) => leaf.key === made.key || (timer && leaf.own === TIMER));
	if (known !== undefined) return known;
	const own = timer ? TIMER : "$leaf" + m.leaves.length;
	const leaf = { ...made, name: timer ? FRAME + "." + TIMER : m.inFrame(own), own };
	m.leaves.push(leaf);
	return leaf;
}

/**
 * What the object is made with, when the frame is. A parameter of the leaf function is what the call gives for it, when that
 * is known so early; else it is left out, if the class can do without it and `start` gets it too.
 */
function madeWith(
	m: Machine,
	call: LeafCall,
	node: ts.Expression,
	at: number,
	receiver: string | undefined,
	module: Module,
): string {
	const parameter = call.declaration.parameters.findIndex(
		(p) => ts.isIdentifier(node) && m.unit.symbolOf(p.name) === m.unit.symbolOf(node),
	);
	if (parameter < 0) return substitute(m, node, call, [], receiver, module);
	const given = call.node?.arguments[parameter];
	if (given !== undefined && isEarly(m, given)) {
		const symbol = ts.isIdentifier(given) && module !== m.module ? m.unit.symbolOf(given) : undefined;
		return symbol === undefined ? lower(m, given) : m.unit.use(module, symbol);
	}
	const declaration = call.classSymbol.valueDeclaration;
	const made =
		declaration !== undefined && ts.isClassLike(declaration)
			? declaration.members.find(ts.isConstructorDeclaration)
			: undefined;
	const optional = made?.parameters[at]?.questionToken !== undefined;
	const repeated = call.startArguments.some(
		(start) => ts.isIdentifier(start) && m.unit.symbolOf(start) === m.unit.symbolOf(node),
	);
	if (!optional || !repeated)
		m.refuse(
			given ?? call.node ?? call.declaration,
			"the operation is made for this, and what it is, is not known when the frame is made",
			"give a constant of the module, or let its class take it in start(…)",
		);
	return "undefined";
}

/** Literals, and constants of a module that are set before the frame is made. */
export function isEarly(m: Machine, node: ts.Expression): boolean {
	if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
	if (!ts.isIdentifier(node) || !m.unit.isModuleConstant(node)) return false;
	const declaration = m.unit.original(m.unit.symbolOf(node) as ts.Symbol).valueDeclaration;
	return (
		declaration !== undefined && (declaration.getSourceFile() !== node.getSourceFile() || declaration.pos < node.pos)
	);
}
