/**
 * `await`: of a leaf operation (its object is made with the frame, started here and polled), of an object that can be
 * polled, of another async function (its frame is part of this one), of anything that is no promise (the value).
 */
import ts from "typescript";
import type { LeafCall } from "./leaves.ts";
import { fusedLeaf, nativeLeaf } from "./native-leaves.ts";
import { inLibrary } from "./program.ts";
import { lower } from "./transform-expression.ts";
import { isFixedObject, receiverOf, startLeaf, unwrap } from "./transform-leaf.ts";
import {
	awaitFused,
	awaitLimited,
	awaitWhole,
	isExact,
	isPassedOn,
	limitedLeaf,
	lookFor,
	suspend,
} from "./transform-looks.ts";
import type { Compiled, Embedded, Leaf, Machine } from "./transform-machine.ts";
import { isSimpleText, lowerInto, operands } from "./transform-operands.ts";

const YIELD_NOW = inLibrary("src/executor/yield-now.ts");

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
	const whole = nativeLeaf(m.form, call, 0)?.whole?.[call.method];
	if (whole !== undefined && isPassedOn(m, call)) return awaitWhole(m, whole, call, node);
	const { leaf, text, begins } = startLeaf(m, call, ["$id"]);
	m.emit(text + ";");
	return waitForLeaf(m, leaf, node, used, nothing, begins);
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
