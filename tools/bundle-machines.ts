/**
 * The machines that an image has to have, as the program's calls say: a vector with an actor is one, a thread is one. The build reads the calls where
 * they stand, so what it counts has to be written there.
 */
import type { Plugin, TransformPluginContext } from "rollup";
import ts from "typescript";
import { THREAD_IO, type ThreadIo } from "./levels.ts";

type Call = ts.CallExpression | ts.NewExpression;

/** Looks at each file's calls of functions and classes that it imports from a module of the library, `names` of it. */
function callsPlugin(
	module: string,
	names: readonly string[],
	read: (context: TransformPluginContext, name: string, call: Call) => void,
	onImport: () => void = () => {},
): Plugin {
	const pattern = new RegExp("import\\s*\\{([^}]*)\\}\\s*from\\s*[\"']" + module + "[\"']");
	return {
		name: module.replace("/", "-"),
		transform(code, id) {
			const imported = pattern.exec(code)?.[1];
			if (imported === undefined) return null;
			onImport();
			const locals = new Map<string, string>();
			for (const name of names) {
				const match = new RegExp("(?:^|[\\s,])" + name + "(?:\\s+as\\s+(\\w+))?\\s*(?=,|$)").exec(imported.trim());
				if (match !== null) locals.set(match[1] ?? name, name);
			}
			if (locals.size === 0) return null;
			const visit = (node: ts.Node): void => {
				if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
					const name = locals.get(node.expression.text);
					if (name !== undefined) read(this, name, node);
				}
				ts.forEachChild(node, visit);
			};
			visit(ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true));
			return null;
		},
	};
}

/** Counts the vectors of `run([[vector, actor], …])` of stator/actor. */
export function actorVectorsPlugin(found: (vectors: number) => void): Plugin {
	return callsPlugin("stator/actor", ["run"], (context: TransformPluginContext, _, call) => {
		const list = call.arguments?.[0];
		if (list === undefined || !ts.isArrayLiteralExpression(list) || list.elements.some(ts.isSpreadElement))
			context.error(
				"run of stator/actor: the build counts the vectors, so write the list where it is called: run([[vector, actor], …])",
				call.getStart(),
			);
		found(list.elements.length);
	});
}

/** The number that an expression is: written there, or as a const of the same file. */
function numberOf(node: ts.Expression): number | undefined {
	if (ts.isNumericLiteral(node)) return Number(node.text);
	if (!ts.isIdentifier(node)) return undefined;
	for (const statement of node.getSourceFile().statements)
		if (ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.Const)
			for (const { name, initializer } of statement.declarationList.declarations)
				if (
					ts.isIdentifier(name) &&
					name.text === node.text &&
					initializer !== undefined &&
					ts.isNumericLiteral(initializer)
				)
					return Number(initializer.text);
	return undefined;
}

const isThreadIo = (text: string): text is ThreadIo => (THREAD_IO as readonly string[]).includes(text);

function optionOf(options: ts.Expression | undefined, key: string): ts.ObjectLiteralElementLike | undefined {
	if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
	return options.properties.find((p) => p.name !== undefined && ts.isIdentifier(p.name) && p.name.text === key);
}

/**
 * Counts the threads of `run(root, { threads })` and `new WorkDispatcher({ executors })`. And reads the option `io` of run: rings are made
 * by what stands at module level, before `run` is called. A program that imports anything of stator/threads has at least none.
 */
export function threadsPlugin(found: (threads: number, io?: ThreadIo) => void): Plugin {
	const count = (
		context: TransformPluginContext,
		call: Call,
		options: ts.Expression | undefined,
		key: string,
	): void => {
		if (options === undefined) return;
		const given = optionOf(options, key);
		if (given === undefined && ts.isObjectLiteralExpression(options)) return;
		const value =
			given?.name === undefined
				? undefined
				: numberOf(ts.isPropertyAssignment(given) ? given.initializer : (given.name as ts.Identifier));
		if (value === undefined)
			context.error(
				"stator/threads: the build makes a machine for each thread, so it has to know how many: write { " +
					key +
					": 4 } in the call, or a const with a number above it",
				call.getStart(),
			);
		found(value);
	};
	const readIo = (context: TransformPluginContext, options: ts.Expression | undefined): void => {
		const given = optionOf(options, "io");
		if (given === undefined) return;
		const value = ts.isPropertyAssignment(given) ? given.initializer : undefined;
		const text = value !== undefined && ts.isStringLiteral(value) ? value.text : "";
		if (!isThreadIo(text))
			context.error(
				"run of stator/threads: rings are made before run is called, so the build has to know how: write { io: " +
					THREAD_IO.map((one) => '"' + one + '"').join(" | ") +
					" } in the call",
				given.getStart(),
			);
		found(0, text);
	};
	return callsPlugin(
		"stator/threads",
		["run", "WorkDispatcher"],
		(context, name, call) => {
			if (ts.isNewExpression(call)) {
				if (name === "WorkDispatcher") count(context, call, call.arguments?.[0], "executors");
			} else if (name === "run") {
				count(context, call, call.arguments[1], "threads");
				readIo(context, call.arguments[1]);
			}
		},
		() => found(0),
	);
}
