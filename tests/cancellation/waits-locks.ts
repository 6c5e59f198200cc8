/** Waits for locks, permits, others, room for bytes. */
import {
	abortable,
	Barrier,
	BarrierWait,
	Mutex,
	type MutexGuard,
	type Permit,
	Pipe,
	READY,
	type ReadGuard,
	RwLock,
	Semaphore,
	STOPPED,
	TIMEOUT,
	task,
	type WriteGuard,
	withDeadline,
} from "stator";
import { began, differs, entries, LIMITED, lastTurn, left, limit, outcome, PLAIN, type Wait } from "./wait.ts";

const mutex = new Mutex<number>(7);
let held: MutexGuard<number> | undefined;

/** The driver's lock: it is taken before each cell. */
function giveBack(): void {
	const guard = held;
	held = undefined;
	guard?.release();
}

const locks = task({ pool: 2 }, async (who: number, how: number) => {
	let mine: MutexGuard<number> | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await mutex.lock()
					: how === LIMITED
						? await withDeadline(mutex.lock(), limit.at)
						: await abortable(mutex.lock());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = got;
			return outcome(who, got.value, 7);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine !== undefined) mine.release();
		left(who);
	}
});

const table = new RwLock<number>(7);
let writing: WriteGuard<number> | undefined;

const readsTable = task({ pool: 2 }, async (who: number, how: number) => {
	let mine: ReadGuard<number> | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await table.read()
					: how === LIMITED
						? await withDeadline(table.read(), limit.at)
						: await abortable(table.read());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = got;
			return outcome(who, got.value, 7);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine !== undefined) mine.release();
		left(who);
	}
});

const writesTable = task({ pool: 2 }, async (who: number, how: number) => {
	let mine: WriteGuard<number> | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await table.write()
					: how === LIMITED
						? await withDeadline(table.write(), limit.at)
						: await abortable(table.write());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = got;
			return outcome(who, got.value, 7);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine !== undefined) mine.release();
		left(who);
	}
});

/** Who writes keeps the others out. */
function openTable(): void {
	const guard = writing;
	writing = undefined;
	guard?.release();
}

const permits = new Semaphore(3);
let taken = 0;

/** The driver has them before each cell. */
function givePermits(): void {
	const count = taken;
	taken = 0;
	permits.release(count);
}

const acquires = task({ pool: 2 }, async (who: number, how: number) => {
	let mine: Permit | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await permits.acquire()
					: how === LIMITED
						? await withDeadline(permits.acquire(), limit.at)
						: await abortable(permits.acquire());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = got;
			return outcome(who, undefined);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine !== undefined) mine.release();
		left(who);
	}
});

const acquiresMany = task({ pool: 2 }, async (who: number, how: number) => {
	let mine = 0;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await permits.acquireMany(2)
					: how === LIMITED
						? await withDeadline(permits.acquireMany(2), limit.at)
						: await abortable(permits.acquireMany(2));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = 2;
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine > 0) permits.release(mine);
		left(who);
	}
});

const pipe = new Pipe(4);
const bytes = [1, 2, 3, 4];
/** One for each task, and one for the driver. */
const into = [
	[0, 0, 0, 0],
	[0, 0, 0, 0],
	[0, 0, 0, 0],
];
const DRIVER = 2;

const readsBytes = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await pipe.read(into[who], 0, 1)
					: how === LIMITED
						? await withDeadline(pipe.read(into[who], 0, 1), limit.at)
						: await abortable(pipe.read(into[who], 0, 1));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const writesBytes = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await pipe.write(bytes, 0, 1)
					: how === LIMITED
						? await withDeadline(pipe.write(bytes, 0, 1), limit.at)
						: await abortable(pipe.write(bytes, 0, 1));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const writesAll = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await pipe.writeAll(bytes, 0, 2)
					: how === LIMITED
						? await withDeadline(pipe.writeAll(bytes, 0, 2), limit.at)
						: await abortable(pipe.writeAll(bytes, 0, 2));
			return outcome(who, got, 2);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

