/**
 * What the table of cancellations is made of: a wait of the library, as the driver sees it, and what the tasks under test tell
 * it. Every task has the same shape, so that one driver (driver.ts) can bring any of them into any state:
 *
 * ```ts
 * const waiting = task({ pool: 2 }, async (who: number, how: number) => {
 * 	try {
 * 		try {
 * 			began(who);                                       // "polling itself": the action falls into this turn
 * 			const got = how === PLAIN ? await … : how === LIMITED ? await withDeadline(…, limit.at) : await abortable(…);
 * 			return outcome(got, expected);
 * 		} finally {
 * 			await lastTurn(who);                              // "finishing" and "cleaning up": it waits here
 * 		}
 * 	} finally {
 * 		left(who);                                          // must come, whatever happened inside; gives back what is held
 * 	}
 * });
 * ```
 */
import { JoinHandle, Signal, STOPPED, type Task, TIMEOUT } from "stator";

/** Who runs: the task that the action is for, or one that uses the wait beside or after it. */
export const SUBJECT = 0;
export const RIVAL = 1;

/** How it waits: as it is, with a deadline, with a look at requests to stop. */
export const PLAIN = 0;
export const LIMITED = 1;
export const ABORTABLE = 2;

/** What a task ends with. */
export const VALUE = 1;
export const TIMED_OUT = 2;
export const ASKED_TO_STOP = 3;

/** Longer than any stall of a host where time is real; driver.ts moves the clock. */
export const LIMIT_MS = 60_000;
/** What sleeps take here: longer than every limit. */
export const SLEEP_MS = 600_000;

/** The deadline of the present cell. */
export const limit = { at: 0 };

export const subjectHandle = new JoinHandle<number>();
export const rivalHandle = new JoinHandle<number>();

/** What the task under test has told. */
export const seen = { begun: 0, cleanedUp: 0, left: 0, values: 0 };

/** What the driver wants of it. */
export const wanted = {
	/** It waits in its `finally`. */
	holdsLastTurn: false,
	/** Called in its first turn, before its wait. */
	inFirstTurn: (): void => {},
};

/** Lets it go on from there. */
export const lastTurnOver = new Signal<void>();

/** It runs. */
export function began(who: number): void {
	if (who !== SUBJECT) return;
	seen.begun++;
	wanted.inFirstTurn();
}

/** The clean-up of its inner `finally`. */
export async function lastTurn(who: number): Promise<void> {
	if (who !== SUBJECT) return;
	if (wanted.holdsLastTurn) await lastTurnOver.wait();
	seen.cleanedUp++;
}

/** Its outer `finally`. */
export function left(who: number): void {
	if (who === SUBJECT) seen.left++;
}

/** What its wait has yielded. A value that is not the one that was sent is an error. */
export function outcome(who: number, got: unknown, expected?: unknown): number {
	if (got === TIMEOUT) return TIMED_OUT;
	if (got === STOPPED) return ASKED_TO_STOP;
	if (got !== expected) throw new Error("the wait yields " + String(got) + ", expected " + String(expected));
	if (who === SUBJECT) seen.values++;
	return VALUE;
}

/** One row of the table. */
export interface Wait {
	readonly name: string;
	/** What holds when a task has given up: what `lost` looks at, in words. */
	readonly keeps: string;
	readonly task: Task<[who: number, how: number], number>;
	/**
	 * A second task that waits there: gets in when the first gives up or is through ("next"), gets what the first gets ("all"), or has to
	 * wait elsewhere until the first is gone ("after").
	 */
	readonly rival: "next" | "all" | "after";
	/** Makes it so that who comes has to wait. */
	prepare(): void;
	/** Lets who waits through, from outside: once for each call. */
	complete(): void;
	/** What is wrong in the end: something lost, twice there, or kept. `completed`: how often it was let through; `values`: how many both tasks took. */
	lost(completed: number, values: number): string | undefined;
	/** How many entries its lists have; interrupts are looked at by the driver. */
	waiting(): number;
	/** How many entries a task has that waits; default 1. */
	readonly entriesEach?: number;
	/** How many timers; default 0. */
	readonly timersEach?: number;
	/** It is time that completes it. */
	readonly byTime?: boolean;
	/** Time that the program drives: the clock stands still. */
	readonly byTicks?: boolean;
	/** It never has to wait for anybody: always woken. */
	readonly alwaysWoken?: boolean;
	/** A deadline that has passed leaves one look, and by then it is over. */
	readonly overAtOneLook?: boolean;
	/** It looks at requests to stop by itself. */
	readonly heeds?: boolean;
	/** It is a request to stop that completes it: it is waited for as it is. */
	readonly byRequest?: boolean;
	/** It can be waited for in one way only: why. */
	readonly plainOnly?: string;
	/** Why it cannot be completed on this machine; undefined: it can. */
	endless?(): string | undefined;
}

interface Entry {
	next: unknown;
}

/** The entries of a wait list. */
export function entries(list: { first: unknown }): number {
	let count = 0;
	for (let entry = list.first as Entry | undefined; entry !== undefined; entry = entry.next as Entry | undefined)
		count++;
	return count;
}

/** A difference, as `lost` tells it. */
export function differs(what: string, is: number, expected: number): string | undefined {
	return is === expected ? undefined : what + ": " + is + ", expected " + expected;
}
