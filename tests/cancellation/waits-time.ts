/** Waits for time, for a turn, for another task. */
import {
	abortable,
	CANCELLED,
	JoinHandle,
	runFor,
	Signal,
	sleep,
	sleepDays,
	spawn,
	TaskGroup,
	Timer,
	task,
	withDeadline,
	yieldNow,
} from "stator";
import { shift } from "#hal";
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
	SLEEP_MS,
	type Wait,
} from "./wait.ts";

const nothing = (): void => {};
const zero = (): number => 0;
/** A time has no number: it comes for everybody. */
const kept = (): undefined => undefined;

const sleeps = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await sleep(SLEEP_MS)
					: how === LIMITED
						? await withDeadline(sleep(SLEEP_MS), limit.at)
						: await abortable(sleep(SLEEP_MS));
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const DAYS = SLEEP_MS / 86_400_000;

const sleepsLong = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await sleepDays(DAYS)
					: how === LIMITED
						? await withDeadline(sleepDays(DAYS), limit.at)
						: await abortable(sleepDays(DAYS));
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

/** A timer that nobody but the driver drives. */
const teeth = new Timer(2);
const TEETH = 58;

const sleepsTicks = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await teeth.sleepFor(TEETH)
					: how === LIMITED
						? await withDeadline(teeth.sleepFor(TEETH), limit.at)
						: await abortable(teeth.sleepFor(TEETH));
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const ticker = Timer.every(SLEEP_MS);

const ticks = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN ? await ticker : how === LIMITED ? await withDeadline(ticker, limit.at) : await abortable(ticker);
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const yields = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await yieldNow()
					: how === LIMITED
						? await withDeadline(yieldNow(), limit.at)
						: await abortable(yieldNow());
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const stopped = new Signal<void>();
const worker = task(async () => {
	await stopped.wait();
	return 42;
});
const workerHandle = new JoinHandle<number>();

const joins = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await workerHandle.join()
					: how === LIMITED
						? await withDeadline(workerHandle.join(), limit.at)
						: await abortable(workerHandle.join());
			return outcome(who, got === CANCELLED ? -1 : got, 42);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

/** Ends when it is let go; its clean-up, too. */
const child = task(async () => {
	try {
		await stopped.wait();
	} finally {
		if (lingers) await cleanedUp.wait();
	}
});
const cleanedUp = new Signal<void>();
let lingers = false;
const group = new TaskGroup(1);

const joinsGroup = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await group.join()
					: how === LIMITED
						? await withDeadline(group.join(), limit.at)
						: await abortable(group.join());
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const closesGroup = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await group.close()
					: how === LIMITED
						? await withDeadline(group.close(), limit.at)
						: await abortable(group.close());
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

function prepareGroup(long: boolean): void {
	lingers = long;
	stopped.reset();
	cleanedUp.reset();
	if (group.count > 0) return;
	group.spawn(child());
	runFor(1, 0);
}

export const timeWaits: Wait[] = [
	{
		name: "Sleep",
		keeps: "its timer is out of the wheel",
		task: sleeps,
		rival: "all",
		prepare: nothing,
		complete: () => shift(SLEEP_MS + 50),
		lost: kept,
		waiting: zero,
		entriesEach: 0,
		timersEach: 1,
		byTime: true,
	},
	{
		name: "LongSleep",
		keeps: "its timer is out of the wheel",
		task: sleepsLong,
		rival: "all",
		prepare: nothing,
		complete: () => shift(SLEEP_MS + 50),
		lost: kept,
		waiting: zero,
		entriesEach: 0,
		timersEach: 1,
		byTime: true,
	},
	{
		name: "TickSleep",
		keeps: "its timer is out of the wheel that the program drives",
		task: sleepsTicks,
		rival: "all",
		prepare: nothing,
		complete: () => teeth.tick(TEETH),
		lost: kept,
		waiting: zero,
		entriesEach: 0,
		timersEach: 1,
		byTime: true,
		byTicks: true,
	},
	{
		name: "Ticker",
		keeps: "its timer is out of the wheel; the next tick is the one after",
		task: ticks,
		rival: "after",
		prepare: () => ticker.reset(),
		// Whoever gives up has had this tick: the next one is for the one after.
		complete: () => shift(2 * SLEEP_MS + 50),
		lost: kept,
		waiting: zero,
		entriesEach: 0,
		timersEach: 1,
		byTime: true,
	},
	{
		name: "YieldNow",
		keeps: "nothing is kept",
		task: yields,
		rival: "after",
		prepare: nothing,
		complete: nothing,
		lost: kept,
		waiting: zero,
		alwaysWoken: true,
		overAtOneLook: true,
	},
	{
		name: "Join",
		keeps: "the other joins see the end",
		task: joins,
		rival: "all",
		prepare() {
			if (workerHandle.status !== 1) spawn(worker(), workerHandle);
			runFor(1, 0);
		},
		complete() {
			stopped.signal();
			runFor(1, 0); // the worker ends
		},
		lost: kept,
		waiting: () => entries(workerHandle.waiting),
	},
	{
		name: "TaskGroup.join",
		keeps: "who is cancelled takes the children along; who is stopped or timed out leaves them alone",
		task: joinsGroup,
		rival: "all",
		prepare: () => prepareGroup(false),
		complete() {
			stopped.signal();
			runFor(1, 0); // the child ends
		},
		lost: () => differs("children", group.count, 0),
		waiting: () => entries(group.waiting),
	},
	{
		name: "TaskGroup.close",
		keeps: "the children are cancelled, and clean up",
		task: closesGroup,
		rival: "all",
		prepare: () => prepareGroup(true),
		complete() {
			cleanedUp.signal();
			runFor(1, 0); // the child ends
		},
		lost: () => differs("children", group.count, 0),
		waiting: () => entries(group.waiting),
	},
];
