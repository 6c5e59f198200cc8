/**
 * Names that a program makes at run time: `object[key]`, `key in object`, `const { [key]: x } = object`. The bytecode shows
 * the names that stand in the program; these it does not show. What the key may be is taken from its TypeScript type:
 * a number is no name of a builtin, a literal is the name that it says, a symbol is found by where the program gets it, and
 * anything else may be any name.
 */
import { resolve } from "node:path";
import ts from "typescript";

/** Where, for people: file:line. */
export type Place = string;

export interface Keys {
	/** Names by literal types. */
	names: Map<string, Place>;
	/** Places where the name may be any. */
	any: { place: Place; text: string }[];
}

const HARMLESS =
	ts.TypeFlags.NumberLike |
	ts.TypeFlags.ESSymbolLike |
	ts.TypeFlags.BigIntLike |
	ts.TypeFlags.BooleanLike |
	ts.TypeFlags.Never |
	ts.TypeFlags.Undefined |
	ts.TypeFlags.Null |
	ts.TypeFlags.Void;

class Search {
	readonly keys: Keys = { names: new Map(), any: [] };
	private readonly checker: ts.TypeChecker | undefined;
	private readonly shown: (file: string) => string;

	constructor(checker: ts.TypeChecker | undefined, shown: (file: string) => string) {
		this.checker = checker;
		this.shown = shown;
	}

	file(source: ts.SourceFile): void {
		const visit = (node: ts.Node): void => {
			if (ts.isTypeNode(node)) return;
			if (ts.isElementAccessExpression(node)) this.key(node.argumentExpression, node);
			else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
				if (!ts.isPrivateIdentifier(node.left)) this.key(node.left, node);
			} else if (ts.isBindingElement(node) && node.propertyName !== undefined) {
				if (ts.isComputedPropertyName(node.propertyName)) this.key(node.propertyName.expression, node);
			} else if (ts.isPropertyAssignment(node) && ts.isComputedPropertyName(node.name) && inPattern(node))
				this.key(node.name.expression, node);
			ts.forEachChild(node, visit);
		};
		visit(source);
	}

	private key(key: ts.Expression, node: ts.Node): void {
		const source = node.getSourceFile();
		const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
		const place = this.shown(source.fileName) + ":" + (line + 1);
		if (ts.isNumericLiteral(key)) return;
		if (ts.isStringLiteralLike(key)) this.name(key.text, place);
		else if (this.checker === undefined) this.any(place, node, source);
		else this.type(this.checker.getTypeAtLocation(key), place, node, source);
	}

	private type(type: ts.Type, place: Place, node: ts.Node, source: ts.SourceFile): void {
		if (type.isUnion()) for (const part of type.types) this.type(part, place, node, source);
		else if (type.isStringLiteral()) this.name(type.value, place);
		else if ((type.flags & HARMLESS) !== 0) return;
		else {
			const constraint =
				(type.flags & ts.TypeFlags.Instantiable) !== 0 ? this.checker?.getBaseConstraintOfType(type) : undefined;
			if (constraint !== undefined && constraint !== type) this.type(constraint, place, node, source);
			else this.any(place, node, source);
		}
	}

	private name(name: string, place: Place): void {
		if (!this.keys.names.has(name)) this.keys.names.set(name, place);
	}

	private any(place: Place, node: ts.Node, source: ts.SourceFile): void {
		const text = node.getText(source).replace(/\s+/g, " ");
		if (!this.keys.any.some((other) => other.place === place))
			this.keys.any.push({ place, text: text.length > 60 ? text.slice(0, 57) + "..." : text });
	}
}

/** `({ [key]: x } = object)` */
function inPattern(node: ts.PropertyAssignment): boolean {
	let at: ts.Node = node;
	while (
		ts.isPropertyAssignment(at) ||
		ts.isObjectLiteralExpression(at) ||
		ts.isArrayLiteralExpression(at) ||
		ts.isParenthesizedExpression(at)
	)
		at = at.parent;
	return (
		(ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken) ||
		ts.isForOfStatement(at) ||
		ts.isForInStatement(at)
	);
}

/** The keys in the files that went into the bundle. `read` gives the text of those that TypeScript does not know. */
export function findKeys(
	program: ts.Program,
	files: Iterable<string>,
	shown: (file: string) => string,
	read: (file: string) => string,
): Keys {
	const typed = new Search(program.getTypeChecker(), shown);
	const untyped = new Search(undefined, shown);
	const known = new Map(program.getSourceFiles().map((source) => [resolve(source.fileName), source]));
	for (const file of files) {
		const source = known.get(resolve(file));
		if (source !== undefined && !source.isDeclarationFile) typed.file(source);
		else untyped.file(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
	}
	return {
		names: new Map([...untyped.keys.names, ...typed.keys.names]),
		any: [...typed.keys.any, ...untyped.keys.any],
	};
}
