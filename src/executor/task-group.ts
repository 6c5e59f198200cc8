/**
 * A group of tasks that end together: what other languages call a nursery or a scope of structured concurrency.
 *
 * ```ts
 * const group = new TaskGroup(4); // at start-up
 *
 * const serve = task(async () => {
 * 	await using children = group; // leaving the block, in whatever way, cancels them and waits for their ends
 * 	children.spawn(receive());
 * 	children.spawn(blink());
 * 	await children.join(); // until all have ended; throws what the first that failed threw
 * });
 * ```
 *
 * Model. A group has a fixed number of handles, one for each child that lives; a child is in the group that its handle belongs to, so it
 * is in one at most, and nothing is kept for tasks that are in none. A handle is free again when its child has ended; the one that
 * has been free longest is used first.
 *
 * A child that throws: the first exception is kept, and by `onFailure` the others are asked to stop ("stop", the default),
 * cancelled ("cancel") or left alone ("continue"). Every join and close throws what was kept, until a child is spawned into the group
 * when it is empty. Further exceptions, and one that nobody has asked for by then, are put on the console: none is lost.
 *
 * While children are being cancelled the group takes no new ones; while they have been asked to stop, new ones start with the request. Both
 * end when the group is empty. Task context. O(1), what is asked of all children O(size).
 */
import { reportFailure } from "#hal";
import { PENDING, type Poll, READY } from "../status.ts";
import { cancel } from "./cancel.ts";
import { JoinHandle } from "./join-handle.ts";
import { release } from "./poll-task.ts";
import { spawnWith } from "./spawn.ts";
import { requestStop } from "./stop.ts";
import { CANCEL_ASKED, STATE, states } from "./table.ts";
import { isCurrent, slotOf, type TaskId, type Token } from "./task-id.ts";
import { createWaitList, delist, enlist, type WaitList, wakeAll } from "./wait-list.ts";
import { Waiter } from "./waiter.ts";

/** How a group is made. */
export interface TaskGroupOptions {
	/** For messages; default "group". */
	name?: string;
	/** What happens to the others when a child throws. */
	onFailure?: "stop" | "cancel" | "continue";
}

/** The handle of a child. */
class Child extends JoinHandle<unknown> {
	/** The next handle that is free. */
	nextFree: Child | undefined = undefined;
	private readonly group: TaskGroup;

	constructor(group: TaskGroup) {
		super();
		this.group = group;
		this.silent = true; // the group says what becomes of an exception
	}

	override settle(status: number, outcome: unknown): void {
		super.settle(status, outcome);
		this.group.childEnded(this);
	}
}

const OPEN = 0;
const STOPPING = 1;
const CANCELLING = 2;

/** Made at start-up; used again and again. */
export class TaskGroup {
	readonly name: string;
	readonly size: number;
	/** How many children live. */
	count = 0;
	/** A child has thrown `failure`. */
	failed = false;
	failure: unknown = undefined;
	readonly waiting: WaitList = createWaitList();
	private readonly children: Child[] = [];
	private firstFree: Child | undefined;
	private lastFree: Child | undefined;
	private readonly onFailure: "stop" | "cancel" | "continue";
	private state = OPEN;
	/** Somebody has had the failure thrown to them. */
	private told = false;

	/** INIT. `size`: how many children may live at once. */
	constructor(size: number, options: TaskGroupOptions = {}) {
		this.name = options.name ?? "group";
		this.onFailure = options.onFailure ?? "stop";
		if (!(size >= 1 && size <= 0xffff) || Math.floor(size) !== size)
			throw new RangeError('TaskGroup "' + this.name + '": size must be a whole number from 1 to 65535, got ' + size);
		if (this.onFailure !== "stop" && this.onFailure !== "cancel" && this.onFailure !== "continue")
			throw new RangeError(
				'TaskGroup "' + this.name + '": onFailure must be "stop", "cancel" or "continue", got ' + this.onFailure,
			);
		this.size = size;
		for (let i = 0; i < size; i++) {
			const child = new Child(this);
			this.children.push(child);
			this.free(child);
		}
	}

	/**
	 * Spawns a child: `group.spawn(work(5))`. Its handle is the group's, and keeps its outcome until it is given to another child. Throws, and
	 * gives the token back: RangeError when the pool is used up or `size` children live, TypeError while the group is being cancelled.
	 */
	spawn<T>(token: Token<T>): JoinHandle<T> {
		const child = this.firstFree;
		if (token >= 0 && (child === undefined || this.state === CANCELLING)) {
			release(token);
			if (child === undefined)
				throw new RangeError(
					'TaskGroup "' + this.name + '": all of its ' + this.size + " children are alive; raise its size",
				);
			throw new TypeError(
				'TaskGroup "' + this.name + '": it is being cancelled; await close() before it is used again',
			);
		}
		spawnWith(token as Token<unknown>, child as Child); // throws for a token that is none: nothing has changed yet
		this.taken(child as Child);
		return child as unknown as JoinHandle<T>;
	}

