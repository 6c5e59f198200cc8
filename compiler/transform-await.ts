/**
 * `await`: of a leaf operation (its object is made with the frame, started here and polled), of an object that can be
 * polled, of another async function (its frame is part of this one), of anything that is no promise (the value).
 */
import ts from "typescript";
import { constantValue } from "./constant-value.ts";
import { type LeafCall, yieldsOwn } from "./leaves.ts";
import { type FusedLeaf, fusedLeaf, type NativeLeaf, nativeLeaf, TIMER_LEAF } from "./native-leaves.ts";
import { inLibrary } from "./program.ts";
import { lower } from "./transform-expression.ts";
import { finallyBetween } from "./transform-jump.ts";
import { type Compiled, type Embedded, isPropertyName, type Leaf, type Machine, TIMER } from "./transform-machine.ts";
import { isFixed, isSimpleText, lowerInto, operands } from "./transform-operands.ts";
import type { Module } from "./unit.ts";

const YIELD_NOW = inLibrary("src/executor/yield-now.ts");
const TIMEOUT = inLibrary("src/time/timeout.ts");

/** Emits an await; gives the text of its value, to be evaluated once, next. */
export function lowerAwait(m: Machine, operand: ts.Expression, node: ts.Node, used: boolean): string {
	const inner = unwrap(operand);
	if (ts.isConditionalExpression(inner)) return awaitEither(m, inner, node, used);
	if (m.unit.libraryCallee(inner, YIELD_NOW) === "yieldNow") {
		yieldTurn(m, node);
		return "undefined";
	}
	const what = m.unit.classify(inner, node);
	if (what.kind === "plain") {
		const text = lower(m, inner);
		if (!used) m.emit(text + ";");
		return used ? text : "undefined";
	}
	if (what.kind === "refused") return "undefined";
	if (what.kind === "leaf") {
		return awaitLeaf(m, what.call, node, used, m.unit.takesNothing(inner));
	}
	if (what.kind === "call") {
		const call = inner as ts.CallExpression;
		const receiver = receiverOf(call);
		const texts = operands(m, receiver === undefined ? [...call.arguments] : [receiver, ...call.arguments]);
		return callCompiled(
			m,
			what.callee,
			receiver === undefined ? undefined : (texts.shift() as string),
			texts,
			node,
			used,
		);
	}
	const text = lower(m, inner);
	const object = isFixedObject(m, inner) ? text : m.keep(text);
	wait(m, node, object);
	return taken(m, object, m.unit.takesNothing(inner), used);
}

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

const isFixedObject = (m: Machine, node: ts.Expression): boolean => ts.isIdentifier(node) && m.unit.isConstant(node);

function awaitEither(m: Machine, node: ts.ConditionalExpression, at: ts.Node, used: boolean): string {
	const [otherwise, end] = [m.blocks.label(), m.blocks.label()];
	const result = used ? m.mark(m.temporary()) : undefined;
	const branch = (value: ts.Expression): void => {
		const text = lowerAwait(m, value, at, used);
		if (result !== undefined) m.emit(result + " = " + text + ";");
	};
	m.emit("if (!(" + lower(m, node.condition) + ")) { " + m.blocks.jumpText(otherwise) + " }");
	branch(node.whenTrue);
	m.blocks.jump(end);
	m.blocks.place(otherwise);
	branch(node.whenFalse);
	m.blocks.place(end);
	return result ?? "undefined";
}

/** The receiver of a method call. */
export function receiverOf(call: ts.CallExpression): ts.Expression | undefined {
	const callee = unwrap(call.expression);
	return ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee) ? callee.expression : undefined;
}

/** The point at which the machine is resumed. `leaf`: the object is the machine's own. */
function wait(m: Machine, at: ts.Node, object: string, leaf?: Leaf): void {
	const native = leaf?.native;
	const label = m.blocks.label();
	label.exact = leaf === undefined;
	const state = m.blocks.state(label);
	m.blocks.place(label);
	const poll = native ? m.unit.importHal(m.module, native.poll) + "(" + object + ", $id)" : object + ".poll($id)";
	m.emit("if (" + poll + " === 1) { " + m.inFrame("$state") + " = " + state + "; return 1; }");
	const drop = native ? m.unit.importHal(m.module, native.drop) + "(" + object + ");" : m.pin(object) + ".drop();";
	suspend(m, { label, at, drop, own: leaf !== undefined, ...(leaf === undefined ? {} : { leaf }) });
}

