/**
 * A bounded channel that gives out the most urgent value first; values of one priority leave in the order in which they
 * came. A binary heap over three arrays that are made once. (The PriorityChannel of embassy-sync.)
 *
 * Task context. Sending and receiving cost O(log capacity) steps of a few array reads besides the wake.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll, wakeFirst } from "../executor/wait-list.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";
import { checkedCapacity } from "./capacity.ts";
import { Receive } from "./receive.ts";
import { type Sendable, Sending } from "./sending.ts";

/**
 * A bounded channel that gives out the most urgent value first, equals in the order in which they came. Made at start-up; task
 * context. Sending and receiving are O(log capacity).
 */
export class PriorityChannel<T, End extends undefined = never> extends Stream<T> {
	readonly capacity: number;
	/** How many values are in it. */
	length = 0;
	closed = false;
	readonly receivers = createWaitList();
	readonly senders = createWaitList();
	/** See Receivable. */
	declare readonly ends?: (end: End) => void;
	private readonly values: (T | undefined)[] = [];
	private readonly priorities: number[] = [];
	/** When each came: breaks ties. */
	private readonly arrivals: number[] = [];
	private arrival = 0;

	/** INIT. Throws RangeError unless the capacity is a whole number from 1. */
	constructor(capacity: number) {
		super();
		this.capacity = checkedCapacity(capacity, "PriorityChannel: the capacity");
		for (let i = 0; i < capacity; i++) {
			this.values.push(undefined);
			this.priorities.push(0);
			this.arrivals.push(0);
		}
	}

	/** Puts a value in; the lower the number, the sooner it leaves (0 before 1). False when the channel is full or closed. */
	trySend(value: T, priority: number): boolean {
		if (this.length === this.capacity || this.closed) return false;
		this.sink(this.length, value, priority, this.arrival);
		this.arrival = (this.arrival + 1) | 0;
		this.length++;
		if (this.receivers.first !== undefined) wakeFirst(this.receivers);
		return true;
	}

	/** Takes the most urgent value out; undefined when the channel is empty. */
	tryReceive(): T | undefined {
		const { values, priorities, arrivals } = this;
		if (this.length === 0) return undefined;
		const value = values[0];
		const last = this.length - 1;
		this.length = last;
		if (last > 0) this.raise(values[last] as T, priorities[last], arrivals[last]);
		values[last] = undefined;
		if (this.senders.first !== undefined) wakeFirst(this.senders);
		return value;
	}

	/** Takes a value back that was received and not used: it leaves next. False when senders have filled the channel meanwhile. */
	putBack(value: T): boolean {
		const { length, priorities, arrivals } = this;
		if (length === this.capacity) return false;
		// Before what is first now: as urgent, and earlier.
		if (length === 0) this.put(0, value, 0, (this.arrival - 1) | 0);
		else this.sink(length, value, priorities[0], (arrivals[0] - 1) | 0);
		this.length = length + 1;
		if (this.receivers.first !== undefined) wakeFirst(this.receivers);
		return true;
	}

	/** The most urgent value, which stays; undefined when the channel is empty. */
	peek(): T | undefined {
		return this.length === 0 ? undefined : this.values[0];
	}

	/** Waits for a value. */
	receive(): Receive<T, End> {
		return new Receive<T, End>().start(this);
	}

	/** Waits for room and puts the value in; yields false when the channel was closed instead. */
	send(value: T, priority: number): PrioritySend<T> {
		return new PrioritySend<T>().start(this, value, priority);
	}

	/** Ends the channel: whoever waits at it, or comes later, is told so; what is in it can still be received. */
	close(this: PriorityChannel<T, undefined>): void {
		this.closed = true;
		wakeAll(this.receivers);
		wakeAll(this.senders);
	}

	/** True when what is at `at` leaves before the other. Arrivals wrap: they are compared by difference. */
	private before(at: number, priority: number, arrival: number): boolean {
		const own = this.priorities[at];
		return own < priority || (own === priority && ((this.arrivals[at] - arrival) | 0) < 0);
	}

	private put(at: number, value: T, priority: number, arrival: number): void {
		this.values[at] = value;
		this.priorities[at] = priority;
		this.arrivals[at] = arrival;
	}

	private move(from: number, to: number): void {
		this.put(to, this.values[from] as T, this.priorities[from], this.arrivals[from]);
	}

	/** Places something that came in at the end of the heap where it belongs. */
	private sink(end: number, value: T, priority: number, arrival: number): void {
		let at = end;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (this.before(parent, priority, arrival)) break;
			this.move(parent, at);
			at = parent;
		}
		this.put(at, value, priority, arrival);
	}

	/** Places something that replaces the top where it belongs. */
	private raise(value: T, priority: number, arrival: number): void {
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= this.length) break;
			if (child + 1 < this.length && this.before(child + 1, this.priorities[child], this.arrivals[child])) child++;
			if (!this.before(child, priority, arrival)) break;
			this.move(child, at);
			at = child;
		}
		this.put(at, value, priority, arrival);
	}
}

/** What is sent to, whether it can end or not. */
interface PrioritySink<T> extends Sendable {
	trySend(value: T, priority: number): boolean;
}

/** The wait for room in a priority channel. */
export class PrioritySend<T> extends Sending<T, PrioritySink<T>> {
	private urgency = 0;

	/** Chooses the channel, the value and its priority (0 leaves first); returns itself, to be awaited. */
	start(channel: PrioritySink<T>, value: T, priority: number): this {
		delist(this);
		this.channel = channel;
		this.value = value;
		this.urgency = priority;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as PrioritySink<T>;
		this.sent = channel.trySend(this.value as T, this.urgency);
		if (!this.sent && !channel.closed) {
			enlist(channel.senders, this, waker);
			return PENDING;
		}
		delist(this);
		this.value = undefined;
		if (channel.length < channel.capacity && channel.senders.first !== undefined) wakeFirst(channel.senders);
		return READY;
	}
}
