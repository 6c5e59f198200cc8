/** Finds the tasks of a program: calls of the library's `task` and `run`. */
import ts from "typescript";
import { constantValue } from "./constant-value.ts";
import { isAsync, isFunction } from "./contains.ts";
import { inLibrary, shownPath } from "./program.ts";
import type { TaskReport } from "./report.ts";
import type { Line } from "./source-map.ts";
import type { Module, Unit } from "./unit.ts";

const TASK = inLibrary("src/task.ts");
const RUN = inLibrary("src/plain/run.ts");
const LEVELS = [
	inLibrary("src/levels/executor.ts"),
	inLibrary("src/levels/thread-executor.ts"),
	inLibrary("src/threads/run.ts"),
];
const POLL_TASK = inLibrary("src/executor/poll-task.ts");
const END = inLibrary("src/executor/end.ts");
const EXECUTOR_RUN = inLibrary("src/executor/run.ts");

/** Pools up to this size are of the captured form: each instance is larger, but faster. */
const LARGE_POOL = 8;

/** Compiles every task of the program into edits of its modules. */
export function compileTasks(unit: Unit): void {
	for (const source of unit.program.getSourceFiles()) {
		if (source.isDeclarationFile || source.fileName === RUN || !/\b(task|run)\b/.test(source.text)) continue;
		const visit = (node: ts.Node): void => {
			if (ts.isCallExpression(node)) {
				const name = libraryFunction(unit, node.expression);
				if (name === "task") {
					compileTask(unit, node);
					return;
				}
				if (name === "run" || name === "method") {
					compileRun(unit, node, visit, name === "method");
					return;
				}
			}
			ts.forEachChild(node, visit);
		};
		ts.forEachChild(source, visit);
	}
}

function libraryFunction(unit: Unit, callee: ts.Expression): "task" | "run" | "method" | undefined {
	const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
	if (!ts.isIdentifier(name)) return undefined;
	const found = unit.symbolOf(name);
	if (found === undefined) return undefined;
	const symbol = unit.original(found);
	const file = symbol.valueDeclaration?.getSourceFile().fileName;
	if (file === TASK && symbol.name === "task") return "task";
	if (LEVELS.includes(file ?? "") && symbol.name === "run") return "method";
	return file === RUN && symbol.name === "run" ? "run" : undefined;
}

/** The async function that an argument is or names. */
function bodyOf(unit: Unit, node: ts.Expression): ts.FunctionLikeDeclaration | undefined {
	if (ts.isParenthesizedExpression(node)) return bodyOf(unit, node.expression);
	if (isFunction(node)) return isAsync(node) ? node : undefined;
	const symbol = ts.isIdentifier(node) ? unit.symbolOf(node) : undefined;
	return symbol === undefined ? undefined : unit.localAsync(unit.original(symbol));
}

function compileTask(unit: Unit, call: ts.CallExpression): void {
	const options = call.arguments.length > 1 ? call.arguments[0] : undefined;
	const given = call.arguments[call.arguments.length - 1];
	const fn = given === undefined ? undefined : bodyOf(unit, given);
	if (fn === undefined) {
		unit.refuse(call, "task(…) of something that is no async function known here", "write task(async (…) => { … })");
		return;
	}
	const { parent } = call;
	const named = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined;
	const name = named !== undefined && ts.isIdentifier(named) ? named.text : (sharedName(call) ?? "task");
	replaceCall(unit, call, fn, options, name, "");
}

/** In `sharedTask("square", task(…))` the name that the task is shared under. */
function sharedName({ parent }: ts.CallExpression): string | undefined {
	if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression) || parent.expression.text !== "sharedTask")
		return undefined;
	const [name] = parent.arguments;
	return name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** `run` of the library, or the method `run` of an executor: its root may be an async function. */
function compileRun(unit: Unit, call: ts.CallExpression, visit: (node: ts.Node) => void, method: boolean): void {
	const module = unit.moduleOf(call.getSourceFile());
	if (method) visit(call.expression);
	else {
		const callee = unit.importLibrary(module, EXECUTOR_RUN, "run");
		const start = call.expression.getStart(module.source);
		module.edits.push({ start, end: call.expression.end, lines: [{ text: callee, position: start }] });
	}
	const [root] = call.arguments;
	const fn = root === undefined ? undefined : bodyOf(unit, root);
	if (root === undefined || fn === undefined) {
		for (const argument of call.arguments) visit(argument);
		return;
	}
	replaceCall(unit, root, fn, undefined, "root", "()");
}

