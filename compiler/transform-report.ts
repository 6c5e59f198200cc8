/**
 * What tools want to know of a compiled function: for each number that its state can have while it waits, the place in the
 * source and what is waited for. A debugger shows a suspended task by it (tools/gdb).
 */
import ts from "typescript";
import { shownPath } from "./program.ts";
import type { WaitReport } from "./report.ts";
import type { Machine } from "./transform-machine.ts";

const LONGEST = 60;

/** The awaiting expression in one line; of a loop its head. */
function textOf(at: ts.Node, source: ts.SourceFile): string {
	const start = at.getStart(source);
	const end = ts.isIterationStatement(at, false) ? at.statement.pos : at.end;
	const text = source.text.slice(start, end).replace(/\s+/g, " ");
	return text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text;
}

/** Adds the function to the build report. `resolve` gives states their numbers. A function that is taken apart again replaces its entry. */
export function reportMachine(m: Machine, resolve: (text: string) => string): void {
	const { source } = m.module;
	const place = (node: ts.Node): { line: number; column: number } => {
		const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
		return { line: line + 1, column: character + 1 };
	};
	const waits: WaitReport[] = [];
	for (const { label, at, leaf, call } of [...m.suspensions, ...m.cleanups.map((c) => ({ ...c, leaf: undefined }))])
		waits.push({
			state: Number(resolve(m.blocks.state(label))),
			...place(at),
			text: textOf(at, source),
			on: leaf?.own ?? call?.name,
			what: leaf?.className ?? call?.compiled.shown,
			file: call === undefined ? undefined : shownPath(call.compiled.file.fileName, m.unit.root),
		});
	waits.sort((a, b) => a.state - b.state);
	const file = shownPath(source.fileName, m.unit.root);
	const { line, column } = place(m.fn);
	const { machines } = m.unit.report;
	const report = { name: m.unit.nameOf(m.fn), kind: m.kind, form: m.form, prefix: m.prefix, file, line, column, waits };
	// A function may be there in both forms: of its own, and in the frame objects of tasks.
	const known = machines.findIndex(
		(other) =>
			other.file === file &&
			other.line === line &&
			other.column === column &&
			other.form === m.form &&
			other.kind === m.kind,
	);
	if (known < 0) machines.push(report);
	else machines[known] = report;
}
