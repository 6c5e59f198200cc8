/** `for...of` with awaits in its body: over arrays by index; `for await` over the library's streams. */
import ts from "typescript";
import { lower } from "./transform-expression.ts";
import type { Machine } from "./transform-machine.ts";
import { isFixed } from "./transform-operands.ts";
import { assign, bind, declarePattern } from "./transform-pattern.ts";
import { inScope, lowerStatement, scopeOf } from "./transform-statement.ts";
import { lowerStream } from "./transform-stream.ts";

export function lowerForOf(m: Machine, node: ts.ForOfStatement, names: readonly string[]): void {
	if (!m.unit.isArray(node.expression)) {
		m.refuse(
			node.expression,
			"for...of over something that is not an array, with an await in its body: it makes an iterator",
			"loop over an array, or over indices",
		);
		return;
	}
	m.loops++;
	declareHead(m, node.initializer);
	const items = m.keep(lower(m, node.expression));
	const index = m.keep("0");
	const head = m.blocks.label();
	const scope = scopeOf(m, node, names);
	m.blocks.place(head);
	m.emit("if (" + index + " >= " + items + ".length) { " + m.blocks.jumpText(scope.breaks.label) + " }");
	storeHead(m, node.initializer, items + "[" + index + "]");
	inScope(m, scope, () => lowerStatement(m, node.statement));
	m.blocks.place(scope.continues.label);
	m.emit(index + "++;");
	m.blocks.jump(head);
	m.loops--;
	m.blocks.place(scope.breaks.label);
}

function declareHead(m: Machine, head: ts.ForInitializer): void {
	if (ts.isVariableDeclarationList(head)) declarePattern(m, head.declarations[0].name);
}

function storeHead(m: Machine, head: ts.ForInitializer, value: string): void {
	if (ts.isVariableDeclarationList(head)) bind(m, head.declarations[0].name, value);
	else assign(m, head, value);
}

/**
 * `for await (const x of stream)`: the stream has a leaf method `receive()` or `next()`; the loop ends when that yields
 * undefined.
 */
export function lowerForAwait(m: Machine, node: ts.ForOfStatement, names: readonly string[]): void {
	const next = m.unit.streamMethod(node.expression);
	if (next === undefined) {
		m.refuse(
			node.expression,
			"for await over something without a leaf method receive() or next()",
			"loop over a channel or another stream of the library, or write a loop with an await in it",
		);
		return;
	}
	m.loops++;
	declareHead(m, node.initializer);
	const fixed = isFixed(m, node.expression);
	const stream = fixed ? lower(m, node.expression) : m.keep(lower(m, node.expression));
	const scope = scopeOf(m, node, names);
	m.blocks.place(scope.continues.label);
	const value = m.keep(lowerStream(m, next, stream, node, true, node.expression));
	m.emit("if (" + value + " === undefined) { " + m.blocks.jumpText(scope.breaks.label) + " }");
	storeHead(m, node.initializer, value);
	inScope(m, scope, () => lowerStatement(m, node.statement));
	m.blocks.jump(scope.continues.label);
	m.loops--;
	m.blocks.place(scope.breaks.label);
}