	/** As spawn, but undefined when the pool is used up, the group is full or is being cancelled. */
	trySpawn<T>(token: Token<T>): JoinHandle<T> | undefined {
		if (token < 0) return undefined;
		if (this.firstFree === undefined || this.state === CANCELLING) {
			release(token);
			return undefined;
		}
		return this.spawn(token);
	}

	private taken(child: Child): void {
		this.firstFree = child.nextFree;
		if (this.firstFree === undefined) this.lastFree = undefined;
		child.nextFree = undefined;
		if (this.count++ === 0) this.forget();
		if (this.state === STOPPING) requestStop(child.id);
	}

	/** Asks all children to stop of their own accord. */
	requestStop(): void {
		if (this.count === 0) return;
		if (this.state === OPEN) this.state = STOPPING;
		for (let i = 0; i < this.size; i++) requestStop(this.children[i].id);
	}

	/** Cancels all children; each is unwound in its next turn. */
	cancel(): void {
		if (this.count === 0) return;
		this.state = CANCELLING;
		for (let i = 0; i < this.size; i++) cancel(this.children[i].id);
	}

	/**
	 * Waits until no child is left; throws what the first that failed threw. When the task that waits is cancelled, so are the children; a
	 * wait that is given up otherwise (select, withTimeout) leaves them alone. In a child of the group it throws TypeError.
	 */
	join(): GroupJoin {
		return new GroupJoin().start(this);
	}

	/** Cancels all children and waits until they have ended; throws as join does. */
	close(): GroupJoin {
		return new GroupJoin().startClosing(this);
	}

	/** Leaving a `using` block cancels all children, without waiting. */
	[Symbol.dispose](): void {
		this.cancel();
		if (this.count === 0) this.forget();
	}

	/** Leaving an `await using` block is `close`. */
	[Symbol.asyncDispose](): GroupJoin {
		return new GroupJoin().startClosing(this);
	}

	/** True for the id of one of its living children. */
	has(id: TaskId): boolean {
		for (let i = 0; i < this.size; i++) if (this.children[i].id === id) return isCurrent(id);
		return false;
	}

	/** The failure as a join throws it. */
	rethrow(): void {
		if (!this.failed) return;
		this.told = true;
		throw this.failure;
	}

	/** The executor reports a child's end, by its handle. */
	childEnded(child: Child): void {
		this.free(child);
		this.count--;
		if (child.failed) this.childFailed(child.outcome);
		if (this.count > 0) return;
		this.state = OPEN;
		wakeAll(this.waiting);
	}

	private childFailed(error: unknown): void {
		if (this.failed) {
			reportFailure(this.name, error);
			return;
		}
		this.failed = true;
		this.failure = error;
		this.told = false;
		if (this.onFailure === "stop") this.requestStop();
		else if (this.onFailure === "cancel") this.cancel();
	}

	/** A failure that nobody has asked for goes to the console. */
	private forget(): void {
		if (!this.failed) return;
		const error = this.failure;
		this.failed = false;
		this.failure = undefined;
		if (!this.told) reportFailure(this.name, error);
	}

	private free(child: Child): void {
		if (this.lastFree === undefined) this.firstFree = child;
		else this.lastFree.nextFree = child;
		this.lastFree = child;
	}
}

/** The wait for the end of all children. */
export class GroupJoin extends Waiter<void> {
	private group: TaskGroup | undefined = undefined;
	private closing = false;

	/** Chooses the group; returns itself, to be awaited. */
	start(group: TaskGroup): this {
		delist(this);
		this.waker = -1;
		this.group = group;
		this.closing = false;
		return this;
	}

	/** Its first poll cancels the children. */
	startClosing(group: TaskGroup): this {
		this.start(group);
		this.closing = true;
		return this;
	}

	poll(waker: TaskId): Poll {
		const group = this.group as TaskGroup;
		if (this.waker < 0 && group.has(waker))
			throw new TypeError('TaskGroup "' + group.name + '": a child cannot wait for the end of its own group');
		if (this.closing) {
			this.closing = false;
			group.cancel();
		}
		if (group.count === 0) {
			this.waker = -1;
			delist(this);
			return READY;
		}
		enlist(group.waiting, this, waker);
		return PENDING;
	}

	/** Throws what the first child that failed threw. */
	take(): void {
		this.group?.rethrow();
	}

	fails(): boolean {
		return this.group?.failed === true;
	}

	/** Given up because its task is cancelled: the children are, too. */
	override drop(): void {
		const waker = this.waker;
		this.waker = -1;
		delist(this);
		if (waker >= 0 && isCurrent(waker) && (states[slotOf(waker)] & STATE) >= CANCEL_ASKED) this.group?.cancel();
	}
}
