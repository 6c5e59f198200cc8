/** Operands in their order: what has been evaluated before an await in the same expression is kept until after it. */
import ts from "typescript";
import { hasAwait } from "./contains.ts";
import { lower } from "./transform-expression.ts";
import type { Machine } from "./transform-machine.ts";

/** Text that can be evaluated at any time and any number of times with the same result. */
export function isSimpleText(text: string): boolean {
	return /^(\ue001\d+\ue001|-?\d+(\.\d+)?|true|false|null|undefined|"[^"\\]*")$/.test(text);
}

/** An expression whose value cannot change while others are evaluated. */
export function isFixed(m: Machine, node: ts.Expression): boolean {
	if (ts.isParenthesizedExpression(node)) return isFixed(m, node.expression);
	if (ts.isNumericLiteral(node) || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
	switch (node.kind) {
		case ts.SyntaxKind.TrueKeyword:
		case ts.SyntaxKind.FalseKeyword:
		case ts.SyntaxKind.NullKeyword:
		case ts.SyntaxKind.ThisKeyword:
			return true;
	}
	return ts.isIdentifier(node) && m.unit.isConstant(node);
}

/**
 * Lowers expressions that are evaluated one after the other; the texts are to be used, in this order, before anything else
 * is emitted. `wrap` gives the text of an operand that must be kept with more than its value (a spread).
 */
export function operands(
	m: Machine,
	nodes: readonly ts.Expression[],
	wrap?: (node: ts.Expression, text: string) => string,
): string[] {
	const last = nodes.findLastIndex((node) => hasAwait(node));
	return nodes.map((node, index) => {
		const spread = ts.isSpreadElement(node);
		const text = lower(m, spread ? node.expression : node);
		if (index >= last || isFixed(m, node)) return spread ? "..." + text : text;
		if (spread) return "..." + m.keep("[..." + text + "]");
		return m.keep(wrap === undefined ? text : wrap(node, text));
	});
}

/** Lowers an expression and stores its value in a temporary that is already there. */
export function lowerInto(m: Machine, target: string, node: ts.Expression): void {
	m.emit(target + " = " + lower(m, node) + ";");
}
