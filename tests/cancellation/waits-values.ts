/** Waits for values: signals, watches, channels, publishing. */
import {
	abortable,
	Channel,
	OnceCell,
	PriorityChannel,
	PubSub,
	Signal,
	STOPPED,
	TIMEOUT,
	task,
	Watch,
	withDeadline,
	ZeroCopyChannel,
} from "stator";
import { began, differs, entries, LIMITED, lastTurn, left, limit, outcome, PLAIN, type Wait } from "./wait.ts";

const VALUE = 7;

const signal = new Signal<number>();
const hears = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await signal.wait()
					: how === LIMITED
						? await withDeadline(signal.wait(), limit.at)
						: await abortable(signal.wait());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const watch = new Watch<number>(0);
/** One for each task. */
const watchers = [watch.watcher(), watch.watcher()];
const watches = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await watchers[who].changed()
					: how === LIMITED
						? await withDeadline(watchers[who].changed(), limit.at)
						: await abortable(watchers[who].changed());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const cell = new OnceCell<number>();
const needs = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await cell.wait()
					: how === LIMITED
						? await withDeadline(cell.wait(), limit.at)
						: await abortable(cell.wait());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const values = new Channel<number>(2);
const receives = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await values.receive()
					: how === LIMITED
						? await withDeadline(values.receive(), limit.at)
						: await abortable(values.receive());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const full = new Channel<number>(1);
const sends = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await full.send(VALUE)
					: how === LIMITED
						? await withDeadline(full.send(VALUE), limit.at)
						: await abortable(full.send(VALUE));
			return outcome(who, got, true);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const urgent = new PriorityChannel<number>(2);
const receivesUrgent = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await urgent.receive()
					: how === LIMITED
						? await withDeadline(urgent.receive(), limit.at)
						: await abortable(urgent.receive());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const fullUrgent = new PriorityChannel<number>(1);
const sendsUrgent = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await fullUrgent.send(VALUE, 1)
					: how === LIMITED
						? await withDeadline(fullUrgent.send(VALUE, 1), limit.at)
						: await abortable(fullUrgent.send(VALUE, 1));
			return outcome(who, got, true);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

interface Slot {
	value: number;
}

const slots = new ZeroCopyChannel<Slot>([{ value: 0 }, { value: 0 }]);

/** Fills a slot and gives it on, as far as that is possible. */
function fillSlot(): boolean {
	const slot = slots.trySend();
	if (slot === undefined) return false;
	slot.value = VALUE;
	slots.sendDone();
	return true;
}

/** Empties a slot and gives it back, as far as that is possible. */
function emptySlot(): boolean {
	const slot = slots.tryReceive();
	if (slot === undefined) return false;
	slots.receiveDone();
	return true;
}

const receivesSlot = task({ pool: 2 }, async (who: number, how: number) => {
	let held: Slot | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await slots.receive()
					: how === LIMITED
						? await withDeadline(slots.receive(), limit.at)
						: await abortable(slots.receive());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			held = got;
			return outcome(who, got.value, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (held !== undefined) slots.receiveDone();
		left(who);
	}
});

const fillsSlot = task({ pool: 2 }, async (who: number, how: number) => {
	let held: Slot | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await slots.send()
					: how === LIMITED
						? await withDeadline(slots.send(), limit.at)
						: await abortable(slots.send());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			held = got;
			return outcome(who, undefined);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (held !== undefined) slots.sendDone();
		left(who);
	}
});

const news = new PubSub<number>(2);
/** One for each task. */
const readers = [news.subscriber(), news.subscriber()];
const reads = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await readers[who].next()
					: how === LIMITED
						? await withDeadline(readers[who].next(), limit.at)
						: await abortable(readers[who].next());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const fullNews = new PubSub<number>(1);
const slowReader = fullNews.subscriber();
const publishes = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await fullNews.publish(VALUE)
					: how === LIMITED
						? await withDeadline(fullNews.publish(VALUE), limit.at)
						: await abortable(fullNews.publish(VALUE));
			return outcome(who, got);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

