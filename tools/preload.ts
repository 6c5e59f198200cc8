/**
 * What of a program runs already when it is built: the library's modules do nothing but declare when they are loaded, so
 * their classes, objects and variables are the same at every boot. stator-rom runs that part and writes the result
 * into the image; at boot only the application's own module-level code is left.
 *
 * The text of the bundle is rewritten, line by line as it was (positions in source maps stay): module-level `const`, `let`
 * and `class` of the library become assignments to variables declared on the first line, and each run of such statements
 * becomes a function `$preload<n>` that is exported and that nobody calls but stator-rom.
 */
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { isLibraryFile } from "./paths.ts";

interface Edit {
	start: number;
	end: number;
	text: string;
}

/** A statement as an assignment; undefined: it cannot be one. */
function assignment(statement: ts.Statement, source: ts.SourceFile, names: string[]): Edit[] | undefined {
	const start = statement.getStart(source);
	if (ts.isExpressionStatement(statement)) return [];
	if (ts.isClassDeclaration(statement)) {
		if (statement.name === undefined || (statement.modifiers ?? []).length > 0) return undefined;
		names.push(statement.name.text);
		return [
			{ start, end: start, text: statement.name.text + " = " },
			{ start: statement.end, end: statement.end, text: ";" },
		];
	}
	if (!ts.isVariableStatement(statement) || (statement.modifiers ?? []).length > 0) return undefined;
	const { declarations } = statement.declarationList;
	if (!declarations.every(({ name }) => ts.isIdentifier(name))) return undefined;
	for (const { name } of declarations) names.push((name as ts.Identifier).text);
	// `let a, b = 1;` -> `a, b = 1;`
	return [{ start, end: declarations[0].getStart(source), text: "" }];
}

/** The bundle in that form, and how many functions there are to run; as it was when there is nothing to run. */
export function preload(code: string, map: string): { code: string; count: number } {
	const source = ts.createSourceFile("main.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const trace = new TraceMap(map);
	const isLibrary = (statement: ts.Statement): boolean => {
		const { line, character } = source.getLineAndCharacterOfPosition(statement.getStart(source));
		const { source: file } = originalPositionFor(trace, { line: line + 1, column: character, bias: LEAST_UPPER_BOUND });
		return file !== null && isLibraryFile(file);
	};
	const edits: Edit[] = [];
	const names: string[] = [];
	let count = 0;
	let run: { first: ts.Statement; last: ts.Statement } | undefined;
	const close = (): void => {
		if (run === undefined) return;
		const start = run.first.getStart(source);
		edits.push({ start, end: start, text: "export function $preload" + count++ + "() { " });
		edits.push({ start: run.last.end, end: run.last.end, text: " }" });
		run = undefined;
	};
	for (const statement of source.statements) {
		const skipped =
			ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement) || ts.isEmptyStatement(statement);
		const made = skipped || !isLibrary(statement) ? undefined : assignment(statement, source, names);
		if (made === undefined) {
			close();
			// What comes after may depend on it.
			if (!skipped && isLibrary(statement)) break;
			continue;
		}
		edits.push(...made);
		run = { first: run?.first ?? statement, last: statement };
	}
	close();
	if (count === 0) return { code, count };
	if (names.length > 0) edits.push({ start: 0, end: 0, text: "var " + names.join(", ") + "; " });
	let text = "";
	let at = 0;
	// Of edits at one place, functions begin before their statements and end behind them.
	const rank = ({ text: inserted }: Edit): number =>
		inserted.startsWith("var ") ? 0 : inserted.startsWith("export ") ? 1 : inserted === " }" ? 3 : 2;
	for (const edit of edits.sort((a, b) => a.start - b.start || rank(a) - rank(b))) {
		text += code.slice(at, edit.start) + edit.text;
		at = edit.end;
	}
	return { code: text + code.slice(at), count };
}
