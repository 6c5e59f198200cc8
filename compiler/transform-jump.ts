/** Leaving: return, break, continue, and the completion records that a `finally` goes on with. */
import ts from "typescript";
import type { Machine, Region, Target } from "./transform-machine.ts";

/** Completions of a try that has a finally. */
export const NORMAL = 0;
export const THROWN = 1;
export const RETURNED = 2;
export const CANCELLED = 3;
export const FIRST_JUMP = 4;

export const numberOf = (region: Region | undefined): number => region?.number ?? 0;

/** The innermost region with a finally, from one region out to another. */
export function finallyBetween(from: Region | undefined, to: Region | undefined): Region | undefined {
	for (let region = from; region !== to && region !== undefined; region = region.parent)
		if (region.kind === "finally") return region;
	return undefined;
}

/** Sets the region's number when it changes. */
export function regionText(m: Machine, from: Region | undefined, to: Region | undefined): string {
	return from === to ? "" : m.inFrame("$region") + " = " + numberOf(to) + "; ";
}

function intoFinally(m: Machine, region: Region, completion: number): string {
	return (
		m.inFrame("$kind" + region.record) +
		" = " +
		completion +
		"; " +
		regionText(m, m.region, region.parent) +
		m.blocks.jumpText(region.handler)
	);
}

/** A jump to a target, through every finally in between. */
export function leaveText(m: Machine, target: Target): string {
	const region = finallyBetween(m.region, target.region);
	if (region === undefined) return regionText(m, m.region, target.region) + m.blocks.jumpText(target.label);
	let exit = region.exits.findIndex(({ label }) => label === target.label);
	if (exit < 0) exit = region.exits.push(target) - 1;
	return intoFinally(m, region, FIRST_JUMP + exit);
}

/** The end of the function with a value; its finallies first. */
export function finishText(m: Machine, value: string | undefined): string {
	const region = finallyBetween(m.region, undefined);
	if (value !== undefined) m.yields = true;
	if (region !== undefined) {
		region.returns = true;
		return (
			m.inFrame("$value" + region.record) + " = " + (value ?? "undefined") + "; " + intoFinally(m, region, RETURNED)
		);
	}
	if (m.kind === "task") return value === undefined ? "return 0;" : "return $done(" + value + ");";
	const store = value === undefined && !m.unit.returnsValue(m.fn) ? "" : "$returned = " + (value ?? "undefined") + "; ";
	return store + regionText(m, m.region, undefined) + "return 0;";
}

/** Cancellation on its way out: the next finally, or the end. */
export function cancelText(m: Machine): string {
	const region = finallyBetween(m.region, undefined);
	if (region === undefined) return regionText(m, m.region, undefined) + "return 0;";
	region.cancelled = true;
	return intoFinally(m, region, CANCELLED);
}

/** A `return` in a piece that is taken over. */
export function returnText(m: Machine, value: string | undefined): string {
	return "{ " + finishText(m, value) + " }";
}

export function targetOf(m: Machine, node: ts.BreakOrContinueStatement): Target | undefined {
	for (let i = m.scopes.length - 1; i >= 0; i--) {
		const scope = m.scopes[i];
		if (node.label !== undefined) {
			if (!scope.names.includes(node.label.text)) continue;
		} else if (scope.continues === undefined && (ts.isContinueStatement(node) || !ts.isSwitchStatement(scope.node)))
			continue;
		return ts.isContinueStatement(node) ? scope.continues : scope.breaks;
	}
	return undefined;
}

export function breakTo(m: Machine, node: ts.BreakOrContinueStatement): string {
	const target = targetOf(m, node);
	if (target === undefined) throw new Error("a jump without a target");
	return "{ " + leaveText(m, target) + " }";
}

export const continueTo = breakTo;
