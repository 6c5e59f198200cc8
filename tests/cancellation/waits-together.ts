/** Waits over waits, and what the language makes of waits. */
import {
	abortable,
	Channel,
	join,
	join3,
	join4,
	Mutex,
	type ReadGuard,
	RwLock,
	requestStop,
	Semaphore,
	Signal,
	STOPPED,
	select,
	select3,
	select4,
	sleep,
	TIMEOUT,
	task,
	untilStop,
	withDeadline,
	withTimeout,
} from "stator";
import { type Message, record, sharedQueue } from "stator/actor";
import {
	began,
	differs,
	entries,
	LIMITED,
	lastTurn,
	left,
	limit,
	outcome,
	PLAIN,
	rivalHandle,
	SLEEP_MS,
	subjectHandle,
	type Wait,
} from "./wait.ts";

const VALUE = 7;

/** What completes. */
const signal = new Signal<number>();
/** What stays as it is beside it. */
const silent = new Channel<number>(1);
const mutex = new Mutex<number>(0);
const never = new Signal<number>();
/** Ready at once, and kept until the others are ready. */
const permits = new Semaphore(2);
const values = new Channel<number>(4);

const table = new RwLock<number>(0);
const Note = record({ n: "u32" });
const notes = sharedQueue("cancellation, together", Note, 2);

mutex.tryLock(); // for good

function emptyQueue(): void {
	for (;;) {
		const message = notes.tryNext();
		if (message === undefined) return;
		message.free();
	}
}

/** Messages of the pool that the driver has in its hands for a moment. */
const hands: (Message | undefined)[] = [undefined, undefined];

/** How many messages are free. */
function free(): number {
	let count = 0;
	while (count < hands.length) {
		hands[count] = notes.pool?.alloc();
		if (hands[count] === undefined) break;
		count++;
	}
	for (let i = 0; i < count; i++) hands[i]?.free();
	return count;
}

const nothing = (): void => {};
const kept = (): undefined => undefined;

const lists = (): number =>
	entries(signal.waiting) +
	entries(silent.receivers) +
	entries(mutex.waiting) +
	entries(never.waiting) +
	entries(permits.waiting) +
	entries(values.receivers);

const prepare = (): void => {
	signal.reset();
	if (values.length === 0) values.trySend(VALUE);
	if (values.length === 1) values.trySend(VALUE);
	for (;;) {
		const message = notes.pool?.alloc();
		if (message === undefined) break;
		notes.put(message);
	}
};
const complete = (): void => signal.signal(VALUE);

/** What any of them may lose: the signal's value, permits, a lock. */
const lost = (completed: number, taken: number): string | undefined =>
	differs("values left", signal.signaled ? 1 : 0, completed - taken) ??
	differs("permits", permits.available, 2) ??
	differs("locks", mutex.locked ? 1 : 0, 1) ??
	differs("values beside it", silent.length, 0);

