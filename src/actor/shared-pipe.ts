/**
 * A pipe in C memory: bytes from tasks of every machine and from interrupt handlers (stator_pipe_try_write in native/abi/ring.h) to tasks
 * of any machine. Found by name. As `Pipe` of "stator", but that nobody waits for room (a handler cannot) and it does not close.
 *
 * Task context. A transfer costs one native call a byte.
 */
import {
	RING_PIPE,
	ringGet,
	ringLeave,
	ringLength,
	ringOpen,
	ringPoll,
	ringPut,
	ringRefused,
	ringStart,
	ringWaitNew,
	type TaskId,
} from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { type BytesIn, type BytesOut, checkRange } from "../sync/pipe.ts";
import { formatOf } from "./record.ts";

/** Bytes from anywhere to tasks of any machine, by name; made at start-up (`sharedPipe`). Task context; a native call a byte. */
export class SharedPipe {
	readonly number: number;
	readonly capacity: number;

	/** INIT */
	constructor(name: string, bytes: number) {
		this.number = ringOpen(RING_PIPE, name, formatOf("u8"), 1, bytes);
		this.capacity = bytes;
	}

	/** How many bytes are in it. */
	get length(): number {
		return ringLength(this.number);
	}

	/** How many writes did not get all their bytes in, from everywhere; 31 bits, wraps. */
	get refused(): number {
		return ringRefused(this.number);
	}

	/** Puts in what there is room for, from `from[offset]` on, at most `count` bytes; the number that went in. */
	tryWrite(from: BytesIn, offset: number, count: number): number {
		const { number } = this;
		let moved = 0;
		while (moved < count && ringPut(number, from[offset + moved])) moved++;
		return moved;
	}

	/** Takes out what is there, to `into[offset]` on, at most `count` bytes; the number that was taken. */
	tryRead(into: BytesOut, offset: number, count: number): number {
		const { number } = this;
		let moved = 0;
		while (moved < count) {
			const byte = ringGet(number);
			if (byte === undefined) break;
			into[offset + moved] = byte;
			moved++;
		}
		return moved;
	}

	/** Waits until there is something to read; yields how many bytes were read, 1 or more unless `count` is 0. */
	read(into: BytesOut, offset: number, count: number): SharedPipeRead {
		return new SharedPipeRead().start(this, into, offset, count);
	}
}

/** The wait for bytes. */
export class SharedPipeRead extends Leaf<number> {
	private readonly wait = ringWaitNew(0);
	private pipe: SharedPipe | undefined = undefined;
	private into: BytesOut | undefined = undefined;
	private offset = 0;
	private count = 0;
	private moved = 0;

	/** Throws RangeError when the array is too short. */
	start(pipe: SharedPipe, into: BytesOut, offset: number, count: number): this {
		checkRange("SharedPipe.read", into.length, offset, count);
		ringStart(this.wait, pipe.number);
		this.pipe = pipe;
		this.into = into;
		this.offset = offset;
		this.count = count;
		this.moved = 0;
		return this;
	}

	poll(waker: TaskId): Poll {
		const pipe = this.pipe as SharedPipe;
		while (this.count > 0) {
			if (ringPoll(this.wait, waker) === PENDING) return PENDING;
			this.moved = pipe.tryRead(this.into as BytesOut, this.offset, this.count);
			// 0: a reader of another machine was faster.
			if (this.moved > 0) break;
		}
		// What is left is the next reader's.
		ringLeave(this.wait);
		return READY;
	}

	take(): number {
		return this.moved;
	}

	/** Who was woken and gives up hands the wake on. */
	drop(): void {
		ringLeave(this.wait);
	}
}

/** The pipe of that name, for so many bytes. INIT. Throws RangeError when another machine has said something else of the name. */
export function sharedPipe(name: string, bytes: number): SharedPipe {
	return new SharedPipe(name, bytes);
}
