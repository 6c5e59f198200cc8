/**
 * Pools of messages and queues of them, in static C memory, found by name: every machine that opens "samples" has the same, and so
 * has C (stator_pool_find, stator_queue_find). What machines say of one name has to agree.
 *
 * A queue has no storage of its own: messages of any pool are linked through themselves. `alloc`, `put`, `free` and taking are
 * O(1), allocate nothing and never wait; interrupt handlers may do the same in C. Task context.
 */
import {
	messageAlloc,
	poolOpen,
	queueAwait,
	queueLeave,
	queueOpen,
	queuePut,
	queueTake,
	queueWaitNew,
	type TaskId,
} from "#hal";
import { Leaf } from "../leaf.ts";
import { EBUSY, PENDING, type Poll, READY } from "../status.ts";
import { Message } from "./message.ts";

interface Sized {
	readonly byteSize: number;
}

const INDEX = 0xffff;
const POOL_SHIFT = 24;

/** The objects of this machine, by the number of the pool and of the message. */
const views: (Message[] | undefined)[] = [];

function viewOf(handle: number): Message {
	const messages = views[handle >> POOL_SHIFT];
	if (messages === undefined)
		throw new TypeError("queue: a message of a pool that this module has not opened (sharedPool, with the same name)");
	const message = messages[handle & INDEX];
	message.handle = handle;
	return message;
}

/** So many messages of one size, in C memory, by name. Made at start-up (`sharedPool`); task context. */
export class Pool {
	readonly number: number;

	/** INIT */
	constructor(name: string, layout: Sized, count: number) {
		this.number = poolOpen(name, layout.byteSize, count);
		while (views.length <= this.number) views.push(undefined);
		if (views[this.number] !== undefined) return;
		const messages: Message[] = [];
		for (let i = 0; i < count; i++) messages.push(new Message());
		views[this.number] = messages;
	}

	/** A message with what was in it last; undefined when all are in use: a value, not an exception. */
	alloc(): Message | undefined {
		const handle = messageAlloc(this.number);
		return handle < 0 ? undefined : viewOf(handle);
	}
}

/** A queue of messages, by name; it has no storage of its own and is never full. Made at start-up (`sharedQueue`); task context, O(1). */
export class Queue {
	readonly number: number;
	/** The pool that was opened with it. */
	readonly pool: Pool | undefined;

	/** INIT */
	constructor(name: string, pool: Pool | undefined) {
		this.number = queueOpen(name);
		this.pool = pool;
	}

	/** Gives a message away, to whoever takes it next. Throws TypeError when it is not yours, or in a queue already. */
	put(message: Message): void {
		const status = queuePut(this.number, message.handle);
		if (status < 0)
			throw new TypeError(
				status === EBUSY
					? "put: the message is in a queue already"
					: "put: the message is not yours (freed or given away)",
			);
		message.handle = -1;
	}

	/** The first message, or undefined. */
	tryNext(): Message | undefined {
		const handle = queueTake(this.number);
		return handle < 0 ? undefined : viewOf(handle);
	}

	/** Waits for a message. Makes an object; where nothing may be allocated, keep a `Next` and start it. */
	next(): Next {
		return new Next().start(this);
	}
}

/** The wait for a message; whoever takes it has to free it or put it on: `using message = await queue.next()`. */
export class Next extends Leaf<Message> {
	private readonly wait = queueWaitNew();
	private queue = -1;
	private handle = -1;

	/** Chooses the queue; returns itself, to be awaited. */
	start(queue: Queue): this {
		this.queue = queue.number;
		return this;
	}

	poll(waker: TaskId): Poll {
		// First the waker, then the look: a message that comes in between wakes for nothing, but none is missed.
		queueAwait(this.queue, this.wait, waker);
		this.handle = queueTake(this.queue);
		if (this.handle < 0) return PENDING;
		queueLeave(this.queue, this.wait);
		return READY;
	}

	take(): Message {
		const handle = this.handle;
		this.handle = -1;
		return viewOf(handle);
	}

	/** A message that was taken out for this wait, and that nobody will take from it, goes back to its pool. */
	drop(): void {
		if (this.queue >= 0) queueLeave(this.queue, this.wait);
		if (this.handle >= 0) this.take().free();
	}
}

/** A pool of `count` messages of a layout. INIT. Throws RangeError when another machine has said something else of the name. */
export function sharedPool(name: string, layout: Sized, count: number): Pool {
	return new Pool(name, layout, count);
}

/** A queue, with a pool of its own when `count` is given. INIT */
export function sharedQueue(name: string, layout?: Sized, count?: number): Queue {
	return new Queue(name, layout === undefined || count === undefined ? undefined : new Pool(name, layout, count));
}
