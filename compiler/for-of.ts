/**
 * `for...of` over arrays in ordinary functions, by index, as in tasks (transform-for-of.ts): XS makes an iterator of eight slots for each loop, and
 * takes about five times the instructions. What is walked is known by its type: an array, a tuple, a typed array.
 */
import ts from "typescript";
import { isAsync, isFunction, isUsing } from "./contains.ts";
import type { Module, Unit } from "./unit.ts";

/** Functions of the program that are no part of a task: those, and what they have of loops, stay where they are. */
export function lowerLoops(unit: Unit): void {
	for (const source of unit.program.getSourceFiles()) {
		if (source.isDeclarationFile || !/\bof\b/.test(source.text)) continue;
		const visit = (node: ts.Node, inFunction: boolean): void => {
			if (isFunction(node)) {
				// What is async is compiled as a whole, or runs on the engine's promises.
				if (isAsync(node) || node.asteriskToken !== undefined) return;
				inFunction = true;
			} else if (inFunction && ts.isForOfStatement(node) && node.awaitModifier === undefined) {
				const { initializer: head, expression } = node;
				const disposes = ts.isVariableDeclarationList(head) && isUsing(head);
				if (!disposes && unit.isArray(expression)) lowerLoop(unit, unit.moduleOf(source), node);
			}
			ts.forEachChild(node, (child) => visit(child, inFunction));
		};
		visit(source, false);
	}
}

/** The text around the list and the body of a loop by index. */
export interface IndexLoop {
	readonly before: string;
	readonly between: string;
	readonly after: string;
}

/** With the binding that the loop's head makes of an item: `for (const x of list) body` -> `for (let $a = (list), $i = 0; $i < $a.length; $i++) { const x = $a[$i]; body }`. */
export function indexLoop(unit: Unit, head: string): IndexLoop {
	const number = unit.fresh();
	const [array, index] = ["$a" + number, "$i" + number];
	const item = " = " + array + "[" + index + "]";
	const bound = head.startsWith("{") ? "(" + head + item + ")" : head + item;
	return {
		before: "for (let " + array + " = (",
		between: "), " + index + " = 0; " + index + " < " + array + ".length; " + index + "++) { " + bound + "; ",
		after: " }",
	};
}

function lowerLoop(unit: Unit, module: Module, node: ts.ForOfStatement): void {
	const { initializer: head, expression, statement } = node;
	const { source, edits } = module;
	const { before, between, after } = indexLoop(unit, head.getText(source));
	const edit = (start: number, end: number, text: string, position: number): void => {
		edits.push({ start, end, lines: [{ text, position }] });
	};
	const start = node.getStart(source);
	edit(start, expression.getStart(source), before, start);
	edit(expression.end, statement.getStart(source), between, head.getStart(source));
	edit(statement.end, statement.end, after, statement.end);
}
