/** What TypeScript's checker has against an application: said as warnings, as types are gone from what is built. */
import ts from "typescript";
import { isLibraryFile, shown } from "./paths.ts";
import { isQuiet, warning } from "./report.ts";

/** More than these are counted only. */
const MOST = 10;

/** The warnings of one build are said once, for however many targets the program is compiled. */
const told = new Set<string>();

/** One line for each type error in files of the application: "main.ts:3:7: …". What is only unused is none. */
function typeWarnings(program: ts.Program): string[] {
	const lines: string[] = [];
	for (const source of program.getSourceFiles()) {
		if (source.isDeclarationFile || source.fileName.includes("/node_modules/") || isLibraryFile(source.fileName))
			continue;
		for (const { category, messageText, reportsUnnecessary, start } of program.getSemanticDiagnostics(source)) {
			if (category !== ts.DiagnosticCategory.Error || reportsUnnecessary !== undefined) continue;
			const { line, character } = source.getLineAndCharacterOfPosition(start ?? 0);
			const text = ts.flattenDiagnosticMessageText(messageText, "\n  ");
			lines.push(shown(source.fileName) + ":" + (line + 1) + ":" + (character + 1) + ": " + text);
		}
	}
	return lines;
}

/** Says them; the build goes on. */
export function sayTypeWarnings(program: ts.Program | undefined): void {
	if (program === undefined || isQuiet()) return;
	const lines = typeWarnings(program).filter((line) => !told.has(line));
	for (const line of lines.slice(0, MOST)) warning(line);
	for (const line of lines) told.add(line);
	if (lines.length > MOST) warning(lines.length - MOST + " more type errors");
}
