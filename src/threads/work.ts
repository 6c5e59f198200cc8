/**
 * A piece of work: a shared task with its arguments, to be run by some executor, and what came of it. Made at start-up and used as often as
 * one likes, one time after another (creating is what costs; feature M4). It belongs to the executor that made it; nothing but numbers and
 * bytes goes to the one that runs it.
 *
 * ```ts
 * const work = new Work(square);         // at module level
 * submit(work.set(5));                   // in a task: 0, EBUSY, ECANCELED
 * const result = await work.join();      // 25; CANCELLED; or throws what the task threw, its text
 * ```
 *
 * The states of a handle hold: PENDING while it is under way, then READY, ECANCELED, or failed. Task context.
 */
import {
	ASKED_TO_END,
	ASKED_TO_STOP,
	THREW,
	workArgument,
	workAsk,
	workAttach,
	workFetch,
	workNew,
	workStatus,
	workStore,
	workSubmit,
	workText,
	workValue,
} from "#hal";
import { type Cancelled, JoinHandle } from "../executor/join-handle.ts";
import { LEVELS, type Priority } from "../executor/poll-task.ts";
import { PENDING, READY } from "../status.ts";
import type { SharedTask } from "./shared-task.ts";

/** What a piece of work is made with. */
export interface WorkOptions {
	/** Which work is taken first, and the CPU priority of its task; default: the task's. */
	priority?: Priority;
	/** Room for bytes that go with it, there and back; default none. */
	bytes?: number;
}

/** The id of no task: one of another executor says nothing here. */
const ELSEWHERE = 0x7fffffff;
const BYTES_MAX = 1 << 26;

/** All of this executor's own, by the numbers that it calls them. */
export const mine: Work<number[]>[] = [];

/** A piece of work; a handle, as spawning gives one: `join`, `cancel`, `requestStop`. */
export class Work<A extends number[]> extends JoinHandle<number | undefined> {
	/** Its number among all of the program. */
	readonly number: number;
	readonly task: SharedTask<A>;
	private level: number;

	/** INIT */
	constructor(task: SharedTask<A>, options: WorkOptions = {}) {
		super();
		const { bytes = 0, priority } = options;
		if (!(bytes >= 0 && bytes <= BYTES_MAX) || Math.floor(bytes) !== bytes)
			throw new RangeError(
				'Work of "' + task.name + '": bytes must be a whole number from 0 to ' + BYTES_MAX + ", got " + bytes,
			);
		const level = priority === undefined ? task.level : LEVELS[priority];
		if (level === undefined)
			throw new RangeError('Work of "' + task.name + '": priority must be "high", "normal" or "low", got ' + priority);
		this.task = task;
		this.level = level;
		this.number = workNew(task.number, bytes, mine.length);
		mine.push(this as unknown as Work<number[]>);
	}

	/** Its arguments. Throws TypeError while it is under way. Allocates nothing. */
	set<B extends A>(...args: B): this;
	set(a?: number, b?: number, c?: number, d?: number, e?: number, f?: number): this {
		this.argument(0, a);
		this.argument(1, b);
		this.argument(2, c);
		this.argument(3, d);
		this.argument(4, e);
		this.argument(5, f);
		return this;
	}

	private argument(index: number, value: number | undefined): void {
		if (value !== undefined && !workArgument(this.number, index, value))
			throw new TypeError("Work: it is under way; join it before it gets other arguments");
	}

	/** Bytes that go with it: how many there was room for. While it is not under way. Allocates nothing. */
	setBytes(from: Uint8Array, offset: number = 0, count: number = from.length): number {
		if (this.status === PENDING) throw new TypeError("Work: it is under way; join it before it gets other bytes");
		return workStore(this.number, from, offset, count);
	}

	/** What its task has written with workOutput: how many bytes there was room for. While it is not under way. Allocates nothing. */
	getBytes(into: Uint8Array, offset: number = 0, count: number = into.length): number {
		if (this.status === PENDING) throw new TypeError("Work: it is under way; join it before its bytes are read");
		return workFetch(this.number, into, offset, count);
	}

	/** To a dispatcher, by its number. */
	submitTo(dispatcher: number): number {
		return this.sent(workSubmit(this.number, dispatcher, this.level));
	}

	/** Into an executor's inbox. */
	attachTo(executor: number): number {
		return this.sent(workAttach(this.number, executor, this.level));
	}

	private sent(status: number): number {
		if (status === 0) {
			this.id = ELSEWHERE;
			this.status = PENDING;
			this.outcome = undefined;
		}
		return status;
	}

	/** It has come back. */
	cameBack(): void {
		const status = workStatus(this.number);
		this.settle(status, status === READY ? workValue(this.number) : undefined);
	}

	override take(): number | undefined | Cancelled {
		if (this.status === THREW)
			throw new Error('task "' + this.task.name + '" on another executor: ' + workText(this.number));
		return super.take();
	}

	/** Its task's name. */
	override get name(): string {
		return this.task.name;
	}

	/** The CPU priority level, 0 (high) to 2 (low), from its next submission on. */
	override get priority(): number {
		return this.level;
	}

	override set priority(to: number | undefined) {
		if (to !== 0 && to !== 1 && to !== 2) throw new RangeError("priority must be 0 (high), 1 or 2 (low), got " + to);
		this.level = to;
	}

	/** What another executor's task uses, that executor counts (threadStats). */
	override get cycles(): undefined {
		return undefined;
	}

	/** Asks for its end: what has not begun is over at once, a task is unwound in its next turn. ESRCH: it is not under way. */
	override cancel(): number {
		return workAsk(this.number, ASKED_TO_END);
	}

	/** Asks its task to stop of its own accord, as JoinHandle.requestStop does. ESRCH: it is not under way. */
	override requestStop(): number {
		return workAsk(this.number, ASKED_TO_STOP);
	}
}

/** Puts work into the inbox of one executor (0: the main thread's). 0; EBUSY: it is under way; ECANCELED: the executor has ended; ESRCH: there is none of that number. */
export function attach<A extends number[]>(work: Work<A>, executor: number): number {
	return work.attachTo(executor);
}
