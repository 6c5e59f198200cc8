/** Numbers and strings that a program fixes before it runs: literals, constants of any module, enum members, arithmetic on them. */
import ts from "typescript";
import type { Types } from "./types.ts";

const K = ts.SyntaxKind;

const ARITHMETIC: Partial<Record<ts.SyntaxKind, (a: number, b: number) => number>> = {
	[K.PlusToken]: (a, b) => a + b,
	[K.MinusToken]: (a, b) => a - b,
	[K.AsteriskToken]: (a, b) => a * b,
	[K.SlashToken]: (a, b) => a / b,
	[K.PercentToken]: (a, b) => a % b,
	[K.AsteriskAsteriskToken]: (a, b) => a ** b,
	[K.LessThanLessThanToken]: (a, b) => a << b,
	[K.GreaterThanGreaterThanToken]: (a, b) => a >> b,
};

/** The value of an expression, or undefined when it is only known when the program runs. */
export function constantValue(types: Types, node: ts.Expression, depth = 0): number | string | undefined {
	if (
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSatisfiesExpression(node)
	)
		return constantValue(types, node.expression, depth);
	if (ts.isNumericLiteral(node)) return Number(node.text);
	if (ts.isPrefixUnaryExpression(node) && node.operator === K.MinusToken) {
		const value = constantValue(types, node.operand, depth);
		return typeof value === "number" ? -value : undefined;
	}
	if (ts.isBinaryExpression(node)) {
		const [left, right] = [constantValue(types, node.left, depth), constantValue(types, node.right, depth)];
		const operation = ARITHMETIC[node.operatorToken.kind];
		if (operation === undefined || typeof left !== "number" || typeof right !== "number") return undefined;
		return operation(left, right);
	}
	const type = types.typeOf(node);
	if (type.isLiteral()) return type.value as number | string;
	if (!ts.isIdentifier(node) || depth > 20) return undefined;
	const symbol = types.symbolOf(node);
	const declaration = symbol === undefined ? undefined : types.original(symbol).valueDeclaration;
	if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
		return undefined;
	return types.isConstant(node) ? constantValue(types, declaration.initializer, depth + 1) : undefined;
}
