/** `stator build --report`: what became of each task, what was proven, what may allocate. */
import type { Built } from "./build.ts";
import { bold } from "./report.ts";

export function formatTaskReport({ report, proof }: Built): string {
	const lines: string[] = [];
	const row = (...cells: (string | number)[]): string =>
		cells.map((cell, i) => (i === 0 ? String(cell).padEnd(18) : String(cell).padStart(10))).join("");
	lines.push(bold(row("task", "pool", "priority", "form", "states", "variables", "leaves", "depth")));
	for (const task of report.tasks) {
		lines.push(
			row(
				task.name,
				task.pool,
				task.priority,
				task.form,
				task.states,
				task.variables.length,
				task.leaves.length,
				task.embeddedDepth,
			) +
				"  " +
				task.file +
				":" +
				task.line,
		);
		if (task.embedded.length > 0) lines.push("  embeds " + task.embedded.join(", "));
	}
	lines.push("task slots, counted: " + report.slots);
	if (proof === undefined) lines.push("no proof was asked for");
	else {
		lines.push(
			"proven: " +
				proof.reachable +
				" functions run after start-up, none allocates; " +
				proof.throwSites +
				" places allocate only to throw",
		);
		if (proof.allowed.length > 0) lines.push("allowed to allocate:");
		for (const { function: name, file, line, reason } of proof.allowed)
			lines.push("  " + name + "  " + file + ":" + line + "  " + reason);
	}
	return lines.join("\n");
}
