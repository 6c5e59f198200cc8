/**
 * Publish and subscribe: every subscriber gets every value that was published since it subscribed. The ring holds what
 * the slowest subscriber has not read yet: when it is full, `publish` waits, `publishNow` overwrites the oldest value, and
 * subscribers that had not read it count it as lagged. (The PubSubChannel of embassy-sync.)
 *
 * Task context. Subscribing makes objects: INIT. Publishing wakes every waiting subscriber; a subscriber that reads the
 * oldest value looks at all others to see whether room was made: O(subscribers).
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";
import { checkedCapacity } from "./capacity.ts";

/**
 * Every subscriber gets every value that was published since it subscribed; the ring keeps what the slowest has not read. Made
 * at start-up; task context. Publishing wakes every waiting subscriber, reading the oldest value looks at all: O(subscribers).
 */
export class PubSub<T> {
	readonly capacity: number;
	readonly publishers = createWaitList();
	readonly readers = createWaitList();
	readonly subscribers: Subscriber<T>[] = [];
	private readonly ring: (T | undefined)[] = [];
	/** Where the next value goes. */
	private at = 0;
	/** The most values that any subscriber has not read. */
	private backlog = 0;

	/** INIT. Throws RangeError unless the capacity is a whole number from 1. */
	constructor(capacity: number) {
		this.capacity = checkedCapacity(capacity, "PubSub: the capacity");
		for (let i = 0; i < capacity; i++) this.ring.push(undefined);
	}

	/** One more subscriber, which gets what is published from now on. INIT */
	subscriber(): Subscriber<T> {
		const subscriber = new Subscriber<T>(this);
		this.subscribers.push(subscriber);
		return subscriber;
	}

	/** Publishes a value; false when a subscriber has not read enough. A value that nobody subscribes to is gone. */
	tryPublish(value: T): boolean {
		if (this.backlog === this.capacity) return false;
		this.put(value);
		return true;
	}

	/** Publishes a value, overwriting the oldest when a subscriber has not read enough. */
	publishNow(value: T): void {
		if (this.backlog === this.capacity) {
			const { subscribers, capacity } = this;
			for (let i = 0; i < subscribers.length; i++)
				if (subscribers[i].unread === capacity) {
					subscribers[i].unread = capacity - 1;
					subscribers[i].lagged++;
				}
		}
		this.put(value);
	}

	/** Waits for room and publishes the value. */
	publish(value: T): Publish<T> {
		return new Publish<T>().start(this, value);
	}

	/** The value that a subscriber reads which has not read so many. */
	behind(unread: number): T {
		const at = this.at - unread;
		return this.ring[at < 0 ? at + this.capacity : at] as T;
	}

	/** A subscriber has read one, or has left: there may be room. */
	readBy(unread: number): void {
		if (unread < this.backlog) return;
		let most = 0;
		const { subscribers } = this;
		for (let i = 0; i < subscribers.length; i++) if (subscribers[i].unread > most) most = subscribers[i].unread;
		this.backlog = most;
		if (most < this.capacity && this.publishers.first !== undefined) wakeFirst(this.publishers);
	}

	/** True while there is room. */
	get hasRoom(): boolean {
		return this.backlog < this.capacity;
	}

	private put(value: T): void {
		this.ring[this.at] = value;
		this.at = this.at + 1 === this.capacity ? 0 : this.at + 1;
		let most = 0;
		const { subscribers } = this;
		for (let i = 0; i < subscribers.length; i++) {
			const subscriber = subscribers[i];
			if (!subscriber.open) continue;
			subscriber.unread++;
			if (subscriber.unread > most) most = subscriber.unread;
		}
		this.backlog = most;
		if (this.readers.first !== undefined) wakeAll(this.readers);
	}
}

/** Reads what is published. Made at start-up; `for await` loops over it. */
export class Subscriber<T> extends Stream<T> {
	readonly pubSub: PubSub<T>;
	/** How many values it has not read. */
	unread = 0;
	/** How many values were overwritten before it read them; may be set back to 0. */
	lagged = 0;
	open = true;

	constructor(pubSub: PubSub<T>) {
		super();
		this.pubSub = pubSub;
	}

	/** The oldest value that it has not read; undefined when it has read all. */
	tryNext(): T | undefined {
		const unread = this.unread;
		if (unread === 0) return undefined;
		const value = this.pubSub.behind(unread);
		this.unread = unread - 1;
		this.pubSub.readBy(unread);
		return value;
	}

	/** Waits for the next value. */
	next(): NextPublished<T> {
		return new NextPublished<T>().start(this);
	}

	/** Gets nothing any more and holds nobody up; `subscribe` begins anew. */
	unsubscribe(): void {
		const unread = this.unread;
		this.open = false;
		this.unread = 0;
		this.pubSub.readBy(unread);
	}

	/** Gets again what is published from now on. */
	subscribe(): void {
		this.open = true;
	}
}

/** The wait for the next value. */
export class NextPublished<T> extends Waiter<T> {
	private subscriber: Subscriber<T> | undefined = undefined;

	/** Chooses the subscriber; returns itself, to be awaited. */
	start(subscriber: Subscriber<T>): this {
		delist(this);
		this.subscriber = subscriber;
		return this;
	}

	poll(waker: TaskId): Poll {
		const subscriber = this.subscriber as Subscriber<T>;
		if (subscriber.unread === 0) {
			enlist(subscriber.pubSub.readers, this, waker);
			return PENDING;
		}
		delist(this);
		return READY;
	}

	/** Reads the value: one that is not taken is not read. */
	take(): T {
		return (this.subscriber as Subscriber<T>).tryNext() as T;
	}
}

/** The wait for room. */
export class Publish<T> extends Waiter<void> {
	private pubSub: PubSub<T> | undefined = undefined;
	private value: T | undefined = undefined;

	/** Chooses what to publish, and where; returns itself, to be awaited. */
	start(pubSub: PubSub<T>, value: T): this {
		delist(this);
		this.pubSub = pubSub;
		this.value = value;
		return this;
	}

	poll(waker: TaskId): Poll {
		const pubSub = this.pubSub as PubSub<T>;
		if (!pubSub.tryPublish(this.value as T)) {
			enlist(pubSub.publishers, this, waker);
			return PENDING;
		}
		delist(this);
		this.value = undefined;
		if (pubSub.hasRoom && pubSub.publishers.first !== undefined) wakeFirst(pubSub.publishers);
		return READY;
	}

	take(): void {}

	/** Who was woken and gives up hands the wake on. */
	override drop(): void {
		this.value = undefined;
		const woken = this.list === undefined;
		delist(this);
		const pubSub = this.pubSub;
		if (woken && pubSub?.hasRoom) wakeFirst(pubSub.publishers);
	}
}
