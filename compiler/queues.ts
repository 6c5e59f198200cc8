/** Finds what the program makes of the library's queues and locks, for the build report. */
import { relative } from "node:path";
import ts from "typescript";
import { inLibrary, shownPath } from "./program.ts";
import type { QueueReport } from "./report.ts";
import type { Unit } from "./unit.ts";

const PLACES = [inLibrary("src/sync"), inLibrary("src/actor")];

/** The class of the library that `new` makes something of; waits (Leaf) belong to the tasks that hold them. */
function queueClass(unit: Unit, node: ts.NewExpression): ts.ClassDeclaration | undefined {
	const found = unit.symbolOf(ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression);
	const declaration = found === undefined ? undefined : unit.original(found).valueDeclaration;
	if (declaration === undefined || !ts.isClassDeclaration(declaration)) return undefined;
	const { fileName } = declaration.getSourceFile();
	if (!PLACES.some((place) => !relative(place, fileName).startsWith(".."))) return undefined;
	const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText();
	return base === "Leaf" ? undefined : declaration;
}

/** The name of what is made: of the variable, property or class field that it is put into. */
function nameOf(node: ts.Node): string {
	for (let at = node.parent; !ts.isSourceFile(at) && !ts.isBlock(at); at = at.parent)
		if ((ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at)) && at.name)
			return at.name.getText();
	return "";
}

export function collectQueues(unit: Unit): QueueReport[] {
	const queues: QueueReport[] = [];
	for (const source of unit.program.getSourceFiles()) {
		if (source.isDeclarationFile || !relative(inLibrary("src"), source.fileName).startsWith("..")) continue;
		const visit = (node: ts.Node): void => {
			ts.forEachChild(node, visit);
			if (!ts.isNewExpression(node)) return;
			const made = queueClass(unit, node);
			if (made === undefined) return;
			const [first] = node.arguments ?? [];
			const type = first === undefined ? undefined : unit.typeOf(first);
			const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
			queues.push({
				kind: made.name?.text ?? "class",
				name: nameOf(node),
				capacity: type?.isNumberLiteral() ? type.value : undefined,
				file: shownPath(source.fileName, unit.root),
				line: line + 1,
				column: character + 1,
			});
		};
		visit(source);
	}
	return queues;
}
