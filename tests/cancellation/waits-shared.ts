/** Waits for what other machines and interrupt handlers send through C memory. */
import { abortable, STOPPED, TIMEOUT, task, withDeadline } from "stator";
import { item, record, sharedChannel, sharedPipe, sharedRecordChannel, sharedSignal } from "stator/actor";
import { began, differs, LIMITED, lastTurn, left, limit, outcome, PLAIN, type Wait } from "./wait.ts";

const VALUE = 7;
/** The lists are in C memory: nobody counts them, but what they would keep is seen by what is lost. */
const zero = (): number => 0;

const signal = sharedSignal("cancellation, signal");
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

const numbers = sharedChannel("cancellation, numbers", "i32", 3);
const receives = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await numbers.receive()
					: how === LIMITED
						? await withDeadline(numbers.receive(), limit.at)
						: await abortable(numbers.receive());
			return outcome(who, got, VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const Note = record({ n: "u32" });
const note = item(Note);
const notes = sharedRecordChannel("cancellation, notes", Note, 3);
/** For what is left. */
const read = item(Note);
const receivesNotes = task({ pool: 2 }, async (who: number, how: number) => {
	try {
		try {
			began(who);
			const got =
				how === PLAIN
					? await notes.receive()
					: how === LIMITED
						? await withDeadline(notes.receive(), limit.at)
						: await abortable(notes.receive());
			return outcome(who, got === TIMEOUT || got === STOPPED ? got : got.get(Note.n), VALUE);
		} finally {
			await lastTurn(who);
		}
	} finally {
		left(who);
	}
});

const pipe = sharedPipe("cancellation, bytes", 4);
const bytes = [VALUE];
/** One for each task, and one for the driver. */
const into = [[0], [0], [0]];
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

export const sharedWaits: Wait[] = [
	{
		name: "SharedSignal.wait",
		keeps: "the value goes to the next, or is still there",
		task: hears,
		rival: "next",
		prepare: () => signal.reset(),
		complete: () => signal.signal(VALUE),
		lost: (completed, taken) => differs("values left", signal.signaled ? 1 : 0, completed - taken),
		waiting: zero,
		entriesEach: 0,
	},
	{
		name: "SharedChannel.receive",
		keeps: "the value goes to the next, or is still in it",
		task: receives,
		rival: "next",
		prepare() {
			while (numbers.tryReceive() !== undefined);
		},
		complete: () => void numbers.trySend(VALUE),
		lost: (completed, taken) => differs("values left", numbers.length, completed - taken),
		waiting: zero,
		entriesEach: 0,
	},
	{
		name: "SharedRecordChannel.receive",
		keeps: "the record goes to the next, or is still in it",
		task: receivesNotes,
		rival: "next",
		prepare() {
			note.set(Note.n, VALUE);
			while (notes.tryReceive(read));
		},
		complete: () => void notes.trySend(note),
		lost: (completed, taken) => differs("records left", notes.length, completed - taken),
		waiting: zero,
		entriesEach: 0,
	},
	{
		name: "SharedPipe.read",
		keeps: "the bytes go to the next, or are still in it",
		task: readsBytes,
		rival: "next",
		prepare: () => void pipe.tryRead(into[DRIVER], 0, 1),
		complete: () => void pipe.tryWrite(bytes, 0, 1),
		lost: (completed, taken) => differs("bytes left", pipe.length, completed - taken),
		waiting: zero,
		entriesEach: 0,
	},
];
