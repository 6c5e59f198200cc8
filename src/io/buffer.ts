/**
 * Memory that the kernel may read from and write to. It is outside of the engine's heap, where nothing moves, and is registered with
 * the ring, so that reads and writes of files need not look it up each time.
 */
import {
	ioMemory,
	ioProvide,
	ioProvidedFree,
	ioProvidedMemory,
	ioProvidedOf,
	ioProvidedRelease,
	ioRegistered,
	type TaskId,
} from "#hal";
import { createWaitList, delist, enlist, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { checkedCapacity } from "../sync/capacity.ts";

/** A Uint8Array as `ioBuffer` makes it. Others are refused: the engine moves them. */
export type IoBuffer = Uint8Array;

/** A buffer of so many bytes, for good. INIT. Throws RangeError when the setting ioBufferBytes is used up. */
export function ioBuffer(bytes: number): IoBuffer {
	return new Uint8Array(ioMemory(bytes));
}

/** Whether the kernel has the buffer registered: it may refuse (RLIMIT_MEMLOCK), which costs time and nothing else. */
export function isRegistered(buffer: IoBuffer): boolean {
	return ioRegistered(buffer) >= 0;
}

/** A buffer of a pool: claimed, written to, given to a write, released. */
export class PooledBuffer {
	readonly bytes: IoBuffer;
	readonly index: number;
	/** How many of its bytes count; the user's own. */
	length = 0;
	claimed = false;
	private readonly pool: BufferPool;

	/** INIT; by the pool. */
	constructor(pool: BufferPool, index: number, bytes: number) {
		this.pool = pool;
		this.index = index;
		this.bytes = ioBuffer(bytes);
	}

	/** Back to the pool. TypeError when it is not out. */
	release(): void {
		this.pool.release(this.index);
	}
}

/** Registered buffers of one size, for any number of tasks. */
export class BufferPool {
	readonly buffers: readonly PooledBuffer[];
	readonly waiting = createWaitList();
	private readonly free: number[] = [];
	private count: number;

	/** INIT. Throws RangeError unless both are whole numbers from 1. */
	constructor(count: number, bytes: number) {
		this.count = checkedCapacity(count, "BufferPool: the number of buffers");
		const buffers: PooledBuffer[] = [];
		for (let i = 0; i < count; i++) {
			buffers.push(new PooledBuffer(this, i, bytes));
			this.free.push(count - 1 - i);
		}
		this.buffers = buffers;
	}

	/** How many are free. */
	get available(): number {
		return this.count;
	}

	/** A buffer, or undefined when all are out. */
	tryClaim(): PooledBuffer | undefined {
		if (this.count === 0) return undefined;
		this.count--;
		const buffer = this.buffers[this.free[this.count]];
		buffer.claimed = true;
		buffer.length = 0;
		return buffer;
	}

	/** Waits for a buffer. */
	claim(): ClaimBuffer {
		return new ClaimBuffer().start(this);
	}

	/** Gives one back, by its index. TypeError when it is not out. */
	release(index: number): void {
		const buffer = this.buffers[index];
		if (buffer === undefined || !buffer.claimed) throw new TypeError("BufferPool: the buffer is not out");
		buffer.claimed = false;
		this.free[this.count] = index;
		this.count++;
		wakeFirst(this.waiting);
	}
}

/** The wait for a buffer of a pool. */
export class ClaimBuffer extends Waiter<PooledBuffer> {
	private pool: BufferPool | undefined = undefined;
	private buffer: PooledBuffer | undefined = undefined;

	/** Asks for a buffer of this pool. Who waits longest is served first. */
	start(pool: BufferPool): this {
		delist(this);
		this.pool = pool;
		return this;
	}

	poll(waker: TaskId): Poll {
		const pool = this.pool as BufferPool;
		this.buffer = pool.tryClaim();
		if (this.buffer === undefined) {
			enlist(pool.waiting, this, waker);
			return PENDING;
		}
		delist(this);
		if (pool.available > 0) wakeFirst(pool.waiting);
		return READY;
	}

	take(): PooledBuffer {
		return this.buffer as PooledBuffer;
	}

	/** Who was woken and gives up hands the wake on. */
	override drop(): void {
		const woken = this.list === undefined;
		delist(this);
		const pool = this.pool;
		if (woken && pool !== undefined && pool.available > 0) wakeFirst(pool.waiting);
	}
}

/** A buffer that the kernel has chosen for what it received or read. */
export class ProvidedBuffer {
	readonly bytes: IoBuffer;
	readonly index: number;
	/** How many bytes the kernel has put in. */
	length = 0;

	/** INIT; by `provideBuffers`. */
	constructor(index: number) {
		this.index = index;
		this.bytes = new Uint8Array(ioProvidedMemory(index));
	}

	/** Gives it back to the kernel. EINVAL when it is not out: twice is no harm. */
	release(): number {
		return ioProvidedRelease(this.index);
	}
}

const provided: ProvidedBuffer[] = [];

/** Makes the buffers that the kernel chooses from (settings ioProvided, ioProvidedBytes); what needs them calls it. INIT */
export function provideBuffers(): void {
	if (provided.length > 0) return;
	const count = ioProvide();
	for (let i = 0; i < count; i++) provided.push(new ProvidedBuffer(i));
}

/** The buffer that the kernel has chosen for an operation and put so many bytes into; undefined: none. */
export function providedTo(operation: number, count: number): ProvidedBuffer | undefined {
	const index = ioProvidedOf(operation);
	if (index < 0) return undefined;
	const buffer = provided[index];
	buffer.length = count;
	return buffer;
}

/** How many the kernel may choose from at the moment. */
export function providedFree(): number {
	return ioProvidedFree();
}

/** Gives a provided buffer back, by its index. EINVAL when it is not out. */
export function releaseProvided(index: number): number {
	return ioProvidedRelease(index);
}
