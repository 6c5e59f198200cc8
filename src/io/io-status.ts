/**
 * Many operations in flight in one task: an `IoStatus` for each, made at start-up and the caller's own. Beginning one does not wait; the
 * task takes what has completed, in the order in which it did.
 *
 * ```ts
 * for (let i = 0; i < 8; i++) reads[i].read(file, buffers[i], i * 4096);
 * for (let done = await suspendUntilCompletedIo(); done !== undefined; done = await suspendUntilCompletedIo()) total += done.result;
 * ```
 *
 * What is in flight when its task ends is cancelled and reaped. (The scheme is Windows' alertable I/O and monad_async's io status.)
 */
import {
	ioCancel,
	ioCompleted,
	ioInitiate,
	ioPoll,
	ioPriority,
	ioRead,
	ioReadVectors,
	ioReceive,
	ioResult,
	ioSend,
	ioState,
	ioSync,
	ioTake,
	ioWrite,
	ioWriteVectors,
	type TaskId,
} from "#hal";
import { isCurrent } from "../executor/task-id.ts";
import { Leaf } from "../leaf.ts";
import { ESRCH, PENDING, type Poll, READY } from "../status.ts";
import { Sleep } from "../time/sleep.ts";
import { TIMEOUT, type TimedOut } from "../time/timeout.ts";
import type { IoBuffer } from "./buffer.ts";
import type { File } from "./file.ts";
import { newOperation } from "./operation.ts";
import type { StreamSocket } from "./stream-socket.ts";

/** By the numbers of their operations. */
const statuses: (IoStatus | undefined)[] = [];

/** One operation at a time. */
export class IoStatus {
	/** The user's own. */
	tag = 0;
	/** At the platform. */
	readonly operation = newOperation(true);

	/** INIT */
	constructor() {
		if (this.operation < 0) return; // it only computes: who begins one is told
		while (statuses.length <= this.operation) statuses.push(undefined);
		statuses[this.operation] = this;
	}

	/** PENDING while it is under way; then READY, or a negative status. */
	get status(): number {
		return ioState(this.operation);
	}

	/** What it completed with: a count, or a negative status. */
	get result(): number {
		return ioResult(this.operation);
	}

	/**
	 * Each of these begins an operation for the present task, and gives PENDING, or a status when it has ended at once. Left out:
	 * where the file stands, the whole buffer.
	 */
	read(file: File, buffer: IoBuffer, position?: number, length?: number, offset?: number): number {
		return ioRead(this.operation, file.handle, buffer, offset, length, position, true);
	}

	/** As `file.write`, begun for the present task. */
	write(file: File, buffer: IoBuffer, position?: number, length?: number, offset?: number): number {
		return ioWrite(this.operation, file.handle, buffer, offset, length, position, true);
	}

	/** As `file.readVectors`, begun for the present task. */
	readVectors(file: File, buffers: readonly IoBuffer[], position?: number): number {
		ioReadVectors(this.operation, file.handle, buffers, position);
		return ioInitiate(this.operation);
	}

	/** As `file.writeVectors`, begun for the present task. */
	writeVectors(file: File, buffers: readonly IoBuffer[], position?: number): number {
		ioWriteVectors(this.operation, file.handle, buffers, position);
		return ioInitiate(this.operation);
	}

	/** As `file.sync`, or `file.syncData` with `dataOnly`, begun for the present task. */
	sync(file: File, dataOnly = false): number {
		ioSync(this.operation, file.handle, dataOnly);
		return ioInitiate(this.operation);
	}

	/** As `read` of a stream, begun for the present task. */
	receive(socket: StreamSocket, buffer: IoBuffer, length?: number, offset?: number): number {
		ioReceive(this.operation, socket.handle, buffer, offset, length, false);
		return ioInitiate(this.operation);
	}

	/** As `write` of a stream, begun for the present task. */
	send(socket: StreamSocket, buffer: IoBuffer, length?: number, offset?: number): number {
		ioSend(this.operation, socket.handle, buffer, offset, length, false);
		return ioInitiate(this.operation);
	}

	/** Asks the kernel to end it early: it completes as usual, with ECANCELED as a rule. */
	cancel(): void {
		ioCancel(this.operation);
	}

	/** Waits for this one alone; yields its result. Giving up the wait leaves the operation as it is. */
	completed(): StatusCompleted {
		return new StatusCompleted().start(this);
	}
}

/** The wait for one operation of its task. */
export class StatusCompleted extends Leaf<number> {
	private operation = -1;

	/** Waits for this operation of the present task. */
	start(status: IoStatus): this {
		this.operation = status.operation;
		return this;
	}

	poll(waker: TaskId): Poll {
		return ioPoll(this.operation, waker);
	}

	take(): number {
		return ioTake(this.operation);
	}

	drop(): void {}
}

const NONE_YET = -1;

/** The wait for the next operation of the task that has completed. */
export class CompletedIo extends Leaf<IoStatus | undefined | TimedOut> {
	private readonly limit = new Sleep();
	private limited = false;
	private number = NONE_YET;

	/** Waits for the next that completes, at most so many milliseconds where a number is given. */
	start(timeoutMs?: number): this {
		if (timeoutMs !== undefined) {
			this.limited = true;
			this.limit.start(timeoutMs);
		}
		return this;
	}

	poll(waker: TaskId): Poll {
		const number = ioCompleted(waker);
		this.number = number;
		if (number !== NONE_YET) return READY;
		return this.limited ? this.limit.poll(waker) : PENDING;
	}

	take(): IoStatus | undefined | TimedOut {
		const { number } = this;
		if (this.limited) this.drop();
		if (number >= 0) return statuses[number];
		return number === NONE_YET ? TIMEOUT : undefined;
	}

	drop(): void {
		this.limited = false;
		this.limit.drop();
	}
}

/** The next operation of this task that has completed; undefined when none is in flight; TIMEOUT when the time came first. */
export function suspendUntilCompletedIo(timeoutMs?: number): CompletedIo {
	return new CompletedIo().start(timeoutMs);
}

/** The I/O priority of a task, until it ends: what is begun from now on is submitted before that of lower ones. ESRCH: it has ended. */
export function setIoPriority(id: TaskId, priority: "high" | "normal" | "low"): number {
	if (!isCurrent(id)) return ESRCH;
	ioPriority(id, priority === "high" ? 0 : priority === "normal" ? 1 : 2);
	return READY;
}