const selects = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await select(silent.receive(), signal.wait())
					: how === LIMITED
						? await withDeadline(select(silent.receive(), signal.wait()), limit.at)
						: await abortable(select(silent.receive(), signal.wait()));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			return outcome(who, got.index === 1 ? got.value : -1, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const selects3 = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await select3(mutex.lock(), signal.wait(), sleep(SLEEP_MS))
					: how === LIMITED
						? await withDeadline(select3(mutex.lock(), signal.wait(), sleep(SLEEP_MS)), limit.at)
						: await abortable(select3(mutex.lock(), signal.wait(), sleep(SLEEP_MS)));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			return outcome(who, got.index === 1 ? got.value : -1, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const selects4 = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await select4(silent.receive(), mutex.lock(), never.wait(), signal.wait())
					: how === LIMITED
						? await withDeadline(select4(silent.receive(), mutex.lock(), never.wait(), signal.wait()), limit.at)
						: await abortable(select4(silent.receive(), mutex.lock(), never.wait(), signal.wait()));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			return outcome(who, got.index === 3 ? got.value : -1, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const joinsBoth = task({ pool: 2 }, async (who: number, how: number) => {
	let mine = 0;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await join(permits.acquire(), signal.wait())
					: how === LIMITED
						? await withDeadline(join(permits.acquire(), signal.wait()), limit.at)
						: await abortable(join(permits.acquire(), signal.wait()));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = 1;
			return outcome(who, got.second, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine > 0) permits.release(mine);
		left(who);
	}
});

const limits = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await withTimeout(signal.wait(), SLEEP_MS)
					: how === LIMITED
						? await withDeadline(withTimeout(signal.wait(), SLEEP_MS), limit.at)
						: await abortable(withTimeout(signal.wait(), SLEEP_MS));
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const aborts = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await abortable(signal.wait())
					: how === LIMITED
						? await withDeadline(abortable(signal.wait()), limit.at)
						: await abortable(abortable(signal.wait()));
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const joinsThree = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await join3(values.receive(), sleep(0), signal.wait())
					: how === LIMITED
						? await withDeadline(join3(values.receive(), sleep(0), signal.wait()), limit.at)
						: await abortable(join3(values.receive(), sleep(0), signal.wait()));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			if (got.first !== VALUE) return -1;
			return outcome(who, got.third, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const joinsFour = task({ pool: 2 }, async (who: number, how: number) => {
	let mine = 0;
	let message: Message | undefined;
	let guard: ReadGuard<number> | undefined;
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await join4(permits.acquireMany(1), notes.next(), table.read(), signal.wait())
					: how === LIMITED
						? await withDeadline(join4(permits.acquireMany(1), notes.next(), table.read(), signal.wait()), limit.at)
						: await abortable(join4(permits.acquireMany(1), notes.next(), table.read(), signal.wait()));
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			mine = 1;
			message = got.second;
			guard = got.third;
			return outcome(who, got.fourth, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (mine > 0) permits.release(mine);
		if (message !== undefined) message.free();
		if (guard !== undefined) guard.release();
		left(who);
	}
});

const waitsForStop = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await untilStop()
					: how === LIMITED
						? await withDeadline(untilStop(), limit.at)
						: await abortable(untilStop());
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const loops = task({ pool: 2 }, async (who: number) => {
	try {
		try {
			began(who);
			for await (const value of silent) return outcome(who, value, VALUE);
			return -1;
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

/** How many of its `finally` blocks are still to come. */
let inside = 0;

async function hear(how: number) {
	inside++;
	try {
		return how === PLAIN
			? await signal.wait()
			: how === LIMITED
				? await withDeadline(signal.wait(), limit.at)
				: await abortable(signal.wait());
	} finally {
		inside--;
	}
}

const calls = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got = await hear(how);
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

export const togetherWaits: Wait[] = [
	{
		name: "withTimeout",
		keeps: "the value goes to the next; both timers are out of the wheel",
		task: limits,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
		timersEach: 1,
	},
	{
		name: "abortable",
		keeps: "the value goes to the next, or is still there",
		task: aborts,
		heeds: true,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
	},
	{
		name: "select",
		keeps: "the value goes to the next; it is out of both lists",
		task: selects,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
		entriesEach: 2,
	},
	{
		name: "select3",
		keeps: "the value goes to the next; it is out of the lock's list and the wheel",
		task: selects3,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
		entriesEach: 2,
		timersEach: 1,
	},
	{
		name: "select4",
		keeps: "the value goes to the next; it is out of all four lists",
		task: selects4,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
		entriesEach: 4,
	},
	{
		name: "join",
		keeps: "the permit that it had is given back; the value goes to the next",
		task: joinsBoth,
		rival: "next",
		prepare,
		complete,
		lost,
		waiting: lists,
	},
	{
		name: "join3",
		keeps: "the value that it had is back in the channel; the signal's goes to the next",
		task: joinsThree,
		rival: "next",
		prepare,
		complete,
		lost: (completed, taken) => lost(completed, taken) ?? differs("values beside the signal", values.length, 2 - taken),
		waiting: lists,
	},
	{
		name: "join4",
		keeps: "the permit, the message and the lock that it had are given back",
		task: joinsFour,
		rival: "next",
		prepare,
		complete,
		// A message that the join has had already goes back to its pool, as one does whose task ends.
		lost(completed, taken) {
			emptyQueue();
			return lost(completed, taken) ?? differs("readers", table.holders, 0) ?? differs("free messages", free(), 2);
		},
		waiting: lists,
	},
	{
		name: "untilStop",
		keeps: "nothing is kept",
		task: waitsForStop,
		byRequest: true,
		rival: "all",
		prepare: nothing,
		complete: () => {
			requestStop(subjectHandle.id);
			requestStop(rivalHandle.id);
		},
		lost: kept,
		waiting: lists,
		entriesEach: 0,
	},
	{
		name: "for await",
		keeps: "the value goes to the next, or is still in the channel",
		task: loops,
		rival: "next",
		prepare: () => void silent.tryReceive(),
		complete: () => void silent.trySend(VALUE),
		lost: (completed, taken) => differs("values left", silent.length, completed - taken),
		waiting: lists,
		plainOnly: "a loop has no end but that of what it loops over: call its wait in a loop of your own",
	},
	{
		name: "async function",
		keeps: "the value goes to the next; its own finally blocks have run",
		task: calls,
		rival: "next",
		prepare,
		complete,
		lost: (completed, taken) => lost(completed, taken) ?? differs("finally blocks to come", inside, 0),
		waiting: lists,
	},
];
