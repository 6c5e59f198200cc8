/** The task table and the pools as the OS group shows them. Task context; nothing allocates. */
import {
	isReady,
	MEMORY_CHUNKS,
	MEMORY_CHUNKS_PEAK,
	MEMORY_CHUNKS_USED,
	MEMORY_SLOT_BYTES,
	MEMORY_SLOTS,
	MEMORY_SLOTS_PEAK,
	MEMORY_SLOTS_USED,
	MEMORY_STACK,
	MEMORY_STACK_USED,
	memory,
	polling,
	USAGE_CYCLES,
	USAGE_POLLS,
	usage,
} from "#hal";
import { freeSlots } from "../executor/pool.ts";
import { CANCEL_ASKED, LIVE, levelAt, poolAt, pools, STATE, states } from "../executor/table.ts";
import type { CborWriter } from "./cbor-writer.ts";

/** What `state` of a task is: it is polled, or will be in this round or the next. */
export const TASK_READY = 1;
/** It waits. */
export const TASK_WAITING = 2;
/** It is being cancelled. */
export const TASK_ENDING = 3;

const SLASH = 47;
const WORD_BYTES = 4;

/** Blocks of one size of the program's own, for the OS group's list of pools. */
export interface PoolSource {
	/** Its name in the list. */
	readonly name: string;
	/** Bytes of a block. */
	readonly blockBytes: number;
	/** How many there are. */
	readonly count: number;
	/** How many are free. */
	free(): number;
	/** The fewest that were free; what `free` says when it is not known. */
	least(): number;
}

/** The state that is shown of a slot's task; 0: the slot has none. */
export function taskState(slot: number): number {
	const state = states[slot];
	if (state < 0 || (state & STATE) < LIVE) return 0;
	if ((state & STATE) >= CANCEL_ASKED) return TASK_ENDING;
	return slot === polling() || isReady(slot) ? TASK_READY : TASK_WAITING;
}

/** A task's name as a part of a text: that of its pool, and its number there where the pool has several. */
export function writeTaskName(reply: CborWriter, slot: number): void {
	const pool = poolAt(slot);
	reply.part(pool.name);
	if (pool.size === 1) return;
	reply.code(SLASH);
	reply.digits(slot - pool.base);
}

function entry(reply: CborWriter, key: string, value: number): void {
	reply.text(key);
	reply.integer(value);
}

/** One map for each living task, by its name. */
export function writeTasks(reply: CborWriter): void {
	const stack = Math.floor(memory(MEMORY_STACK) / WORD_BYTES);
	const stackUsed = Math.floor(memory(MEMORY_STACK_USED) / WORD_BYTES);
	reply.map();
	for (let slot = 0; slot < states.length && !reply.full; slot++) {
		const state = taskState(slot);
		if (state === 0) continue;
		reply.beginText();
		writeTaskName(reply, slot);
		reply.endText();
		reply.map();
		entry(reply, "prio", levelAt(slot));
		entry(reply, "tid", slot);
		entry(reply, "state", state);
		entry(reply, "stkuse", stackUsed);
		entry(reply, "stksiz", stack);
		entry(reply, "cswcnt", Math.max(0, usage(slot, USAGE_POLLS)));
		entry(reply, "runtime", Math.max(0, usage(slot, USAGE_CYCLES)));
		entry(reply, "last_checkin", 0);
		entry(reply, "next_checkin", 0);
		reply.close();
	}
	reply.close();
}

function writePool(
	reply: CborWriter,
	bytesKey: string,
	name: string,
	bytes: number,
	count: number,
	free: number,
	least: number,
): void {
	reply.text(name);
	reply.map();
	entry(reply, bytesKey, bytes);
	entry(reply, "nblks", count);
	entry(reply, "nfree", free);
	entry(reply, "min", least);
	reply.close();
}

/**
 * One map for each pool: those of tasks (a block is a slot, of which nobody counts the bytes), the machine's slots and chunks, and
 * the program's own. `bytesKey`: what the bytes of a block are called.
 */
export function writePools(reply: CborWriter, sources: readonly PoolSource[], bytesKey: string): void {
	reply.map();
	const slots = memory(MEMORY_SLOTS);
	writePool(
		reply,
		bytesKey,
		"machine slots",
		memory(MEMORY_SLOT_BYTES),
		slots,
		slots - memory(MEMORY_SLOTS_USED),
		slots - memory(MEMORY_SLOTS_PEAK),
	);
	const chunks = memory(MEMORY_CHUNKS);
	writePool(
		reply,
		bytesKey,
		"machine chunks",
		1,
		chunks,
		chunks - memory(MEMORY_CHUNKS_USED),
		chunks - memory(MEMORY_CHUNKS_PEAK),
	);
	for (let i = 0; i < pools.length; i++) {
		const pool = pools[i];
		const free = freeSlots(pool);
		writePool(reply, bytesKey, pool.name, 0, pool.size, free, pool.least);
	}
	for (let i = 0; i < sources.length; i++) {
		const source = sources[i];
		writePool(reply, bytesKey, source.name, source.blockBytes, source.count, source.free(), source.least());
	}
	reply.close();
}
