/**
 * try, catch, finally and using without `try`: the executor catches what `poll` throws and asks the frame's `unwind`, which
 * knows by `$region` where the machine was. Entering and leaving a region costs one write of a captured variable.
 */
import ts from "typescript";
import { isAwaitUsing } from "./contains.ts";
import { lower } from "./transform-expression.ts";
import {
	CANCELLED,
	cancelText,
	FIRST_JUMP,
	finishText,
	leaveText,
	NORMAL,
	numberOf,
	RETURNED,
	regionText,
	THROWN,
} from "./transform-jump.ts";
import type { Machine, Region } from "./transform-machine.ts";
import { bind, declarePattern } from "./transform-pattern.ts";
import { lowerStatements } from "./transform-statement.ts";
import { lowerStream } from "./transform-stream.ts";

function openRegion(m: Machine, kind: Region["kind"], parent: Region | undefined): Region {
	const handler = m.blocks.label();
	m.blocks.enterFromOutside(handler);
	const region: Region = {
		number: m.regions.length + 1,
		kind,
		handler,
		parent,
		record: m.finallies,
		exits: [],
		returns: false,
		cancelled: false,
	};
	m.regions.push(region);
	m.hidden("$region");
	if (kind === "finally") {
		m.hidden("$kind" + region.record);
		m.hidden("$value" + region.record);
	} else m.hidden("$error");
	return region;
}

function lowerTry(
	m: Machine,
	body: () => void,
	handler: (() => void) | undefined,
	finalizer: (() => void) | undefined,
): void {
	if (m.blocks.dead) return;
	const outer = m.region;
	const end = m.blocks.label();
	const last = finalizer === undefined ? undefined : openRegion(m, "finally", outer);
	const first = handler === undefined ? last : openRegion(m, "catch", last ?? outer);
	const leave = (): void => {
		if (m.blocks.dead) return;
		if (last !== undefined) {
			m.emit(m.inFrame("$kind" + last.record) + " = " + NORMAL + "; " + regionText(m, m.region, outer));
			m.blocks.jump(last.handler);
		} else {
			if (m.region !== outer) m.emit(regionText(m, m.region, outer));
			m.blocks.jump(end);
		}
	};
	m.emit(m.inFrame("$region") + " = " + numberOf(first) + ";");
	m.region = first;
	body();
	leave();
	if (handler !== undefined && first !== undefined) {
		m.blocks.place(first.handler);
		m.region = last ?? outer;
		handler();
		leave();
	}
	m.region = outer;
	if (last !== undefined && finalizer !== undefined) {
		m.blocks.place(last.handler);
		m.finallies++;
		finalizer();
		m.finallies--;
		goOn(m, last);
	}
	m.region = outer;
	m.blocks.place(end);
}

/** The end of a finally: on with what led into it. */
function goOn(m: Machine, region: Region): void {
	if (m.blocks.dead) return;
	const { record } = region;
	const [kind, value] = [m.inFrame("$kind" + record), m.inFrame("$value" + record)];
	const ways: [number, string][] = [[THROWN, "throw " + value + ";"]];
	if (region.returns) ways.push([RETURNED, finishText(m, m.unit.returnsValue(m.fn) ? value : undefined)]);
	if (region.cancelled) ways.push([CANCELLED, cancelText(m)]);
	region.exits.forEach((target, index) => {
		ways.push([FIRST_JUMP + index, leaveText(m, target)]);
	});
	if (ways.length === 1) {
		m.emit("if (" + kind + " === " + THROWN + ") throw " + value + ";");
		return;
	}
	m.emit("if (" + kind + " !== " + NORMAL + ") {");
	for (const [number, text] of ways) m.emit("\tif (" + kind + " === " + number + ") { " + text + " }");
	m.emit("}");
}

export function lowerTryStatement(m: Machine, node: ts.TryStatement): void {
	const { tryBlock, catchClause, finallyBlock } = node;
	const handler =
		catchClause === undefined
			? undefined
			: () => {
					const { variableDeclaration, block } = catchClause;
					m.at(catchClause);
					if (variableDeclaration !== undefined) {
						declarePattern(m, variableDeclaration.name);
						bind(m, variableDeclaration.name, m.inFrame("$error"));
					}
					lowerStatements(m, block.statements);
				};
	lowerTry(
		m,
		() => lowerStatements(m, tryBlock.statements),
		handler,
		finallyBlock === undefined ? undefined : () => lowerStatements(m, finallyBlock.statements),
	);
}

/**
 * `using`: the rest of the block in a try, the disposal in its finally, in reverse order of the declarations. When both
 * the rest and the disposal throw, the disposal's exception goes on (a SuppressedError would have to be made).
 */
export function lowerUsing(m: Machine, list: ts.VariableDeclarationList, rest: () => void): void {
	const waits = isAwaitUsing(list);
	const next = (index: number): void => {
		const declaration = list.declarations[index];
		if (declaration === undefined) {
			rest();
			return;
		}
		const { name, initializer } = declaration;
		if (!ts.isIdentifier(name) || initializer === undefined) return;
		m.at(declaration);
		declarePattern(m, name);
		bind(m, name, lower(m, initializer));
		const text = m.mark(m.declare(name));
		const optional = m.unit.mayBeUndefined(initializer);
		lowerTry(
			m,
			() => next(index + 1),
			undefined,
			() => {
				m.at(declaration);
				const end = m.blocks.label();
				if (optional)
					m.emit("if (" + text + " === undefined || " + text + " === null) { " + m.blocks.jumpText(end) + " }");
				const method = waits ? m.unit.disposal(name, "asyncDispose") : undefined;
				if (method !== undefined) lowerStream(m, method, text, declaration, false);
				else if (waits && !m.unit.hasMember(name, "dispose"))
					m.refuse(
						declaration,
						"await using of a type whose [Symbol.asyncDispose] is not known",
						"use a class with that method",
					);
				else m.emit(text + "[Symbol.dispose]();");
				m.blocks.place(end);
			},
		);
	};
	next(0);
}
