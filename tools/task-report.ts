/**
 * `stator build --report`: what became of each task, what it takes, what the machine must be, what was proven and what may
 * allocate. `buildReport` is all of it as data (`--json`), `formatReport` as text.
 *
 * Bytes of tasks are measured, not computed: what the heap had more of when a task's frames had been made at start-up, with
 * its share of the executor's tables (native/xs/probe.c). Tasks written by hand (`pollTask`) are among them.
 */
import type { QueueReport, TaskReport } from "../compiler/index.ts";
import type { Settings } from "./app.ts";
import type { Built } from "./build.ts";
import { type BlockShares, blockShares, type Creation, creationOf, type PoolBytes } from "./creation.ts";
import { formatReasons, type Reason, reasonsOf } from "./creation-why.ts";
import { blockBytes, formatMap, readShares, type Share } from "./map.ts";
import { bold } from "./report.ts";

/** A pool's task: what the compiler made of it, where it did, and what it takes, where it was measured. */
export interface TaskShare extends Partial<TaskReport> {
	name: string;
	pool: number;
	bytesPool?: number;
	bytesInstance?: number;
}

export interface Report {
	target: string;
	image: string;
	tasks: TaskShare[];
	/** Task slots of the whole program: counted. */
	slots: number;
	timers: number | undefined;
	queues: QueueReport[];
	proof: { functions: number; throwSites: number; allowed: object[] } | undefined;
	/** Where start-up was measured, or why not. */
	measured: string;
	settings: Settings;
	/** Settings that the manifest gives. */
	given: string[];
	creation: Creation;
	/** What each size of it is made of. */
	why: Reason[];
	memory: { shares: Share[]; block: number | undefined; machine: BlockShares | undefined };
}

/** Joins the compiler's tasks with the pools that the probe saw: by name, those of one name in their order. */
function joinTasks(tasks: readonly TaskReport[], pools: readonly PoolBytes[] | undefined): TaskShare[] {
	if (pools === undefined) return [...tasks];
	const rest = [...tasks];
	const joined: TaskShare[] = [];
	for (const { name, slots, bytes } of pools) {
		const at = rest.findIndex((task) => task.name.slice(0, 59) === name);
		const measured = { bytesPool: bytes, bytesInstance: Math.round(bytes / slots) };
		joined.push({ ...(at < 0 ? { name } : rest.splice(at, 1)[0]), pool: slots, ...measured });
	}
	return [...joined, ...rest];
}

export function buildReport(built: Built): Report {
	const { target, image, report, proof, machine, app } = built;
	const { measured } = machine;
	const tasks = joinTasks(report.tasks, measured?.pools);
	return {
		target: target.name,
		image,
		tasks,
		slots: tasks.reduce((sum, { pool }) => sum + pool, 0),
		timers: measured?.numbers.timers,
		queues: report.queues,
		proof: proof && { functions: proof.reachable, throwSites: proof.throwSites, allowed: proof.allowed },
		measured: measured === undefined ? "not measured: " + machine.reason : "measured on " + measured.board,
		settings: { ...machine.computed, ...app.settings },
		given: Object.keys(app.settings),
		creation: creationOf(machine, app.settings),
		why: reasonsOf(machine, app.settings),
		memory: {
			shares: readShares(built),
			block: blockBytes(built),
			machine: blockShares(machine, app.settings),
		},
	};
}

const COLUMNS = ["pool", "priority", "form", "states", "variables", "waits", "depth", "bytes each", "bytes all"];

function row(name: string, cells: readonly (string | number)[]): string {
	return name.padEnd(18) + cells.map((cell) => String(cell).padStart(11)).join("");
}

function formatTasks(tasks: readonly TaskShare[]): string[] {
	const lines = [bold(row("task", COLUMNS))];
	for (const task of tasks) {
		const { name, pool, priority, form, states, variables, leaves, embeddedDepth, bytesInstance, bytesPool } = task;
		const compiled = [priority, form ?? "by hand", states, variables?.length, leaves?.length, embeddedDepth];
		const cells = [pool, ...compiled, bytesInstance, bytesPool].map((cell) => cell ?? "-");
		lines.push(row(name, cells) + (task.file === undefined ? "" : "  " + task.file + ":" + task.line));
		if (task.formReason !== undefined) lines.push("  " + task.form + " is " + task.formReason);
		if (task.embedded !== undefined && task.embedded.length > 0) lines.push("  embeds " + task.embedded.join(", "));
	}
	return lines;
}

function formatSettings({ why, measured, creation }: Report): string[] {
	return [formatReasons(why, measured), "creation: " + JSON.stringify(creation)];
}

export function formatReport(built: Built): string {
	const report = buildReport(built);
	const lines = formatTasks(report.tasks);
	lines.push("task slots, counted: " + report.slots);
	lines.push("timers: " + (report.timers ?? "not measured"));
	lines.push("queues: " + report.queues.length);
	for (const { kind, name, capacity, file, line, column } of report.queues)
		lines.push(
			"  " +
				kind +
				(capacity === undefined ? "" : "(" + capacity + ")") +
				" " +
				name +
				"  " +
				file +
				":" +
				line +
				":" +
				column,
		);
	if (report.proof === undefined) lines.push("no proof was asked for");
	else {
		const { functions, throwSites } = report.proof;
		lines.push(
			"proven: " +
				functions +
				" functions run after start-up, none allocates; " +
				throwSites +
				" places allocate only to throw",
		);
	}
	const allowed = built.proof?.allowed ?? [];
	if (allowed.length > 0) lines.push("allowed to allocate: " + allowed.length);
	for (const { function: name, file, line, reason } of allowed)
		lines.push("  " + name + "  " + file + ":" + line + "  " + reason);
	return [...lines, "", ...formatSettings(report), "", formatMap(built)].join("\n");
}
