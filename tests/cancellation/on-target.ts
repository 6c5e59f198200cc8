/** Runs the table of cancellations on a machine; what it has to have printed is in docs/cancellation.md. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { beforeAll, expect, test } from "vitest";
import type { BuildReport } from "../../compiler/index.ts";
import { bundle } from "../../tools/bundle.ts";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";
import { runProgram } from "../programs/support.ts";
import { readRun, readTables, tables } from "./table.ts";

export const DOCUMENT = path("docs/cancellation.md");
const BEGIN = "<!-- tables -->\n";
const END = "<!-- end of the tables -->\n";

/** The document's parts: before its tables, the tables, behind them. */
function parts(): [string, string, string] {
	const text = readFileSync(DOCUMENT, "utf8");
	const begin = text.indexOf(BEGIN) + BEGIN.length;
	const end = text.indexOf(END);
	return [text.slice(0, begin), text.slice(begin, end), text.slice(end)];
}

/** The tables as they were committed. */
export const committed = (): string => parts()[1];

/** Writes a run's tables into the document. */
export function write(output: string): void {
	const [before, , after] = parts();
	writeFileSync(DOCUMENT, before + tables(readRun(output)) + after);
}

/** The program as the compiler makes it, on Node over the simulated machine. */
export async function runOnNode(): Promise<{ output: string; report: BuildReport }> {
	const { code, report } = await bundle(path("tests/cancellation/node.ts"), "sim");
	const folder = mkdtempSync(tmpdir() + "/stator-cancellation-");
	try {
		writeFileSync(folder + "/program.mjs", code);
		const { output } = await runCommand(process.execPath, [folder + "/program.mjs"]);
		return { output, report };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** What each cell of a wait came to. */
export function cellsOf(output: string, wait: string): string[] {
	return readRun(output)
		.cells.filter((cell) => cell.wait === wait)
		.map(({ state, action, outcome }) => state + ", " + action + ": " + outcome);
}

/**
 * The whole table on a target: every cell as the document says, and nothing grows when it is run a second time. `otherwise`: cells
 * that cannot be on this target, by "wait; state" or "wait; action", with the reason.
 */
export function cancellationOn(target: string, otherwise: Readonly<Record<string, string>> = {}): void {
	let output = "";
	let status = -1;
	beforeAll(async () => {
		({ output, status } = await runProgram("tests/cancellation", target, { timeoutSeconds: 200 }));
	});
	const expected = readTables(committed());
	for (const [wait] of expected.waits)
		test("M16 N3 " + wait + ": cancelled, asked to stop and timed out in every state", () => {
			const cells = expected.cells
				.filter((cell) => cell.wait === wait)
				.map(({ state, action, outcome }) => {
					const reason = otherwise[wait + "; " + state] ?? otherwise[wait + "; " + action];
					return state + ", " + action + ": " + (reason === undefined ? outcome : "impossible: " + reason);
				});
			expect(cellsOf(output, wait)).toEqual(expect.arrayContaining(cells));
			expect(cellsOf(output, wait)).toHaveLength(cells.length);
		});
	test("M16 X2 the table a second time: nothing grows, nothing is collected", () => {
		expect(output).toContain("second time: growth 0 slots, 0 bytes; collections 0");
		expect(readRun(output).cells).toHaveLength(expected.cells.length);
		expect(status).toBe(0);
	});
}
