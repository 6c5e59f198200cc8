/**
 * A bounded channel: values from any number of senders to any number of receivers, first in, first out; its ring is made
 * once. Senders and receivers are served in the order in which they began to wait.
 *
 * Task context. Cost of one value through a channel with a waiting receiver: one wake and one poll besides the calls.
 */
import type { TaskId } from "#hal";
import { createWaitEntry, createWaitList, delist, enlist, type WaitEntry, wakeFirst } from "../executor/wait-list.ts";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

export class Channel<T> {
	readonly capacity: number;
	/** How many values are in it. */
	length = 0;
	readonly receivers = createWaitList();
	readonly senders = createWaitList();
	private readonly ring: (T | undefined)[] = [];
	private head = 0;

	/** INIT. Throws RangeError unless the capacity is a whole number from 1. */
	constructor(capacity: number) {
		if (!(capacity >= 1) || Math.floor(capacity) !== capacity)
			throw new RangeError("Channel: the capacity must be a whole number from 1, got " + capacity);
		this.capacity = capacity;
		for (let i = 0; i < capacity; i++) this.ring.push(undefined);
	}

	/** Puts a value in; false when the channel is full: a value, not an exception. */
	trySend(value: T): boolean {
		const length = this.length;
		const capacity = this.capacity;
		if (length === capacity) return false;
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

	/** Waits for a value. Makes an object; where nothing may be allocated, keep a `Receive` and start it. */
	receive(): Receive<T> {
		return new Receive<T>().start(this);
	}

	/** Waits for room and puts the value in. Makes an object; where nothing may be allocated, keep a `Send` and start it. */
	send(value: T): Send<T> {
		return new Send<T>().start(this, value);
	}
}

/** The wait for a value. */
export class Receive<T> extends Leaf<T> {
	private readonly entry: WaitEntry = createWaitEntry();
	private channel: Channel<T> | undefined = undefined;
	private value: T | undefined = undefined;

	start(channel: Channel<T>): this {
		delist(this.entry);
		this.channel = channel;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as Channel<T>;
		if (channel.length === 0) {
			enlist(channel.receivers, this.entry, waker);
			return PENDING;
		}
		delist(this.entry);
		this.value = channel.tryReceive();
		// More values than this one, and more receivers: the next one's turn.
		if (channel.length > 0 && channel.receivers.first !== undefined) wakeFirst(channel.receivers);
		return READY;
	}

	take(): T {
		const value = this.value as T;
		this.value = undefined;
		return value;
	}

	drop(): void {
		giveUp(this.entry, this.channel, true);
	}
}

/** The wait for room. */
export class Send<T> extends Leaf<void> {
	private readonly entry: WaitEntry = createWaitEntry();
	private channel: Channel<T> | undefined = undefined;
	private value: T | undefined = undefined;

	start(channel: Channel<T>, value: T): this {
		delist(this.entry);
		this.channel = channel;
		this.value = value;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as Channel<T>;
		if (!channel.trySend(this.value as T)) {
			enlist(channel.senders, this.entry, waker);
			return PENDING;
		}
		delist(this.entry);
		this.value = undefined;
		if (channel.length < channel.capacity && channel.senders.first !== undefined) wakeFirst(channel.senders);
		return READY;
	}

	take(): void {}

	drop(): void {
		this.value = undefined;
		giveUp(this.entry, this.channel, false);
	}
}

/** Who was woken and gives up instead of coming hands the wake on: nobody sleeps beside a value, or beside room. */
function giveUp(entry: WaitEntry, channel: Channel<never> | Channel<unknown> | undefined, receiving: boolean): void {
	const woken = entry.list === undefined;
	delist(entry);
	if (!woken || channel === undefined) return;
	if (receiving && channel.length > 0) wakeFirst(channel.receivers);
	else if (!receiving && channel.length < channel.capacity) wakeFirst(channel.senders);
}
