/**
 * What the compiler refuses, in the form in which people and editors read it:
 *
 * ```
 * examples/a/main.ts:12:5: error: `await` of a promise: a promise is made at each call
 *     await fetchIt();
 *     ^
 *   fix: …
 * ```
 */
import type ts from "typescript";

/** One place that the compiler refuses: where, why, and what to write instead. */
export interface Refusal {
	/** Path from the root of the program. */
	file: string;
	/** Both count from 1. */
	line: number;
	column: number;
	sourceLine: string;
	message: string;
	fix: string;
}

/** One refusal as text: place, source line, caret, fix. */
export function formatRefusal({ file, line, column, sourceLine, message, fix }: Refusal): string {
	const indent = sourceLine.slice(0, column - 1).replace(/[^\t]/g, " ");
	return (
		file + ":" + line + ":" + column + ": error: " + message + "\n" + sourceLine + "\n" + indent + "^\n  fix: " + fix
	);
}

/** Everything that was refused in one run, in the order of the source. */
export class CompileError extends Error {
	override name = "CompileError";
	readonly refusals: readonly Refusal[];
	/** The program, for who asks whether its types are right: what is refused may follow from one that is not. */
	readonly program: ts.Program | undefined;

	constructor(refusals: readonly Refusal[], program?: ts.Program) {
		super(refusals.map(formatRefusal).join("\n"));
		this.refusals = refusals;
		this.program = program;
	}
}

/** A refusal at a node. */
export function refusalAt(node: ts.Node, file: string, message: string, fix: string): Refusal {
	const source = node.getSourceFile();
	const start = node.getStart(source);
	const { line, character } = source.getLineAndCharacterOfPosition(start);
	const sourceLine = source.text.split("\n")[line].replace(/\r$/, "");
	return { file, line: line + 1, column: character + 1, sourceLine, message, fix };
}
