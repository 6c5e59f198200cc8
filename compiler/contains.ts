/** What a piece of syntax contains that cannot stay as it is: awaits and what is written with them. Functions inside are not looked into. */
import ts from "typescript";

const AWAIT = 1;
/** try, using: taken out of the code, awaits or not. */
const REGION = 2;
const KNOWN = 4;

const cache = new WeakMap<ts.Node, number>();

export function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
	switch (node.kind) {
		case ts.SyntaxKind.FunctionDeclaration:
		case ts.SyntaxKind.FunctionExpression:
		case ts.SyntaxKind.ArrowFunction:
		case ts.SyntaxKind.MethodDeclaration:
		case ts.SyntaxKind.Constructor:
		case ts.SyntaxKind.GetAccessor:
		case ts.SyntaxKind.SetAccessor:
			return true;
		default:
			return false;
	}
}

/** `using` or `await using`. */
export function isUsing(list: ts.VariableDeclarationList): boolean {
	return (list.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using || isAwaitUsing(list);
}

export function isAwaitUsing(list: ts.VariableDeclarationList): boolean {
	return (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;
}

const awaited = new WeakSet<ts.Node>();

/** A `return` whose value is awaited on its way out. */
export function markAwaitedReturn(node: ts.ReturnStatement): void {
	awaited.add(node);
}

function flagsOf(node: ts.Node): number {
	const known = cache.get(node);
	if (known !== undefined) return known;
	let flags = KNOWN;
	if (ts.isAwaitExpression(node) || awaited.has(node)) flags |= AWAIT;
	else if (ts.isTryStatement(node)) flags |= REGION;
	else if (ts.isForOfStatement(node) && node.awaitModifier) flags |= AWAIT;
	else if (ts.isVariableDeclarationList(node) && isUsing(node)) flags |= isAwaitUsing(node) ? AWAIT | REGION : REGION;
	if (!isFunction(node) && !ts.isTypeNode(node))
		ts.forEachChild(node, (child) => {
			flags |= flagsOf(child);
		});
	cache.set(node, flags);
	return flags;
}

export function hasAwait(node: ts.Node | undefined): boolean {
	return node !== undefined && (flagsOf(node) & AWAIT) !== 0;
}

/** Has parts that must be taken apart: awaits, try, using. */
export function isComplex(node: ts.Node | undefined): boolean {
	return node !== undefined && (flagsOf(node) & (AWAIT | REGION)) !== 0;
}

export function isAsync(node: ts.Node): boolean {
	return ts.canHaveModifiers(node) && (node.modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false);
}