/**
 * `await yieldNow()`: the round is told to poll the task again, which goes on where it stopped, without an object and without
 * a poll of one. An embedded function, whose caller looks for PENDING alone, wakes the task itself. A wake that was meant
 * for an earlier wait only ends the yield earlier.
 */
function yieldTurn(m: Machine, at: ts.Node): void {
	if (m.blocks.dead) return;
	const label = m.blocks.label();
	label.free = true;
	const state = m.inFrame("$state") + " = " + m.blocks.state(label) + "; ";
	if (m.kind === "task") m.stop(state + "return 3;");
	else m.stop(m.unit.importHal(m.module, "wake") + "($id); " + state + "return 1;");
	m.blocks.place(label);
	suspend(m, { label, at, drop: "", own: true });
}

function suspend(m: Machine, suspension: Machine["suspensions"][number]): void {
	if (m.blocks.dead) return;
	m.suspensions.push(suspension);
	const region = finallyBetween(m.region, undefined);
	if (region !== undefined) region.cancelled = true;
}

function taken(m: Machine, object: string, nothing: boolean, used: boolean): string {
	if (used) return object + ".take()";
	if (!nothing) m.emit(object + ".take();");
	return "undefined";
}

/** Starts a leaf and waits for it; the text of its value. */
export function awaitLeaf(m: Machine, call: LeafCall, node: ts.Node, used: boolean, nothing = false): string {
	m.nested = 0;
	const fused = fusedLeaf(call);
	const other = (given: ts.Expression): boolean =>
		ts.isSpreadElement(given) || m.unit.leafCall(unwrap(given)) !== undefined;
	if (fused !== undefined && isExact(m, call) && !call.node?.arguments.some(other))
		return awaitFused(m, fused, call, node, used);
	const limited = limitedLeaf(m, call);
	if (limited !== undefined) return awaitLimited(m, call, limited, node, used);
	const { leaf, text, begins } = startLeaf(m, call, ["$id"]);
	m.emit(text + ";");
	return waitForLeaf(m, leaf, node, used, nothing, begins);
}

/** What `withTimeout` and `withDeadline` are given, where that needs no object. */
function limitedLeaf(m: Machine, call: LeafCall): LeafCall | undefined {
	const given = call.node?.arguments ?? [];
	if (call.className !== "Timeout" || given.length !== 2 || ts.isSpreadElement(given[0])) return undefined;
	if (call.classSymbol.valueDeclaration?.getSourceFile().fileName !== TIMEOUT) return undefined;
	if (TIMER_LEAF.start[call.method] === undefined || m.unit.leafCall(unwrap(given[1])) !== undefined) return undefined;
	const inner = m.unit.leafCall(unwrap(given[0]));
	return inner !== undefined && nativeLeaf(m.form, inner, 0)?.lookUntil !== undefined ? inner : undefined;
}

/** A wait and a timer, both numbers of the platform's, in one look. */
function awaitLimited(m: Machine, call: LeafCall, inner: LeafCall, node: ts.Node, used: boolean): string {
	const hal = (name: string): string => m.unit.importHal(m.module, name);
	const limit = (call.node as ts.CallExpression).arguments[1];
	const timer = timerOf(m);
	const ms = call.method === "start" ? constantValue(m.unit, limit) : undefined;
	// In one, where nothing has to be evaluated or checked behind the start.
	const together = typeof ms === "number" && ms >= 0 && ms < 2 ** 31 && Number.isInteger(ms);
	const { leaf, text, begins } = startLeaf(m, inner, together ? ["$id", timer.name, String(ms)] : []);
	m.emit(text + ";");
	if (!begins) m.emit(hal(TIMER_LEAF.start[call.method]) + "(" + timer.name + ", " + lower(m, limit) + ");");
	const drop =
		hal(TIMER_LEAF.drop) + "(" + timer.name + "); " + hal(leaf.native?.drop as string) + "(" + leaf.name + ");";
	const look = hal(leaf.native?.lookUntil as string) + "(" + leaf.name + ", $id, " + timer.name + ")";
	const value = lookFor(m, leaf, look, drop, node, used, begins);
	return used
		? "(" + value + " === null ? " + m.unit.importLibrary(m.module, TIMEOUT, "TIMEOUT") + " : " + value + ")"
		: value;
}

