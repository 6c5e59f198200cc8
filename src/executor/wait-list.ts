/**
 * A list of waiting tasks: doubly linked, its entries owned by the waiters (a frame makes its entry once), so that a
 * list has no capacity and leaving is O(1). Waking removes: an entry is in a list exactly while its task waits there.
 *
 * The source of the idea is the waker list per interrupt of embedded executors; the same list serves joins and, later,
 * every primitive. Task context only; interrupts have their own lists in C.
 *
 * C reads and writes these objects too, for compiled tasks: native/xs/wait-objects.h says which properties stand in which order.
 */
import { type TaskId, wake } from "#hal";

export interface WaitEntry {
	waker: TaskId;
	next: WaitEntry | undefined;
	previous: WaitEntry | undefined;
	list: WaitList | undefined;
}

export interface WaitList {
	first: WaitEntry | undefined;
	last: WaitEntry | undefined;
}

/** INIT */
export function createWaitEntry(): WaitEntry {
	return { waker: -1, next: undefined, previous: undefined, list: undefined };
}

/** INIT */
export function createWaitList(): WaitList {
	return { first: undefined, last: undefined };
}

/** Joins the end of the list; an entry that is already in it only gets its waker renewed. */
export function enlist(list: WaitList, entry: WaitEntry, waker: TaskId): void {
	entry.waker = waker;
	if (entry.list !== undefined) return;
	entry.list = list;
	entry.next = undefined;
	const last = list.last;
	entry.previous = last;
	if (last === undefined) list.first = entry;
	else last.next = entry;
	list.last = entry;
}

/** Leaves whatever list the entry is in; any number of times. */
export function delist(entry: WaitEntry): void {
	const list = entry.list;
	if (list === undefined) return;
	const next = entry.next;
	const previous = entry.previous;
	if (previous === undefined) list.first = next;
	else previous.next = next;
	if (next === undefined) list.last = previous;
	else next.previous = previous;
	entry.list = undefined;
	entry.next = undefined;
	entry.previous = undefined;
}

/** Wakes the first waiter and takes it out. False: nobody waits. */
export function wakeFirst(list: WaitList): boolean {
	const entry = list.first;
	if (entry === undefined) return false;
	// As delist, of an entry that nobody stands before.
	const next = entry.next;
	list.first = next;
	if (next === undefined) list.last = undefined;
	else {
		next.previous = undefined;
		entry.next = undefined;
	}
	entry.list = undefined;
	wake(entry.waker);
	return true;
}

/** Wakes every waiter, in the order in which they came. */
export function wakeAll(list: WaitList): void {
	let entry = list.first;
	list.first = undefined;
	list.last = undefined;
	while (entry !== undefined) {
		const next: WaitEntry | undefined = entry.next;
		entry.list = undefined;
		entry.next = undefined;
		entry.previous = undefined;
		wake(entry.waker);
		entry = next;
	}
}
