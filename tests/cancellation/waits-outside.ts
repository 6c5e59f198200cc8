/** Waits for what comes from outside: interrupts, edges, bytes; and for messages of other machines. */
import { abortable, STOPPED, TIMEOUT, task, withDeadline } from "stator";
import { type Message, record, sharedQueue } from "stator/actor";
import { button, interrupt, pend, serial } from "stator/board";
import { outside } from "./outside.ts";
import { began, differs, LIMITED, lastTurn, left, limit, outcome, PLAIN, type Wait } from "./wait.ts";

/** Vectors that nobody else uses, on any of the targets. */
const COUNTED = 20;
const FROM_NOW = 21;
const HELD = 22;
const BYTE = 7;

const nothing = (): void => {};
const zero = (): number => 0;
const kept = (): undefined => undefined;

const counts = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await interrupt(COUNTED)
					: how === LIMITED
						? await withDeadline(interrupt(COUNTED), limit.at)
						: await abortable(interrupt(COUNTED));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const countsFromNow = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await interrupt(FROM_NOW, "next")
					: how === LIMITED
						? await withDeadline(interrupt(FROM_NOW, "next"), limit.at)
						: await abortable(interrupt(FROM_NOW, "next"));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const countsHeld = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await interrupt(HELD, "hold")
					: how === LIMITED
						? await withDeadline(interrupt(HELD, "hold"), limit.at)
						: await abortable(interrupt(HELD, "hold"));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const feels = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await button.edge("falling")
					: how === LIMITED
						? await withDeadline(button.edge("falling"), limit.at)
						: await abortable(button.edge("falling"));
			return outcome(who, got, 1);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const listens = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await serial.receive()
					: how === LIMITED
						? await withDeadline(serial.receive(), limit.at)
						: await abortable(serial.receive());
			return outcome(who, got, BYTE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const Note = record({ n: "u32" });
const notes = sharedQueue("cancellation", Note, 3);
/** Messages of the pool that the driver has in its hands for a moment. */
const hands: (Message | undefined)[] = [undefined, undefined, undefined];

function put(): void {
	const message = notes.pool?.alloc();
	if (message === undefined) throw new Error("the pool is empty");
	message.set(Note.n, BYTE);
	notes.put(message);
}

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

function emptyQueue(): number {
	let count = 0;
	for (;;) {
		const message = notes.tryNext();
		if (message === undefined) return count;
		message.free();
		count++;
	}
}

const takes = task({ pool: 2 }, async (who: number, how: number) => {
	let held: Message | undefined;
	try {
		try {
			began(who);

			const got =
				how === PLAIN
					? await notes.next()
					: how === LIMITED
						? await withDeadline(notes.next(), limit.at)
						: await abortable(notes.next());
			if (got === TIMEOUT || got === STOPPED) return outcome(who, got);
			held = got;
			return outcome(who, got.get(Note.n), BYTE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		if (held !== undefined) held.free();
		left(who);
	}
});

export const outsideWaits: Wait[] = [
	{
		name: "interrupt (count)",
		keeps: "it is out of the vector's list; the others are woken",
		task: counts,
		rival: "all",
		prepare: nothing,
		complete: () => pend(COUNTED),
		lost: kept,
		waiting: zero,
	},
	{
		name: "interrupt (next)",
		keeps: "it is out of the vector's list; the others are woken",
		task: countsFromNow,
		rival: "all",
		prepare: nothing,
		complete: () => pend(FROM_NOW),
		lost: kept,
		waiting: zero,
	},
	{
		name: "interrupt (hold)",
		keeps: "it is out of the vector's list; the others are woken",
		task: countsHeld,
		rival: "all",
		prepare: nothing,
		complete: () => pend(HELD),
		lost: kept,
		waiting: zero,
	},
	{
		name: "Edge",
		keeps: "it is out of the pin's list; the others are woken",
		task: feels,
		rival: "all",
		prepare: nothing,
		complete: () => outside.press(),
		lost: kept,
		waiting: zero,
	},
	{
		name: "SerialReceive",
		keeps: "the byte goes to the next, or is still there",
		task: listens,
		rival: "next",
		prepare() {
			while (serial.read() >= 0);
		},
		complete: () => void outside.type(BYTE),
		lost: (completed, taken) => differs("bytes left", serial.read() < 0 ? 0 : 1, completed - taken),
		waiting: zero,
		endless: () => (outside.deaf ? "the host's console receives nothing" : undefined),
	},
	{
		name: "Queue.next",
		keeps: "the message goes to the next, or is still in the queue; all others are free",
		task: takes,
		rival: "next",
		prepare: () => void emptyQueue(),
		complete: put,
		lost: (completed, taken) =>
			differs("messages left", emptyQueue(), completed - taken) ?? differs("free messages", free(), 3),
		waiting: zero,
		entriesEach: 0, // its list is the queue's own
	},
];