/** One call polls and takes; the text of its value. `begun`: the start has polled already. */
function lookFor(
	m: Machine,
	leaf: Leaf,
	look: string,
	drop: string,
	node: ts.Node,
	used: boolean,
	begun: boolean,
): string {
	const label = m.blocks.label();
	const stop = m.inFrame("$state") + " = " + m.blocks.state(label) + "; return 1;";
	if (begun) m.stop(stop);
	m.blocks.place(label);
	const value = used ? m.keep(look) : look;
	m.emit("if (" + value + " === undefined) { " + stop + " }");
	suspend(m, { label, at: node, drop, own: true, leaf });
	return used ? value : "undefined";
}

const writtenReceiver = (call: LeafCall): ts.Expression | undefined =>
	call.receiverNode ?? (call.node === undefined ? undefined : receiverOf(call.node));

/** The receiver is of the class itself: one that extends it may do things its own way. */
function isExact(m: Machine, call: LeafCall): boolean {
	const receiver = writtenReceiver(call);
	return receiver !== undefined && m.unit.typeOf(receiver).getSymbol()?.valueDeclaration === call.declaration.parent;
}

/**
 * One call that starts, polls and takes, made again at each poll. A receiver that is known when the frame is made is started with
 * then; one that is not is kept. So are the arguments, unless reading them does nothing: polled again the wait has its own.
 */
function awaitFused(m: Machine, fused: FusedLeaf, call: LeafCall, node: ts.Node, used: boolean): string {
	const written = writtenReceiver(call);
	const early = m.form === "captured" && written !== undefined && ts.isIdentifier(written) && isEarly(m, written);
	const receiver = early ? undefined : keptReceiver(m, call, written);
	const given = call.node === undefined ? [] : [...call.node.arguments];
	const kept = operands(m, given).map((text, index) => {
		const value = unwrap(given[index]);
		return ts.isIdentifier(value) || isSimpleText(text) || isFixed(m, value) ? text : m.keep(text);
	});
	const texts = call.declaration.parameters.map((_, index) => kept[index] ?? "undefined");
	const leaf = lookOf(m, fused, call, early ? written : undefined);
	const label = m.blocks.label();
	label.exact = true;
	const state = m.blocks.state(label);
	m.blocks.placeWait(label);
	const look = leaf.name + "(" + [...texts, ...(receiver === undefined ? [] : [receiver])].join(", ") + ")";
	const value = used ? m.keep(look) : look;
	const pending = fused.pending === "itself" ? value + " === " + leaf.name : used ? value + " === true" : value;
	m.emit("if (" + pending + ") { " + m.inFrame("$state") + " = " + state + "; return 1; }");
	const drop = m.unit.importHal(m.module, fused.drop) + "(" + leaf.name + ");";
	suspend(m, { label, at: node, drop, own: true, leaf });
	return used ? fused.value(value) : "undefined";
}

/** The receiver's text, good at every poll. */
function keptReceiver(m: Machine, call: LeafCall, written: ts.Expression | undefined): string | undefined {
	const text = receiverText(m, call);
	if (text === undefined || call.receiverText !== undefined || written === undefined || isFixed(m, written))
		return text;
	// What is no variable of the source has been kept by now, and nobody else changes that.
	return isSimpleText(text) && !ts.isIdentifier(unwrap(written)) ? text : m.keep(text);
}

