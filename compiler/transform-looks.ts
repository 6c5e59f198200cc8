/**
 * Awaits of leaf operations in one call of the platform's, a look: it starts where that is open, polls, and takes; and with a limit of
 * time, where the wait and the timer are numbers of the platform's both.
 */
import ts from "typescript";
import { constantValue } from "./constant-value.ts";
import type { LeafCall } from "./leaves.ts";
import { type FusedLeaf, nativeLeaf, TIMER_LEAF } from "./native-leaves.ts";
import { inLibrary } from "./program.ts";
import { lower } from "./transform-expression.ts";
import { finallyBetween } from "./transform-jump.ts";
import { isEarly, leafObject, lookOf, receiverOf, receiverText, startLeaf, timerOf, unwrap } from "./transform-leaf.ts";
import type { Leaf, Machine } from "./transform-machine.ts";
import { isFixed, isSimpleText, operands } from "./transform-operands.ts";

const TIMEOUT = inLibrary("src/time/timeout.ts");

/** Notes where the machine may stand, and what is to be given up there. */
export function suspend(m: Machine, suspension: Machine["suspensions"][number]): void {
	if (m.blocks.dead) return;
	m.suspensions.push(suspension);
	const region = finallyBetween(m.region, undefined);
	if (region !== undefined) region.cancelled = true;
}

/** What `withTimeout` and `withDeadline` are given, where that needs no object. */
export function limitedLeaf(m: Machine, call: LeafCall): LeafCall | undefined {
	const given = call.node?.arguments ?? [];
	if (call.className !== "Timeout" || given.length !== 2 || ts.isSpreadElement(given[0])) return undefined;
	if (call.classSymbol.valueDeclaration?.getSourceFile().fileName !== TIMEOUT) return undefined;
	if (TIMER_LEAF.start[call.method] === undefined || m.unit.leafCall(unwrap(given[1])) !== undefined) return undefined;
	const inner = m.unit.leafCall(unwrap(given[0]));
	return inner !== undefined && nativeLeaf(m.form, inner, 0)?.lookUntil !== undefined ? inner : undefined;
}

/** A wait and a timer, both numbers of the platform's, in one look. */
export function awaitLimited(m: Machine, call: LeafCall, inner: LeafCall, node: ts.Node, used: boolean): string {
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
export function lookFor(
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
export function isExact(m: Machine, call: LeafCall): boolean {
	const receiver = writtenReceiver(call);
	return receiver !== undefined && m.unit.typeOf(receiver).getSymbol()?.valueDeclaration === call.declaration.parent;
}

/**
 * One call that starts, polls and takes, made again at each poll. A receiver that is known when the frame is made is started with
 * then; one that is not is kept. So are the arguments, unless reading them does nothing: polled again the wait has its own.
 */
export function awaitFused(m: Machine, fused: FusedLeaf, call: LeafCall, node: ts.Node, used: boolean): string {
	const written = writtenReceiver(call);
	const early = m.form === "captured" && written !== undefined && ts.isIdentifier(written) && isEarly(m, written);
	const receiver = early ? undefined : keptReceiver(m, call, written);
	const texts = keptArguments(m, call);
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

/**
 * What the call is given is what `start` gets, and reading it once more does nothing: no argument has to be kept for the next poll. A
 * helper in a frame object does not keep a parameter that only its start reads.
 */
export function isPassedOn(m: Machine, call: LeafCall): boolean {
	const given = call.node?.arguments ?? [];
	const keepsAll = m.kind === "task" || m.form === "captured";
	return (
		call.inOrder &&
		call.declaration.parameters.every(({ initializer }) => initializer === undefined) &&
		given.every((node) => (keepsAll && ts.isIdentifier(unwrap(node))) || isFixed(m, unwrap(node)))
	);
}

/** One call that starts and polls a wait which yields nothing, made again at each poll. */
export function awaitWhole(m: Machine, look: string, call: LeafCall, node: ts.Node): string {
	const texts = keptArguments(m, call);
	const leaf = leafObject(m, call, 0);
	const label = m.blocks.label();
	const state = m.blocks.state(label);
	m.blocks.place(label);
	const wait = m.unit.importHal(m.module, look) + "(" + [leaf.name, ...texts].join(", ") + ")";
	m.emit("if (" + wait + ") { " + m.inFrame("$state") + " = " + state + "; return 1; }");
	const drop = m.unit.importHal(m.module, leaf.native?.drop as string) + "(" + leaf.name + ");";
	suspend(m, { label, at: node, drop, own: true, leaf });
	return "undefined";
}

/** The arguments' texts for a call that is made again: read once more where that does nothing, else kept. */
function keptArguments(m: Machine, call: LeafCall): string[] {
	const given = call.node === undefined ? [] : [...call.node.arguments];
	const kept = operands(m, given).map((text, index) => {
		const value = unwrap(given[index]);
		return ts.isIdentifier(value) || isSimpleText(text) || isFixed(m, value) ? text : m.keep(text);
	});
	return call.declaration.parameters.map((_, index) => kept[index] ?? "undefined");
}

/** The receiver's text, good at every poll. */
function keptReceiver(m: Machine, call: LeafCall, written: ts.Expression | undefined): string | undefined {
	const text = receiverText(m, call);
	if (text === undefined || call.receiverText !== undefined || written === undefined || isFixed(m, written))
		return text;
	// What is no variable of the source has been kept by now, and nobody else changes that.
	return isSimpleText(text) && !ts.isIdentifier(unwrap(written)) ? text : m.keep(text);
}
