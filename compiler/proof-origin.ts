/**
 * From positions in the bundle back to the TypeScript sources, and to the comments there: rollup and esbuild drop or move
 * comments, the source map carries the sources as they were written.
 *
 * A comment lifts the proof for the function below it, and for whatever of its body the compiler has put elsewhere (the
 * frames of async helpers end up inside their callers): that is found by the position in the source, not in the bundle.
 */
import { SourceMap } from "node:module";
import ts from "typescript";
import { isFunctionNode } from "./proof-scope.ts";

export interface Origin {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly column: number;
	readonly sourceLine: string;
}

/** A function that a comment lifts. */
export interface Lift {
	readonly function: string;
	readonly file: string;
	/** The function's line. */
	readonly line: number;
	/** The comment's line. */
	readonly commentLine: number;
	readonly reason: string;
}

interface LiftedRange extends Lift {
	readonly start: number;
	readonly end: number;
}

interface Source {
	readonly text: string;
	readonly lines: string[];
	lifts: LiftedRange[] | undefined;
}

const MARK = "allows-allocation";
const LIFT = /^\s*(?:\/\/|\/?\*+)\s*stator:\s*allows-allocation\b[\s:—–-]*(.*?)\s*(?:\*\/)?\s*$/;
/** Lines that may stand between the comment and the function: more comments, decorators. */
const BETWEEN = /^\s*(\/\/|\/\*|\*|@)/;

export class Origins {
	private readonly file: ts.SourceFile;
	private readonly map: SourceMap | undefined;
	private readonly sources = new Map<string, Source>();

	constructor(file: ts.SourceFile, map: string | undefined) {
		this.file = file;
		this.addSource(file.fileName, file.text);
		if (map === undefined || map === "") return;
		const payload = JSON.parse(map);
		this.map = new SourceMap(payload);
		(payload.sources as string[]).forEach((source, i) => {
			const text = payload.sourcesContent?.[i];
			if (typeof text === "string") this.addSource(source, text);
		});
	}

	get hasMap(): boolean {
		return this.map !== undefined;
	}

	at(position: number): Origin {
		const { line, character } = this.file.getLineAndCharacterOfPosition(position);
		const entry = this.map?.findEntry(line, character);
		if (entry !== undefined && "originalSource" in entry && entry.originalSource !== undefined) {
			const sourceLine = this.sources.get(entry.originalSource)?.lines[entry.originalLine] ?? "";
			return {
				file: entry.originalSource,
				line: entry.originalLine + 1,
				column: entry.originalColumn + 1,
				sourceLine,
			};
		}
		const sourceLine = this.sources.get(this.file.fileName)?.lines[line] ?? "";
		return { file: this.file.fileName, line: line + 1, column: character + 1, sourceLine };
	}

	/**
	 * Where a node was written. Some maps know lines only: then the column is found by the node's text. Others have no entry for each
	 * token (none for a literal behind an operator): then the entry is that of a token before it, and the node's text stands behind that.
	 */
	of(node: ts.Node): Origin {
		const origin = this.at(node.getStart(this.file));
		const { sourceLine, column } = origin;
		const indent = sourceLine.length - sourceLine.trimStart().length;
		const text = node.getText(this.file).split("\n", 1)[0];
		const token = /^[\w$.]+|^[^\w\s]/.exec(text)?.[0] ?? text;
		if (column - 1 > indent) {
			if (sourceLine.startsWith(token, column - 1)) return origin;
			const behind = sourceLine.indexOf(text, column - 1);
			return behind < 0 ? origin : { ...origin, column: behind + 1 };
		}
		for (const wanted of [text, token]) {
			const found = wanted === "" ? -1 : sourceLine.indexOf(wanted);
			if (found >= 0) return { ...origin, column: found + 1 };
		}
		return { ...origin, column: indent + 1 };
	}

	/** The lifted function whose source a position lies in. */
	liftAt(origin: Origin): Lift | undefined {
		const source = this.sources.get(origin.file);
		if (source === undefined || !source.text.includes(MARK)) return undefined;
		source.lifts ??= findLifts(origin.file, source);
		let position = origin.column - 1;
		for (let line = 0; line < origin.line - 1; line++) position += source.lines[line].length + 1;
		return source.lifts.find((lift) => position >= lift.start && position < lift.end);
	}

	/** A line of a source, from 1. */
	lineOf(file: string, line: number): string {
		return this.sources.get(file)?.lines[line - 1] ?? "";
	}

	/** Every lifted function of the sources. */
	*lifts(): Generator<Lift> {
		for (const [file, source] of this.sources) {
			if (!source.text.includes(MARK) || (this.hasMap && file === this.file.fileName)) continue;
			source.lifts ??= findLifts(file, source);
			yield* source.lifts;
		}
	}

	private addSource(name: string, text: string): void {
		const unix = text.replaceAll("\r\n", "\n");
		this.sources.set(name, { text: unix, lines: unix.split("\n"), lifts: undefined });
	}
}

/** The functions of a source file that stand directly below such a comment. */
function findLifts(name: string, source: Source): LiftedRange[] {
	const file = ts.createSourceFile(
		name + (/\.[jt]sx?$/.test(name) ? "" : ".ts"),
		source.text,
		ts.ScriptTarget.Latest,
		true,
	);
	const found: LiftedRange[] = [];
	const commentAbove = (node: ts.Node): { line: number; reason: string } | undefined => {
		const start = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
		for (let line = start - 1; line >= 0 && BETWEEN.test(source.lines[line]); line--) {
			const match = LIFT.exec(source.lines[line]);
			if (match !== null) return { line: line + 1, reason: match[1] };
		}
		return undefined;
	};
	const visit = (node: ts.Node): void => {
		if (isFunctionNode(node)) {
			// `const f = () => …`, `export const t = task(async () => …)`: the comment stands above the whole.
			let whole: ts.Node = node;
			let comment = commentAbove(node);
			while (comment === undefined && !startsLine(whole, file, source) && !isFunctionNode(whole.parent)) {
				whole = whole.parent;
				if (ts.isSourceFile(whole) || ts.isBlock(whole)) break;
				comment = commentAbove(whole);
			}
			if (comment !== undefined)
				found.push({
					function: sourceName(node),
					file: name,
					line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
					commentLine: comment.line,
					reason: comment.reason,
					// From the beginning of the line: some maps know lines only.
					start: file.getPositionOfLineAndCharacter(file.getLineAndCharacterOfPosition(whole.getStart(file)).line, 0),
					end: node.end,
				});
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

function startsLine(node: ts.Node, file: ts.SourceFile, source: Source): boolean {
	const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
	return source.lines[line].slice(0, character).trim() === "";
}

function sourceName(node: ts.Node): string {
	let at: ts.Node = node;
	while (!ts.isSourceFile(at)) {
		const name = (at as ts.NamedDeclaration).name;
		if (name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name)))
			return name.text;
		if (ts.isConstructorDeclaration(at)) return "constructor";
		if (ts.isStatement(at) && !ts.isVariableStatement(at)) break;
		at = at.parent;
	}
	return "function";
}
