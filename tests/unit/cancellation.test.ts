/**
 * The table of cancellations (tests/cancellation) on Node, compiled. `STATOR_WRITE=1` writes it into docs/cancellation.md:
 * `STATOR_WRITE=1 npx vitest run --project unit tests/unit/cancellation.test.ts`.
 */
import * as stator from "stator";
import * as actor from "stator/actor";
import * as board from "stator/board";
import { expect, test } from "vitest";
import { ACTIONS, STATES } from "../cancellation/names.ts";
import { cellsOf, committed, runOnNode, write } from "../cancellation/on-target.ts";
import { readRun, readTables, tables } from "../cancellation/table.ts";

const { output, report } = await runOnNode();
if (process.env.STATOR_WRITE !== undefined && output.includes(", failed 0\n")) write(output);
const run = readRun(output);

test.each(run.waits)("M16 N3 %s: cancelled, asked to stop and timed out in every state", (wait) => {
	const cells = cellsOf(output, wait);
	expect(cells.filter((cell) => cell.includes("FAILED"))).toEqual([]);
	expect(cells).toHaveLength(STATES.length * ACTIONS.length);
});

test("M16 docs/cancellation.md has the table that this run gives (STATOR_WRITE=1 writes it)", () => {
	expect(committed()).toBe(tables(run));
	const read = readTables(committed());
	expect(read.waits).toEqual(run.waits);
	expect(new Set(read.cells.map((cell) => JSON.stringify(cell)))).toEqual(
		new Set(run.cells.map((cell) => JSON.stringify(cell))),
	);
	expect(output).toContain("failed 0\n");
});

test("M16 every wait that the library exports is in the table", () => {
	const used = new Set(report.tasks.flatMap(({ leaves }) => leaves));
	used.add("Ticker"); // awaited as it is
	const waits = Object.entries({ ...stator, ...actor, ...board })
		.filter(([, value]) => typeof value === "function" && typeof value.prototype?.poll === "function")
		.map(([name]) => name)
		.filter((name) => name !== "Leaf");
	expect(waits.length).toBeGreaterThan(25);
	expect(waits.filter((name) => !used.has(name))).toEqual([]);
});
