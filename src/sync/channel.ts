/**
 * A bounded channel: values from any number of senders to any number of receivers, first in, first out; its ring is made
 * once. Senders and receivers are woken in the order in which they began to wait.
 *
 * A channel that can end is a `Channel<T, undefined>`: after `close` nothing goes in, what is in it can still be taken
 * out, and then each receive yields undefined, which ends a `for await`.
 *
 * Task context. Cost of one value through a channel with a waiting receiver: one wake and one poll besides the calls.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll, wakeFirst } from "../executor/wait-list.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";
import { checkedCapacity } from "./capacity.ts";
import { Receive } from "./receive.ts";
import { type Sendable, Sending } from "./sending.ts";

/**
 * A bounded channel: first in, first out, any number of senders and receivers, served in the order in which they came. Made
 * at start-up; task context. A value to a waiting receiver costs one wake and one poll besides the calls.
 */
export class Channel<T, End extends undefined = never> extends Stream<T> {
	// In this order for native/xs/channel-glue.c.
	readonly capacity: number;
	/** How many values are in it. */
	length = 0;
	closed = false;
	readonly receivers = createWaitList();
	readonly senders = createWaitList();
	/** See Receivable. */
	declare readonly ends?: (end: End) => void;
	private readonly ring: (T | undefined)[] = [];
	private head = 0;

	/** INIT. Throws RangeError unless the capacity is a whole number from 1. */
	constructor(capacity: number) {
		super();
		this.capacity = checkedCapacity(capacity, "Channel: the capacity");
		for (let i = 0; i < capacity; i++) this.ring.push(undefined);
	}

	/** Puts a value in; false when the channel is full or closed: a value, not an exception. */
	trySend(value: T): boolean {
		const length = this.length;
		const capacity = this.capacity;
		if (length === capacity || this.closed) return false;
		let at = this.head + length;
		if (at >= capacity) at -= capacity;
		this.ring[at] = value;
		this.length = length + 1;
		if (this.receivers.first !== undefined) wakeFirst(this.receivers);
		return true;
	}

	/** Takes the oldest value out; undefined when the channel is empty. */
	tryReceive(): T | undefined {
		const length = this.length;
		if (length === 0) return undefined;
		const head = this.head;
		const value = this.ring[head];
		this.ring[head] = undefined;
		this.head = head + 1 === this.capacity ? 0 : head + 1;
		this.length = length - 1;
		if (this.senders.first !== undefined) wakeFirst(this.senders);
		return value;
	}

	/** Takes a value back that was received and not used: it leaves next. False when senders have filled the channel meanwhile. */
	putBack(value: T): boolean {
		const { length, capacity, head } = this;
		if (length === capacity) return false;
		const at = (head === 0 ? capacity : head) - 1;
		this.ring[at] = value;
		this.head = at;
		this.length = length + 1;
		if (this.receivers.first !== undefined) wakeFirst(this.receivers);
		return true;
	}

	/** Waits for a value. Makes an object; where nothing may be allocated, keep a `Receive` and start it. */
	receive(): Receive<T, End> {
		return new Receive<T, End>().start(this);
	}

	/** Waits for room and puts the value in; yields false when the channel was closed instead. */
	send(value: T): Send<T> {
		return new Send<T>().start(this, value);
	}

	/**
	 * Ends the channel: whoever waits at it, or comes later, is told so; what is in it can still be received. Any number of
	 * times. O(waiters).
	 */
	close(this: Channel<T, undefined>): void {
		this.closed = true;
		wakeAll(this.receivers);
		wakeAll(this.senders);
	}
}

/** What is sent to, whether it can end or not. */
interface Sink<T> extends Sendable {
	trySend(value: T): boolean;
}

/** The wait for room in a channel. */
export class Send<T> extends Sending<T, Sink<T>> {
	/** Chooses the channel and the value; a wait under way is given up. */
	start(channel: Sink<T>, value: T): this {
		if (this.list !== undefined) delist(this);
		this.channel = channel;
		this.value = value;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as Sink<T>;
		this.sent = channel.trySend(this.value as T);
		if (!this.sent && !channel.closed) {
			enlist(channel.senders, this, waker);
			return PENDING;
		}
		if (this.list !== undefined) delist(this);
		this.value = undefined;
		if (channel.length < channel.capacity && channel.senders.first !== undefined) wakeFirst(channel.senders);
		return READY;
	}
}
