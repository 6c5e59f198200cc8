/**
 * The machines of a program: that in thread mode, the levels of the manifest, and one for each vector of
 * `run([[vector, actor], …])`. levelsSource writes levels.c, the table that native/xs/machine.h describes.
 */
import { existsSync, readFileSync } from "node:fs";
import type { App, Level, LevelSettings, Policy } from "./app.ts";
import { path } from "./paths.ts";
import { UserError } from "./report.ts";
import type { Target } from "./targets.ts";

const defaults: Required<LevelSettings> = {
	heapBytes: 12288,
	poolBytes: 1280,
	stackSlots: 96,
	spareKeys: 8,
	cStackBytes: 1024,
};
/** A host's slots are twice as large, and memory is no concern. */
const hostDefaults: Required<LevelSettings> = {
	heapBytes: 1 << 20,
	poolBytes: 1 << 16,
	stackSlots: 4096,
	spareKeys: 64,
	cStackBytes: 1 << 16,
};

/** A thread is as main's machine (native/linux/platform.cmake); pages that nobody touches cost nothing. */
const threadDefaults: Required<LevelSettings> = {
	heapBytes: 1 << 28,
	poolBytes: 1 << 20,
	stackSlots: 4096,
	spareKeys: 1024,
	cStackBytes: 8 << 20,
};

/** How executors on threads do I/O (src/threads/run.ts), in the order of native/linux/io-settings.h; the first, unless told. */
export const THREAD_IO = ["ring-per-thread", "completion-thread", "none"] as const;
export type ThreadIo = (typeof THREAD_IO)[number];

export interface Threads {
	count: number;
	io: ThreadIo;
}

/** What the chip of a board calls its vectors: the table in native/cortex-m/chips/<chip>/names.c. */
export function vectorNames(target: Target): Record<string, number> {
	const board = path("native/cortex-m/boards", target.name, "board.cmake");
	if (!existsSync(board)) return {};
	const chip = /STATOR_CHIP\s+(\w+)/.exec(readFileSync(board, "utf8"))?.[1] ?? "";
	const file = path("native/cortex-m/chips", chip, "names.c");
	const table = existsSync(file) ? (/names\[\] = \{([^}]*)\}/.exec(readFileSync(file, "utf8"))?.[1] ?? "") : "";
	return Object.fromEntries([...table.matchAll(/"(\w+)"|\b0\b/g)].map(([, name], number) => [name ?? "", number]));
}

function vectorOf(level: Level, target: Target): number {
	if (typeof level.vector === "number") return level.vector;
	const names = vectorNames(target);
	const number = names[level.vector];
	if (number !== undefined) return number;
	// One of those that no signal stands behind.
	if (target.platform === "linux")
		return 32 + [...level.vector].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 32, 0);
	throw new UserError(
		"level " + level.name + ": " + target.name + ' has no vector named "' + level.vector + '"',
		"names: " + Object.keys(names).join(", ") + "; or give its number",
	);
}

/** Which machines run their tasks with interrupts masked: that in thread mode, the levels, the actors. */
function masking(app: App, actorVectors: number): boolean[] {
	return [
		app.settings.maskWhilePolling === true,
		...(app.levels ?? []).map((level) => level.maskWhilePolling === true),
		...Array<boolean>(actorVectors).fill(app.settings.actors?.maskWhilePolling === true),
	];
}

/** Whether masked-poll.c is to be linked: some executor of the program asks for it. */
export function masksPolls(app: App): boolean {
	const { settings, levels = [] } = app;
	return (
		settings.maskWhilePolling === true ||
		settings.actors?.maskWhilePolling === true ||
		levels.some((level) => level.maskWhilePolling === true)
	);
}

/** What the levels take of the C stack, on top of what main takes: each may preempt the next. */
export function levelStackBytes(app: App, target: Target, actorVectors: number): number {
	const own = (settings: LevelSettings | undefined): number => ({ ...sizes(target), ...settings }).cStackBytes;
	const levels = (app.levels ?? []).reduce((sum, { settings }) => sum + own(settings), 0);
	return levels + actorVectors * own(app.settings.actors);
}

/** The policies that the program's executors have, each once. */
export function policiesOf(app: App): Policy[] {
	return [...new Set([app.policy ?? "fair", ...(app.levels ?? []).map((level) => level.policy ?? "fair")])];
}