function emptyPipe(): void {
	pipe.tryRead(into[DRIVER], 0, 4);
}

function fillPipe(): void {
	pipe.tryWrite(bytes, 0, 4);
}

const pipeWaiting = (): number => entries(pipe.readers) + entries(pipe.writers);

const barrier = new Barrier(2);
const other = new BarrierWait();

const meets = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await barrier.wait()
					: how === LIMITED
						? await withDeadline(barrier.wait(), limit.at)
						: await abortable(barrier.wait());
			return outcome(who, got, false);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

export const lockWaits: Wait[] = [
	{
		name: "Mutex.lock",
		keeps: "the lock goes to the next, or is free",
		task: locks,
		rival: "next",
		prepare() {
			if (held === undefined) held = mutex.tryLock();
		},
		complete: giveBack,
		lost: () => differs("locks held", mutex.locked ? 1 : 0, held === undefined ? 0 : 1),
		waiting: () => entries(mutex.waiting),
	},
	{
		name: "RwLock.read",
		keeps: "the lock is left; a writer can have it",
		task: readsTable,
		rival: "all",
		prepare() {
			if (writing === undefined) writing = table.tryWrite();
		},
		complete: openTable,
		lost: () => differs("holders", table.holders, writing === undefined ? 0 : -1),
		waiting: () => entries(table.waiting),
	},
	{
		name: "RwLock.write",
		keeps: "the lock goes to the next, or is free",
		task: writesTable,
		rival: "next",
		prepare() {
			if (writing === undefined) writing = table.tryWrite();
		},
		complete: openTable,
		lost: () => differs("holders", table.holders, writing === undefined ? 0 : -1),
		waiting: () => entries(table.waiting),
	},
	{
		name: "Semaphore.acquire",
		keeps: "the permits add up",
		task: acquires,
		rival: "all",
		prepare() {
			if (permits.tryAcquire(3)) taken = 3;
		},
		complete: givePermits,
		lost: () => differs("permits", permits.available + taken, 3),
		waiting: () => entries(permits.waiting),
	},
	{
		name: "Semaphore.acquireMany",
		keeps: "the permits go to the next, and add up",
		task: acquiresMany,
		rival: "next",
		prepare() {
			if (permits.tryAcquire(3)) taken = 3;
		},
		complete: givePermits,
		lost: () => differs("permits", permits.available + taken, 3),
		waiting: () => entries(permits.waiting),
	},
	{
		name: "Pipe.read",
		keeps: "the bytes go to the next, or are still in it",
		task: readsBytes,
		rival: "next",
		prepare: emptyPipe,
		complete: () => void pipe.tryWrite(bytes, 0, 1),
		lost: (completed, read) => differs("bytes", pipe.length, completed - read),
		waiting: pipeWaiting,
	},
	{
		name: "Pipe.write",
		keeps: "the room goes to the next; nothing was written",
		task: writesBytes,
		rival: "next",
		prepare: fillPipe,
		complete: () => void pipe.tryRead(into[DRIVER], 0, 1),
		lost: (completed, written) => differs("bytes", pipe.length, 4 + written - completed),
		waiting: pipeWaiting,
	},
	{
		name: "Pipe.writeAll",
		keeps: "the room goes to the next; what had gone in stays",
		task: writesAll,
		rival: "next",
		prepare: fillPipe,
		complete: () => void pipe.tryRead(into[DRIVER], 0, 2),
		lost: (completed, written) => differs("bytes", pipe.length, 4 + 2 * written - 2 * completed),
		waiting: pipeWaiting,
	},
	{
		name: "Barrier.wait",
		keeps: "it is not counted any more",
		task: meets,
		rival: "after",
		prepare: () => other.drop(),
		complete() {
			if (other.start(barrier).poll(-1) !== READY) throw new Error("nobody waits at the barrier");
		},
		lost: () => differs("arrived", barrier.arrived, 0),
		waiting: () => entries(barrier.waiting),
	},
];
