/**
 * `for...of` over arrays in ordinary functions, by index, as in tasks (transform-for-of.ts): XS makes an iterator of eight slots for each loop, and
 * takes about five times the instructions. What is walked is known by its type: an array, a tuple, a typed array.
 */
import ts from "typescript";
import { isAsync, isFunction } from "./contains.ts";
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
				const disposes = ts.isVariableDeclarationList(head) && (head.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
				if (!disposes && unit.isArray(expression)) lowerLoop(unit, unit.moduleOf(source), node);
			}
			ts.forEachChild(node, (child) => visit(child, inFunction));
		};
		visit(source, false);
	}
}

/** `for (const x of list) body` -> `for (let $a = list, $i = 0; $i < $a.length; $i++) { const x = $a[$i]; body }`. */
function lowerLoop(unit: Unit, module: Module, node: ts.ForOfStatement): void {
	const { initializer: head, expression, statement } = node;
	const number = unit.fresh();
	const [array, index] = ["$a" + number, "$i" + number];
	const start = node.getStart(module.source);
	const text = head.getText(module.source);
	const item = " = " + array + "[" + index + "]";
	const bound = text.startsWith("{") ? "(" + text + item + ")" : text + item;
	const edit = (from: number, to: number, replacement: string, position: number): void => {
		module.edits.push({ start: from, end: to, lines: [{ text: replacement, position }] });
	};
	edit(start, expression.getStart(module.source), "for (let " + array + " = (", start);
	edit(
		expression.end,
		statement.getStart(module.source),
		"), " + index + " = 0; " + index + " < " + array + ".length; " + index + "++) { " + bound + "; ",
		head.getStart(module.source),
	);
	edit(statement.end, statement.end, " }", statement.end);
}