/** The policy of each machine, when they are not all the same (native/xs/ready-mixed.h). */
function policyTable(app: App, others: number): string {
	const all = policiesOf(app);
	if (all.length === 1) return "";
	const own = app.policy ?? "fair";
	const machines = [own, ...(app.levels ?? []).map((level) => level.policy ?? "fair")];
	for (let i = 0; i < others; i++) machines.push(own);
	return (
		'\n#include "ready-mixed.h"\n' +
		all.map((name) => "STATOR_POLICY(" + name + ");\n").join("") +
		"const stator_policy *const stator_policies[] = { " +
		machines.map((name) => "&stator_" + name + "_policy").join(", ") +
		" };\n"
	);
}

/**
 * The C text of levels.c. `actorVectors`: how many machines `run([[vector, actor], …])` starts; `threads`: those of stator/threads, undefined when the
 * program has nothing of it.
 */
export function levelsSource(app: App, target: Target, actorVectors: number, threads: Threads | undefined): string {
	const levels = app.levels ?? [];
	const seen = new Map<number, string>();
	const rows = levels.map((level) => {
		const vector = vectorOf(level, target);
		const other = seen.get(vector);
		if (other !== undefined)
			throw new UserError("levels " + other + " and " + level.name + " have the same vector, " + level.vector);
		seen.set(vector, level.name);
		return row(level.name, vector, level.priority, { ...sizes(target), ...level.settings });
	});
	for (let i = 1; i <= actorVectors; i++)
		rows.push(row("actors " + i, -1, 0, { ...sizes(target), ...app.settings.actors }));
	const some = rows.length > 0;
	for (let i = 1; i <= (threads?.count ?? 0); i++)
		rows.push(row("thread " + i, -1, 0, { ...threadDefaults, ...app.settings.threads }));
	const others = actorVectors + (threads?.count ?? 0);
	const hook = (level: string, thread: string): string => (threads !== undefined ? thread : some ? level : "0");
	return (
		'/* Made by stator build: the machines of the program. */\n#include "' +
		(some ? "levels.h" : "machine.h") +
		'"\n' +
		(threads === undefined ? "" : threadsSource(threads)) +
		(masksPolls(app)
			? masksSource([...masking(app, actorVectors), ...Array<boolean>(threads?.count ?? 0).fill(false)])
			: "") +
		"\nconst stator_place stator_places[] = {\n" +
		[row("main", -1, 0, { heapBytes: 0, poolBytes: 0, stackSlots: 0, spareKeys: 0, cStackBytes: 0 }), ...rows].join(
			"",
		) +
		"};\nconst uint32_t stator_machine_count = " +
		(rows.length + 1) +
		";\nstator_machine stator_machines[" +
		(rows.length + 1) +
		"];\nvoid (*const stator_boot_levels)(void) = " +
		(some ? "stator_levels_boot" : "0") +
		";\nvoid (*const stator_levels_end)(void) = " +
		hook("stator_levels_close", "stator_threads_close") +
		";\nvoid (*const stator_levels_summary)(void) = " +
		hook("stator_levels_print", "stator_threads_print") +
		";\n" +
		policyTable(app, others)
	);
}

function threadsSource({ count, io }: Threads): string {
	return (
		'#include "io-settings.h"\n#include "threads.h"\n\nconst uint32_t stator_thread_count = ' +
		count +
		";\nconst uint32_t stator_thread_io = " +
		THREAD_IO.indexOf(io) +
		";\n"
	);
}

/** The table that native/xs/masked-poll.h describes. */
function masksSource(masks: boolean[]): string {
	return (
		'#include "masked-poll.h"\n\nstator_poll_mask stator_poll_masks[] = { ' +
		masks.map((on) => "{ .masks = " + on + " }").join(", ") +
		" };\n"
	);
}

function sizes(target: Target): Required<LevelSettings> {
	return target.platform === "linux" ? hostDefaults : defaults;
}

function row(name: string, vector: number, priority: number, s: Required<LevelSettings>): string {
	const numbers = [vector, priority, s.heapBytes, s.poolBytes, s.stackSlots, s.spareKeys, s.cStackBytes];
	return "\t{ " + JSON.stringify(name) + ", " + numbers.join(", ") + " },\n";
}
