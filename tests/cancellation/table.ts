/** What a run of the table has printed: its cells, and the tables of docs/cancellation.md. */
import { ACTIONS, STATES } from "./names.ts";

export interface Cell {
	readonly wait: string;
	readonly state: string;
	readonly action: string;
	/** A word of OUTCOMES, "FAILED: …" or "impossible: …". */
	readonly outcome: string;
}

export interface Run {
	/** Name of each wait, and what is kept when it is given up. */
	readonly waits: readonly [name: string, keeps: string][];
	readonly cells: readonly Cell[];
}

export function readRun(output: string): Run {
	const waits: [string, string][] = [];
	const cells: Cell[] = [];
	for (const line of output.split("\n")) {
		const wait = /^wait: ([^;]+); (.+)$/.exec(line);
		if (wait !== null) waits.push([wait[1], wait[2]]);
		const cell = /^([^;]+); ([^;]+); ([a-z ]+); (.+)$/.exec(line);
		if (cell !== null) cells.push({ wait: cell[1], state: cell[2], action: cell[3], outcome: cell[4] });
	}
	return { waits, cells };
}

const IMPOSSIBLE = "impossible: ";
const NOT = "— ";

/** The tables, one for each action; a cell that cannot be names its reason by a number. */
export function tables({ waits, cells }: Run): string {
	const reasons: string[] = [];
	const shown = (outcome: string): string => {
		if (!outcome.startsWith(IMPOSSIBLE)) return outcome;
		const reason = outcome.slice(IMPOSSIBLE.length);
		if (!reasons.includes(reason)) reasons.push(reason);
		return NOT + (reasons.indexOf(reason) + 1);
	};
	const lines: string[] = [];
	for (const action of ACTIONS) {
		lines.push(
			"### " + action,
			"",
			"| wait | " + STATES.join(" | ") + " |",
			"| --- |" + " --- |".repeat(STATES.length),
		);
		for (const [wait] of waits) {
			const row = STATES.map((state) =>
				shown(
					cells.find((cell) => cell.wait === wait && cell.state === state && cell.action === action)?.outcome ??
						"missing",
				),
			);
			lines.push("| `" + wait + "` | " + row.join(" | ") + " |");
		}
		lines.push("");
	}
	lines.push("Cells that cannot be:", "");
	for (const [index, reason] of reasons.entries()) lines.push(index + 1 + ". " + reason);
	lines.push("", "### What is kept", "", "| wait | when a task has given up |", "| --- | --- |");
	for (const [name, keeps] of waits) lines.push("| `" + name + "` | " + keeps + " |");
	return lines.join("\n") + "\n";
}

/** The tables, read back. */
export function readTables(text: string): Run {
	const reasons = [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, , reason]) => reason);
	const cells: Cell[] = [];
	const waits: [string, string][] = [];
	let action = "";
	for (const line of text.split("\n")) {
		if (line.startsWith("### ")) action = line.slice(4);
		const row = /^\| `([^`]+)` \| (.+) \|$/.exec(line);
		if (row === null) continue;
		const fields = row[2].split(" | ");
		if (fields.length === 1) waits.push([row[1], fields[0]]);
		else
			for (const [index, field] of fields.entries()) {
				const outcome = field.startsWith(NOT) ? IMPOSSIBLE + reasons[Number(field.slice(NOT.length)) - 1] : field;
				cells.push({ wait: row[1], state: STATES[index], action, outcome });
			}
	}
	return { waits, cells };
}