/** Waits for a leaf that has been started; the text of its value. */
function waitForLeaf(m: Machine, leaf: Leaf, node: ts.Node, used: boolean, nothing = false, begun = false): string {
	const { name, native } = leaf;
	if (native?.look !== undefined) {
		const drop = m.unit.importHal(m.module, native.drop) + "(" + name + ");";
		return lookFor(m, leaf, m.unit.importHal(m.module, native.look) + "(" + name + ", $id)", drop, node, used, begun);
	}
	wait(m, node, name, leaf);
	if (native === undefined) return taken(m, name, nothing, used);
	return used && native.take !== undefined ? m.unit.importHal(m.module, native.take) + "(" + name + ")" : "undefined";
}

// ---- leaves ----

/**
 * The text that starts a leaf, and the object of the frame that it uses. `waits`: the waker and what limits the wait, for a start that begins
 * at once where it is given them; `begins`: it is.
 */
function startLeaf(
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

function receiverText(m: Machine, call: LeafCall): string | undefined {
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

function leafObject(m: Machine, call: LeafCall, index: number): Leaf {
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
function timerOf(m: Machine): Leaf {
	const create = (module: Module): string => makerOf(m, module, TIMER_LEAF) + "()";
	return leafOf(m, { native: TIMER_LEAF, className: TIMER_LEAF.className, create, key: create(m.module) + " limit" });
}

/** The look of a wait, which is started with `receiver` when that is known already. */
function lookOf(m: Machine, fused: FusedLeaf, call: LeafCall, receiver: ts.Identifier | undefined): Leaf {
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
	const leaf = { ...made, name: timer ? "$f." + TIMER : m.inFrame(own), own };
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
function isEarly(m: Machine, node: ts.Expression): boolean {
	if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return true;
	if (!ts.isIdentifier(node) || !m.unit.isModuleConstant(node)) return false;
	const declaration = m.unit.original(m.unit.symbolOf(node) as ts.Symbol).valueDeclaration;
	return (
		declaration !== undefined && (declaration.getSourceFile() !== node.getSourceFile() || declaration.pos < node.pos)
	);
}

// ---- embedded functions ----

/** Emits the call of a compiled function and the wait for it. */
export function callCompiled(
	m: Machine,
	callee: ts.FunctionLikeDeclaration,
	receiver: string | undefined,
	given: readonly string[],
	node: ts.Node,
	used: boolean,
): string {
	const compiled = m.unit.compiledFor(callee, m, node);
	if (compiled === undefined) return "undefined";
	const call = embed(m, compiled);
	const texts = compiled.takesThis ? [receiver ?? "undefined", ...given] : given;
	if (receiver !== undefined && !compiled.takesThis && !isSimpleText(receiver) && !/^[\w$.]+$/.test(receiver))
		m.emit(receiver + ";");
	m.emit(m.invoke(call, "start", texts) + ";");
	const label = m.blocks.label();
	label.exact = true;
	// Before the first poll: what the callee throws and catches itself leads back here.
	m.emit(m.inFrame("$state") + " = " + m.blocks.state(label) + ";");
	m.blocks.place(label);
	m.emit("if (" + m.invoke(call, "poll", ["$id"]) + " === 1) return 1;");
	const drop = compiled.cancels ? m.invoke(call, "cancel", ["$id"]) : "";
	const cleanup = compiled.cancelWaits ? m.blocks.label() : undefined;
	suspend(
		m,
		cleanup === undefined
			? { label, at: node, drop: drop === "" ? "" : drop + ";", own: false, call }
			: { label, at: node, drop, own: false, call, cleanup },
	);
	if (cleanup !== undefined && !m.blocks.dead) m.cleanups.push({ label: cleanup, at: node, call, region: m.region });
	if (!used) return "undefined";
	return compiled.yields ? m.unit.useReturned(m.module, compiled.file) : "undefined";
}

function embed(m: Machine, compiled: Compiled): Embedded {
	const known = m.calls.find((call) => call.compiled === compiled);
	if (known !== undefined) return known;
	const call = { name: "$call" + m.calls.length, compiled };
	m.calls.push(call);
	return call;
}

/** An await whose value goes into a variable that is there already. */
export function awaitInto(m: Machine, target: string, node: ts.Expression): void {
	lowerInto(m, target, node);
}
