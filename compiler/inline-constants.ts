/**
 * Puts top-level numeric constants where they are used. A reference to a module-level name costs XS twice: about 25
 * instructions each time a function that mentions it is entered, and 30 for the read; a literal costs a dozen, once.
 *
 * Works on the finished bundle, where every module's constants are names of one scope. A name that is declared a second
 * time anywhere (a parameter, a local) is left alone, so no scopes need to be followed.
 */
import MagicString from "magic-string";
import type { Plugin } from "rollup";
import ts from "typescript";

/** The value of a constant expression, undefined when it is none. */
function evaluate(node: ts.Expression, known: Map<string, number>): number | undefined {
	if (ts.isNumericLiteral(node)) return Number(node.text);
	if (ts.isParenthesizedExpression(node)) return evaluate(node.expression, known);
	if (ts.isIdentifier(node)) return known.get(node.text);
	if (ts.isPrefixUnaryExpression(node)) {
		const value = evaluate(node.operand, known);
		if (value === undefined) return undefined;
		if (node.operator === ts.SyntaxKind.MinusToken) return -value;
		if (node.operator === ts.SyntaxKind.TildeToken) return ~value;
		return undefined;
	}
	if (!ts.isBinaryExpression(node)) return undefined;
	const left = evaluate(node.left, known);
	const right = evaluate(node.right, known);
	if (left === undefined || right === undefined) return undefined;
	switch (node.operatorToken.kind) {
		case ts.SyntaxKind.PlusToken:
			return left + right;
		case ts.SyntaxKind.MinusToken:
			return left - right;
		case ts.SyntaxKind.AsteriskToken:
			return left * right;
		case ts.SyntaxKind.LessThanLessThanToken:
			return left << right;
		case ts.SyntaxKind.GreaterThanGreaterThanToken:
			return left >> right;
		case ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken:
			return left >>> right;
		case ts.SyntaxKind.BarToken:
			return left | right;
		case ts.SyntaxKind.AmpersandToken:
			return left & right;
		default:
			return undefined;
	}
}

const isDeclaration = (node: ts.Identifier): boolean => {
	const parent = node.parent;
	return (
		(ts.isVariableDeclaration(parent) ||
			ts.isParameter(parent) ||
			ts.isFunctionDeclaration(parent) ||
			ts.isFunctionExpression(parent) ||
			ts.isClassDeclaration(parent) ||
			ts.isClassExpression(parent) ||
			ts.isBindingElement(parent) ||
			ts.isImportSpecifier(parent) ||
			ts.isImportClause(parent)) &&
		parent.name === node
	);
};

/** An identifier that reads a variable (and is not the name of a property, a label or an export). */
const isRead = (node: ts.Identifier): boolean => {
	const parent = node.parent;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
	if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
	if (ts.isBindingElement(parent)) return parent.initializer === node;
	if (
		ts.isMethodDeclaration(parent) ||
		ts.isPropertyDeclaration(parent) ||
		ts.isGetAccessorDeclaration(parent) ||
		ts.isSetAccessorDeclaration(parent)
	)
		return parent.name !== node;
	return !(ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isExportSpecifier(parent));
};

/** Returns the text with the constants put in, and the edits as a MagicString for a source map. */
export function inlineConstants(code: string): MagicString {
	const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
	const text = new MagicString(code);
	const uses = new Map<string, ts.Identifier[]>();
	const declared = new Map<string, number>();
	const kept = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) {
			if (isDeclaration(node)) declared.set(node.text, (declared.get(node.text) ?? 0) + 1);
			else if (ts.isExportSpecifier(node.parent)) kept.add((node.parent.propertyName ?? node.parent.name).text);
			else if (isRead(node)) uses.set(node.text, [...(uses.get(node.text) ?? []), node]);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);

	const known = new Map<string, number>();
	for (const statement of source.statements) {
		if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
		for (const declaration of statement.declarationList.declarations) {
			if (!ts.isIdentifier(declaration.name) || declaration.initializer === undefined) continue;
			const name = declaration.name.text;
			const value = declared.get(name) === 1 ? evaluate(declaration.initializer, known) : undefined;
			if (value === undefined || !Number.isFinite(value)) continue;
			known.set(name, value);
			const exported = kept.has(name) || statement.modifiers !== undefined;
			if (!exported && statement.declarationList.declarations.length === 1)
				text.remove(statement.getStart(), statement.end);
		}
	}
	for (const [name, value] of known)
		for (const use of uses.get(name) ?? []) {
			const literal = value < 0 ? "(" + value + ")" : String(value);
			if (ts.isShorthandPropertyAssignment(use.parent)) text.overwrite(use.getStart(), use.end, name + ": " + literal);
			else text.overwrite(use.getStart(), use.end, literal);
		}
	return text;
}

/** The same as a step of rollup. */
export function inlineConstantsPlugin(): Plugin {
	return {
		name: "stator-inline-constants",
		renderChunk(code) {
			const text = inlineConstants(code);
			return { code: text.toString(), map: text.generateMap({ hires: "boundary" }) };
		},
	};
}
