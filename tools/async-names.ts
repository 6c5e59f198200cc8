/**
 * `async` as a name. XS (13.3) takes it for the beginning of an async method in `{ async }` and in the class field `async = 1`; TypeScript's
 * form of `using` has the former (lower-using.ts).
 */
import MagicString from "magic-string";
import type { Plugin } from "rollup";
import ts from "typescript";

const SUSPECT = /\basync\s*[,}=;]/;

/** JavaScript of the same meaning without such names; undefined when there are none. */
export function renameAsync(code: string): MagicString | undefined {
	if (!SUSPECT.test(code)) return undefined;
	const source = ts.createSourceFile("module.js", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
	const text = new MagicString(code);
	const isAsync = (name: ts.Node): boolean => ts.isIdentifier(name) && name.text === "async";
	const visit = (node: ts.Node): void => {
		if (
			(ts.isShorthandPropertyAssignment(node) && isAsync(node.name)) ||
			(ts.isBindingElement(node) &&
				ts.isObjectBindingPattern(node.parent) &&
				node.propertyName === undefined &&
				node.dotDotDotToken === undefined &&
				isAsync(node.name))
		)
			text.appendLeft(node.name.getStart(source), "async: ");
		else if (ts.isPropertyDeclaration(node) && isAsync(node.name))
			text.overwrite(node.name.getStart(source), node.name.end, '"async"');
		ts.forEachChild(node, visit);
	};
	visit(source);
	return text.hasChanged() ? text : undefined;
}

/** To stand behind esbuild's. */
export function asyncNamesPlugin(): Plugin {
	return {
		name: "stator-async-names",
		transform(code) {
			const text = renameAsync(code);
			return text === undefined ? null : { code: text.toString(), map: text.generateMap({ hires: true }) };
		},
	};
}