export const valueWaits: Wait[] = [
	{
		name: "Signal.wait",
		keeps: "the value goes to the next, or is still there",
		task: hears,
		rival: "next",
		prepare: () => signal.reset(),
		complete: () => signal.signal(VALUE),
		lost: (completed, taken) => differs("values left", signal.signaled ? 1 : 0, completed - taken),
		waiting: () => entries(signal.waiting),
	},
	{
		name: "Watcher.changed",
		keeps: "the change is still to be seen",
		task: watches,
		rival: "all",
		prepare() {
			watchers[0].get();
			watchers[1].get();
		},
		complete: () => watch.send(VALUE),
		lost: (completed, taken) =>
			differs(
				"changes that the first has not seen",
				watchers[0].hasChanged ? 1 : 0,
				completed > 0 && taken < 2 ? 1 : 0,
			),
		waiting: () => entries(watch.waiting),
	},
	{
		name: "OnceCell.wait",
		keeps: "the value stays",
		task: needs,
		rival: "all",
		/** A cell is set once; here it is the cell of many cells. */
		prepare() {
			cell.isSet = false;
			cell.value = undefined;
		},
		complete: () => void cell.set(VALUE),
		lost: () => differs("the value", cell.value ?? -1, VALUE),
		waiting: () => entries(cell.waiting),
	},
	{
		name: "Channel.receive",
		keeps: "the value goes to the next, or is still in it",
		task: receives,
		rival: "next",
		prepare() {
			while (values.length > 0) values.tryReceive();
		},
		complete: () => void values.trySend(VALUE),
		lost: (completed, taken) => differs("values left", values.length, completed - taken),
		waiting: () => entries(values.receivers) + entries(values.senders),
	},
	{
		name: "Channel.send",
		keeps: "the room goes to the next; the value is not in it",
		task: sends,
		rival: "next",
		prepare() {
			full.trySend(VALUE);
		},
		complete: () => void full.tryReceive(),
		lost: (completed, sent) => differs("values left", full.length, 1 + sent - completed),
		waiting: () => entries(full.receivers) + entries(full.senders),
	},
	{
		name: "PriorityChannel.receive",
		keeps: "the value goes to the next, or is still in it",
		task: receivesUrgent,
		rival: "next",
		prepare() {
			while (urgent.length > 0) urgent.tryReceive();
		},
		complete: () => void urgent.trySend(VALUE, 0),
		lost: (completed, taken) => differs("values left", urgent.length, completed - taken),
		waiting: () => entries(urgent.receivers) + entries(urgent.senders),
	},
	{
		name: "PriorityChannel.send",
		keeps: "the room goes to the next; the value is not in it",
		task: sendsUrgent,
		rival: "next",
		prepare() {
			fullUrgent.trySend(VALUE, 0);
		},
		complete: () => void fullUrgent.tryReceive(),
		lost: (completed, sent) => differs("values left", fullUrgent.length, 1 + sent - completed),
		waiting: () => entries(fullUrgent.receivers) + entries(fullUrgent.senders),
	},
	{
		name: "ZeroCopyChannel.receive",
		keeps: "the slot stays filled",
		task: receivesSlot,
		rival: "after",
		prepare() {
			while (emptySlot());
		},
		complete: () => void fillSlot(),
		lost: (completed, taken) => differs("filled slots", slots.length, completed - taken),
		waiting: () => entries(slots.receivers) + entries(slots.senders),
	},
	{
		name: "ZeroCopyChannel.send",
		keeps: "the slot stays empty",
		task: fillsSlot,
		rival: "after",
		prepare() {
			while (fillSlot());
		},
		complete: () => void emptySlot(),
		lost: (completed, filled) => differs("filled slots", slots.length, 2 + filled - completed),
		waiting: () => entries(slots.receivers) + entries(slots.senders),
	},
	{
		name: "Subscriber.next",
		keeps: "the value is still to be read",
		task: reads,
		rival: "all",
		prepare() {
			while (readers[0].tryNext() !== undefined);
			while (readers[1].tryNext() !== undefined);
		},
		complete: () => void news.tryPublish(VALUE),
		lost: (completed, taken) =>
			differs("values not read", readers[0].unread + readers[1].unread, 2 * completed - taken),
		waiting: () => entries(news.readers) + entries(news.publishers),
	},
	{
		name: "PubSub.publish",
		keeps: "the room goes to the next; nothing was published",
		task: publishes,
		rival: "next",
		prepare() {
			fullNews.tryPublish(VALUE);
		},
		complete: () => void slowReader.tryNext(),
		lost: (completed, published) => differs("values not read", slowReader.unread, 1 + published - completed),
		waiting: () => entries(fullNews.readers) + entries(fullNews.publishers),
	},
];
