/** `stator top`: the tasks and pools of a running device, as its SMP server tells them (OS group: task statistics, memory pools). */
import { bold } from "../report.ts";
import { type SmpClient, SmpError } from "./client.ts";

const OS = 0;
const TASKS = 2;
const POOLS = 3;
const STATISTICS = 2;
const DATA = 0;
const WORD_BYTES = 4;

const LEVELS = ["high", "normal", "low"];
/** As the server numbers them (stator/smp, TASK_READY and those after it). */
const STATES: Record<number, string> = { 1: "ready", 2: "waiting", 3: "ending" };

export interface TaskFigures {
	name: string;
	slot: number;
	state: string;
	priority: string;
	polls: number;
	cycles: number;
	stackBytes: number;
	stackUsedBytes: number;
}

export interface PoolFigures {
	name: string;
	/** 0: nobody counts them. */
	blockBytes: number;
	blocks: number;
	free: number;
	least: number;
}

export interface Sample {
	atMs: number;
	tasks: TaskFigures[];
	pools: PoolFigures[];
	/** Where the program has the statistics group with the executor's own. */
	cyclesPerSecond: number | undefined;
}

const number = (value: unknown): number => (typeof value === "number" ? value : Number(value ?? 0));

/** Asks for all of it. */
export async function sample(client: SmpClient): Promise<Sample> {
	const { tasks } = (await client.read(OS, TASKS)) as { tasks?: Record<string, Record<string, unknown>> };
	const answered = (await client.read(OS, POOLS).catch(whenRefused)) as Record<string, unknown> | undefined;
	const executor = (await client.read(STATISTICS, DATA, { name: "executor" }).catch(whenRefused)) as
		| { fields?: Record<string, unknown> }
		| undefined;
	// Zephyr has the pools beside the reply's own keys, others in a map of theirs.
	const pools = (answered?.mpools ?? answered ?? {}) as Record<string, unknown>;
	const hertz = executor?.fields?.cycles_per_second;
	return {
		atMs: performance.now(),
		tasks: Object.entries(tasks ?? {}).map(([name, task]) => ({
			name,
			slot: number(task.tid),
			state: STATES[number(task.state)] ?? String(task.state),
			priority: LEVELS[number(task.prio)] ?? String(task.prio),
			polls: number(task.cswcnt),
			cycles: number(task.runtime),
			stackBytes: number(task.stksiz) * WORD_BYTES,
			stackUsedBytes: number(task.stkuse) * WORD_BYTES,
		})),
		pools: Object.entries(pools)
			.filter((entry): entry is [string, Record<string, unknown>] => typeof entry[1] === "object" && entry[1] !== null)
			.map(([name, pool]) => ({
				name,
				blockBytes: number(pool.blksize),
				blocks: number(pool.nblks),
				free: number(pool.nfree),
				least: number(pool.min),
			})),
		cyclesPerSecond: hertz === undefined ? undefined : number(hertz),
	};
}

/** A group that the program has not: nothing to show. */
function whenRefused(error: unknown): undefined {
	if (error instanceof SmpError) return undefined;
	throw error;
}

const percent = (part: number, of: number): string => (of > 0 ? ((100 * part) / of).toFixed(1) + " %" : "-");

function table(heads: readonly string[], rows: readonly string[][]): string[] {
	const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i].length)));
	const line = (cells: readonly string[]): string =>
		cells
			.map((cell, i) => (i === 0 || heads[i].startsWith(" ") ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
			.join("  ")
			.trimEnd();
	return [bold(line(heads)), ...rows.map(line)];
}

/**
 * Two samples as tables, the busiest task first. CPU is of all cycles of the processor where the device says how many there are in a second; else a task's share of what all tasks used.
 * Without an earlier sample both are since the start.
 */
export function formatSample(now: Sample, before?: Sample): string {
	const used = (task: TaskFigures): number => {
		const earlier = before?.tasks.find(
			({ name, slot, cycles }) => name === task.name && slot === task.slot && cycles <= task.cycles,
		);
		return task.cycles - (earlier?.cycles ?? 0);
	};
	const seconds = before === undefined ? undefined : (now.atMs - before.atMs) / 1000;
	const known = now.cyclesPerSecond !== undefined && seconds !== undefined;
	const all = known
		? (now.cyclesPerSecond as number) * (seconds as number)
		: now.tasks.reduce((sum, task) => sum + used(task), 0);
	const rows = [...now.tasks]
		.sort((a, b) => used(b) - used(a) || a.slot - b.slot)
		.map((task) => [
			task.name,
			String(task.slot),
			task.state,
			task.priority,
			String(task.polls),
			String(task.cycles),
			percent(used(task), all),
		]);
	const lines = table(["task", "slot", " state", " priority", "polls", "cycles", known ? "cpu" : "share"], rows);
	const stack = now.tasks.find(({ stackBytes }) => stackBytes > 0);
	if (stack !== undefined)
		lines.push("", "C stack, all tasks: " + stack.stackUsedBytes + " of " + stack.stackBytes + " bytes at most so far");
	if (now.pools.length > 0) {
		const pools = now.pools.map(({ name, blockBytes, blocks, free, least }) => [
			name,
			String(blockBytes || "-"),
			String(blocks),
			String(blocks - free),
			String(blocks - least),
		]);
		lines.push("", ...table(["pool", "bytes each", "blocks", "used", "most"], pools));
	}
	return lines.join("\n");
}
