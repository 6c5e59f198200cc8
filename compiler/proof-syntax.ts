/** Questions about syntax that several parts of the proof ask. */
import ts from "typescript";
import type { FunctionNode } from "./proof-scope.ts";

export function isComparison(operator: ts.SyntaxKind): boolean {
	switch (operator) {
		case ts.SyntaxKind.EqualsEqualsToken:
		case ts.SyntaxKind.EqualsEqualsEqualsToken:
		case ts.SyntaxKind.ExclamationEqualsToken:
		case ts.SyntaxKind.ExclamationEqualsEqualsToken:
		case ts.SyntaxKind.LessThanToken:
		case ts.SyntaxKind.LessThanEqualsToken:
		case ts.SyntaxKind.GreaterThanToken:
		case ts.SyntaxKind.GreaterThanEqualsToken:
		case ts.SyntaxKind.InKeyword:
		case ts.SyntaxKind.InstanceOfKeyword:
			return true;
		default:
			return false;
	}
}

export function isAsync(node: ts.Node): boolean {
	return (
		ts.canHaveModifiers(node) &&
		(ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) ?? false)
	);
}

export function isStatic(node: ts.Node): boolean {
	return (
		ts.canHaveModifiers(node) &&
		(ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false)
	);
}

/** The name of a member, when it stands in the source. */
export function propertyName(name: ts.PropertyName): string | undefined {
	if (
		ts.isIdentifier(name) ||
		ts.isPrivateIdentifier(name) ||
		ts.isStringLiteralLike(name) ||
		ts.isNumericLiteral(name)
	)
		return name.text;
	return ts.isComputedPropertyName(name) ? keyName(name.expression) : undefined;
}

/** The name that a computed key always means: a string literal, or a symbol of the language, Symbol.dispose: "@@dispose". */
export function keyName(key: ts.Expression): string | undefined {
	if (ts.isStringLiteralLike(key)) return key.text;
	return ts.isPropertyAccessExpression(key) && ts.isIdentifier(key.expression) && key.expression.text === "Symbol"
		? "@@" + key.name.text
		: undefined;
}

/** True when a call certainly yields what a `return` says: its last statement returns, throws or loops. */
export function alwaysReturns(node: FunctionNode): boolean {
	if (node.body === undefined || !ts.isBlock(node.body)) return node.body !== undefined;
	const ends = (statement: ts.Statement | undefined): boolean => {
		if (statement === undefined) return false;
		if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true;
		if (ts.isBlock(statement)) return ends(statement.statements.at(-1));
		if (ts.isIfStatement(statement)) return ends(statement.thenStatement) && ends(statement.elseStatement);
		if (ts.isForStatement(statement)) return statement.condition === undefined;
		if (ts.isWhileStatement(statement)) return statement.expression.kind === ts.SyntaxKind.TrueKeyword;
		if (ts.isTryStatement(statement))
			return (
				ends(statement.finallyBlock) ||
				(ends(statement.tryBlock) && (statement.catchClause === undefined || ends(statement.catchClause.block)))
			);
		if (ts.isSwitchStatement(statement)) {
			const clauses = statement.caseBlock.clauses;
			return clauses.some(ts.isDefaultClause) && ends(clauses.at(-1)?.statements.at(-1));
		}
		return false;
	};
	return ends(node.body.statements.at(-1));
}

export function isExpressionNode(node: ts.Node): node is ts.Expression {
	return (
		(node.kind >= ts.SyntaxKind.FirstLiteralToken && node.kind <= ts.SyntaxKind.LastTemplateToken) ||
		(node.kind >= ts.SyntaxKind.ArrayLiteralExpression && node.kind <= ts.SyntaxKind.MetaProperty) ||
		node.kind === ts.SyntaxKind.ThisKeyword ||
		node.kind === ts.SyntaxKind.SpreadElement
	);
}
