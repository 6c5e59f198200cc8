/**
 * Leaf functions: functions and methods whose whole body is `return new C(…).start(…)`. Their object is made once, with the
 * frame; at the await only its `start` runs. `sleep`, `yieldNow`, `handle.join` are such, and users' own.
 */
import ts from "typescript";
import { isAsync } from "./contains.ts";

export interface LeafCall {
	readonly node: ts.CallExpression | undefined;
	readonly declaration: ts.FunctionLikeDeclaration;
	readonly classSymbol: ts.Symbol;
	readonly className: string;
	/**
	 * What the class is made with, and what `method` gets: expressions of the leaf function's body. A parameter that it is made
	 * with has to be a constant at the call; see `madeWith` in transform-await.ts.
	 */
	readonly makeArguments: readonly ts.Expression[];
	readonly method: string;
	readonly startArguments: readonly ts.Expression[];
	/** Every parameter is used once, in order: the call's arguments can stand in their places. */
	readonly inOrder: boolean;
	readonly usesThis: boolean;
	readonly madeWithThis: boolean;
	/** The receiver, where it is not written as one. */
	readonly receiverText?: string;
	/** And what it is, when it is not the text of something that was kept. */
	readonly receiverNode?: ts.Expression | undefined;
}

/**
 * Whether the class says `@yieldsOwn`: what its `take` gives is the wait's own object, good until it is started again. Two places of a
 * function then have one each, so that both values can be looked at.
 */
export function yieldsOwn({ classSymbol }: LeafCall): boolean {
	return classSymbol.getJsDocTags().some(({ name }) => name === "yieldsOwn");
}

type Shape = Omit<LeafCall, "node" | "classSymbol">;

const shapes = new WeakMap<ts.Node, Shape | null>();

function returned(declaration: ts.FunctionLikeDeclaration): ts.Expression | undefined {
	const { body } = declaration;
	if (body === undefined) return undefined;
	if (!ts.isBlock(body)) return body;
	const statement = body.statements[0];
	return body.statements.length === 1 && ts.isReturnStatement(statement) ? statement.expression : undefined;
}

function mentions(nodes: readonly ts.Node[], test: (node: ts.Node) => boolean): boolean {
	const visit = (node: ts.Node): boolean => test(node) || (ts.forEachChild(node, visit) ?? false);
	return nodes.some(visit);
}

/** The shape of a leaf function; undefined for every other function. */
export function leafShape(declaration: ts.FunctionLikeDeclaration): (Shape & { classNode: ts.Expression }) | undefined {
	const known = shapes.get(declaration);
	if (known !== undefined) return (known ?? undefined) as (Shape & { classNode: ts.Expression }) | undefined;
	const shape = findShape(declaration);
	shapes.set(declaration, shape ?? null);
	return shape;
}

function findShape(declaration: ts.FunctionLikeDeclaration): (Shape & { classNode: ts.Expression }) | undefined {
	if (isAsync(declaration) || declaration.asteriskToken !== undefined) return undefined;
	const value = returned(declaration);
	let made: ts.Expression | undefined = value;
	let method = "start";
	let startArguments: readonly ts.Expression[] = [];
	if (value !== undefined && ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression)) {
		made = value.expression.expression;
		method = value.expression.name.text;
		startArguments = value.arguments;
		if (!/^start/.test(method)) return undefined;
	} else return undefined;
	while (ts.isParenthesizedExpression(made)) made = made.expression;
	if (!ts.isNewExpression(made) || !ts.isIdentifier(made.expression)) return undefined;
	if (declaration.parameters.some((p) => p.dotDotDotToken !== undefined || !ts.isIdentifier(p.name))) return undefined;
	const makeArguments = made.arguments ?? [];
	const names = new Set(declaration.parameters.map((p) => (p.name as ts.Identifier).text));
	const isParameter = (node: ts.Node): boolean => ts.isIdentifier(node) && names.has(node.text);
	if (
		mentions(
			makeArguments.filter((node) => !isParameter(node)),
			isParameter,
		)
	)
		return undefined;
	if (mentions([...makeArguments, ...startArguments], (node) => ts.isFunctionLike(node) || ts.isAwaitExpression(node)))
		return undefined;
	const isThis = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.ThisKeyword;
	const plain = startArguments.filter((node) => !isThis(node));
	const inOrder =
		plain.length === declaration.parameters.length &&
		plain.every(
			(node, index) =>
				ts.isIdentifier(node) && node.text === (declaration.parameters[index].name as ts.Identifier).text,
		);
	return {
		declaration,
		className: made.expression.text,
		classNode: made.expression,
		makeArguments,
		method,
		startArguments,
		inOrder,
		usesThis: mentions(startArguments, isThis),
		madeWithThis: mentions(makeArguments, isThis),
	};
}
