/**
 * A pipe: a stream of bytes from writers to readers over a ring of fixed size. Reads and writes move what they can and say
 * how much that was; `writeAll` goes on until everything is in. The ring is an array of numbers: on XS that is faster than a typed array.
 *
 * Task context. A transfer costs about 350 instructions a byte on a Cortex-M3 besides the wake.
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeAll, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { checkedCapacity } from "./capacity.ts";

/** Where bytes come from. */
export type BytesIn = ArrayLike<number>;
/** Where bytes go: long enough already. */
export type BytesOut = { readonly length: number; [index: number]: number };

/**
 * A stream of bytes over a ring of fixed size. Made at start-up; task context. A transfer costs about 350 instructions a byte
 * on a Cortex-M3 besides the wake.
 */
export class Pipe {
	readonly capacity: number;
	/** How many bytes are in it. */
	length = 0;
	closed = false;
	readonly readers = createWaitList();
	readonly writers = createWaitList();
	private readonly ring: number[] = [];
	private head = 0;

	/** INIT. Throws RangeError unless the capacity is a whole number from 1. */
	constructor(capacity: number) {
		this.capacity = checkedCapacity(capacity, "Pipe: the capacity");
		for (let i = 0; i < capacity; i++) this.ring.push(0);
	}

	/** Puts in what there is room for, from `from[offset]` on, at most `count` bytes; the number that went in. */
	tryWrite(from: BytesIn, offset: number, count: number): number {
		const { ring, capacity } = this;
		const room = this.closed ? 0 : capacity - this.length;
		const moved = less(count, room);
		let at = this.head + this.length;
		if (at >= capacity) at -= capacity;
		for (let i = 0; i < moved; i++) {
			ring[at] = from[offset + i] & 255;
			at++;
			if (at === capacity) at = 0;
		}
		this.length += moved;
		if (moved > 0 && this.readers.first !== undefined) wakeFirst(this.readers);
		return moved;
	}

	/** Takes out what is there, to `into[offset]` on, at most `count` bytes; the number that was taken. */
	tryRead(into: BytesOut, offset: number, count: number): number {
		const { ring, capacity } = this;
		const moved = less(count, this.length);
		let at = this.head;
		for (let i = 0; i < moved; i++) {
			into[offset + i] = ring[at];
			at++;
			if (at === capacity) at = 0;
		}
		this.head = at;
		this.length -= moved;
		if (moved > 0 && this.writers.first !== undefined) wakeFirst(this.writers);
		return moved;
	}

	/** Waits until there is something to read; yields how many bytes were read, 0 only at the end of a pipe that was closed. */
	read(into: BytesOut, offset: number, count: number): PipeRead {
		return new PipeRead().start(this, into, offset, count);
	}

	/** Waits until there is some room; yields how many bytes were written, 0 only when the pipe is closed. */
	write(from: BytesIn, offset: number, count: number): PipeWrite {
		return new PipeWrite().start(this, from, offset, count, false);
	}

	/** Waits until everything is in; yields how many bytes that were: fewer only when the pipe was closed meanwhile. */
	writeAll(from: BytesIn, offset: number, count: number): PipeWrite {
		return new PipeWrite().start(this, from, offset, count, true);
	}

	/** Nothing goes in any more; what is in it can still be read. Any number of times. */
	close(): void {
		this.closed = true;
		wakeAll(this.readers);
		wakeAll(this.writers);
	}
}

/** Not Math.min: reading a global costs more than the comparison. */
function less(a: number, b: number): number {
	if (a < b) return a;
	return b;
}

/** Throws RangeError when so many bytes from there on are more than the array has. */
export function checkRange(what: string, length: number, offset: number, count: number): void {
	if (!(offset >= 0 && count >= 0 && offset + count <= length))
		throw new RangeError(what + ": " + count + " bytes from " + offset + " on, but the array has " + length);
}

/** The wait for bytes. */
export class PipeRead extends Waiter<number> {
	private pipe: Pipe | undefined = undefined;
	private into: BytesOut | undefined = undefined;
	private offset = 0;
	private count = 0;
	private moved = 0;

	/** Throws RangeError when the array is too short. */
	start(pipe: Pipe, into: BytesOut, offset: number, count: number): this {
		checkRange("Pipe.read", into.length, offset, count);
		delist(this);
		this.pipe = pipe;
		this.into = into;
		this.offset = offset;
		this.count = count;
		return this;
	}

	poll(waker: TaskId): Poll {
		const pipe = this.pipe as Pipe;
		this.moved = pipe.tryRead(this.into as BytesOut, this.offset, this.count);
		if (this.moved === 0 && this.count > 0 && !pipe.closed) {
			enlist(pipe.readers, this, waker);
			return PENDING;
		}
		delist(this);
		if (pipe.length > 0 && pipe.readers.first !== undefined) wakeFirst(pipe.readers);
		return READY;
	}

	take(): number {
		return this.moved;
	}

	/** Who was woken and gives up hands the wake on. */
	override drop(): void {
		const woken = this.list === undefined;
		delist(this);
		const pipe = this.pipe;
		if (woken && pipe !== undefined && pipe.length > 0) wakeFirst(pipe.readers);
	}
}

/** The wait for room. */
export class PipeWrite extends Waiter<number> {
	private pipe: Pipe | undefined = undefined;
	private from: BytesIn | undefined = undefined;
	private offset = 0;
	private count = 0;
	private moved = 0;
	private all = false;

	/** Throws RangeError when the array is too short. */
	start(pipe: Pipe, from: BytesIn, offset: number, count: number, all: boolean): this {
		checkRange("Pipe.write", from.length, offset, count);
		delist(this);
		this.pipe = pipe;
		this.from = from;
		this.offset = offset;
		this.count = count;
		this.moved = 0;
		this.all = all;
		return this;
	}

	poll(waker: TaskId): Poll {
		const pipe = this.pipe as Pipe;
		const left = this.count - this.moved;
		const moved = this.moved + pipe.tryWrite(this.from as BytesIn, this.offset + this.moved, left);
		this.moved = moved;
		if (moved < this.count && !pipe.closed && (this.all || moved === 0)) {
			enlist(pipe.writers, this, waker);
			return PENDING;
		}
		delist(this);
		if (pipe.length < pipe.capacity && pipe.writers.first !== undefined) wakeFirst(pipe.writers);
		return READY;
	}

	/** After `drop`: what had gone in before. */
	take(): number {
		return this.moved;
	}

	/** What has gone in stays in. Who was woken and gives up hands the wake on. */
	override drop(): void {
		const woken = this.list === undefined;
		delist(this);
		const pipe = this.pipe;
		if (woken && pipe !== undefined && pipe.length < pipe.capacity) wakeFirst(pipe.writers);
	}
}