function replaceCall(
	unit: Unit,
	node: ts.Node,
	fn: ts.FunctionLikeDeclaration,
	options: ts.Expression | undefined,
	name: string,
	suffix: string,
): void {
	if (fn.asteriskToken !== undefined) {
		unit.refuse(fn, "async generators are not supported", "write an async function");
		return;
	}
	const target = fn.getSourceFile() === node.getSourceFile() ? unit.moduleOf(node.getSourceFile()) : undefined;
	if (target === undefined) {
		unit.refuse(
			node,
			"the async function of a task must stand in the module that makes the task",
			"write task(async () => await it())",
		);
		return;
	}
	const pool = poolSize(unit, options);
	const asked = option(unit, options, "form");
	const wanted = asked === "frame" || (asked !== "captured" && pool > LARGE_POOL) ? "frame" : "captured";
	const { lines, machine, properties, states, compiled } = unit.compileTask(fn, wanted);
	const { form } = machine;
	if (asked === "frame" && form !== "frame")
		unit.refuse(
			fn,
			"this task cannot have the form frame: a function declared in it, or a closure made in a loop, keeps its variables",
			"declare the function outside of the task, or leave the option form out",
		);
	const pollTask = unit.importLibrary(target, POLL_TASK, "pollTask");
	if (lines.some(({ text }) => text.includes("$done(")) || machine.yields)
		target.imports.set("$done", { file: END, name: "done" });
	const start = node.getStart(target.source);
	const edit: Line[] = [
		{ text: pollTask + "(" + optionsText(target, options, name) + ", () => {", position: start },
		...lines,
		{ text: (form === "frame" ? "}, true)" : "})") + suffix, position: -1 },
	];
	target.edits.push({ start, end: node.end, lines: edit });
	const { line } = target.source.getLineAndCharacterOfPosition(start);
	const report: TaskReport = {
		name: stringOption(unit, options, "name") ?? name,
		pool,
		priority: (stringOption(unit, options, "priority") ?? "normal") as TaskReport["priority"],
		form,
		formReason: formReason(pool, asked, wanted, form),
		states,
		variables: form === "frame" ? properties.map((property) => property.name) : machine.frame,
		leaves: machine.leaves.map(({ className }) => className),
		handles: compiled.handles,
		embedded: machine.calls.map((call) => call.compiled.shown),
		embeddedDepth: compiled.depth,
		file: shownPath(target.source.fileName, unit.root),
		line: line + 1,
	};
	unit.report.tasks.push(report);
	unit.report.slots += report.pool;
}

function formReason(pool: number, asked: unknown, wanted: string, form: string): string {
	if (form !== wanted) return "a function declared in it, or a closure made in a loop, keeps its variables";
	if (asked === form) return "asked for";
	return pool > LARGE_POOL ? "small: pool above " + LARGE_POOL : "fast: pool up to " + LARGE_POOL;
}

/** How many of the task there are; slots are counted and the form is chosen by it, so it must be known. */
function poolSize(unit: Unit, options: ts.Expression | undefined): number {
	const node = optionNode(options, "pool");
	if (node === undefined) return 1;
	const pool = option(unit, options, "pool");
	if (typeof pool === "number") return pool;
	unit.refuse(
		node,
		"the size of this pool is not known when the program is built",
		"write a number, a const that is one, or arithmetic on such",
	);
	return 1;
}

function property(options: ts.Expression | undefined, name: string): ts.ObjectLiteralElementLike | undefined {
	if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
	return options.properties.find((p) => p.name !== undefined && ts.isIdentifier(p.name) && p.name.text === name);
}

function optionNode(options: ts.Expression | undefined, name: string): ts.Expression | undefined {
	const found = property(options, name);
	if (found === undefined) return undefined;
	return ts.isPropertyAssignment(found)
		? found.initializer
		: ts.isIdentifier(found.name as ts.Node)
			? (found.name as ts.Identifier)
			: undefined;
}

/** The value of an option that is known at build time. */
function option(unit: Unit, options: ts.Expression | undefined, name: string): string | number | undefined {
	const node = optionNode(options, name);
	return node === undefined ? undefined : constantValue(unit, node);
}

function stringOption(unit: Unit, options: ts.Expression | undefined, name: string): string | undefined {
	const value = option(unit, options, name);
	return typeof value === "string" ? value : undefined;
}

function optionsText(module: Module, options: ts.Expression | undefined, name: string): string {
	const quoted = JSON.stringify(name);
	if (options === undefined) return "{ name: " + quoted + " }";
	const text = options.getText(module.source);
	if (!ts.isObjectLiteralExpression(options)) return "Object.assign({ name: " + quoted + " }, " + text + ")";
	return property(options, "name") === undefined ? "{ name: " + quoted + ", " + text.slice(1) : text;
}
