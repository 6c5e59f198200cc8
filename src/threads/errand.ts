/**
 * Work that runs in this machine: the handle that its task is spawned with. When the task ends, the outcome goes to the work's owner, on
 * whatever thread that is. As many are made as shared tasks have slots, at start-up.
 */
import { polling, THREW, workEnd, workFail, workFetch, workStore } from "#hal";
import { JoinHandle } from "../executor/join-handle.ts";
import { handles } from "../executor/table.ts";

export class Errand extends JoinHandle<unknown> {
	/** The number of the work; -1: none. */
	work = -1;
	/** The executor that has taken it: on Node several are of one machine. */
	executor = 0;
	next: Errand | undefined = undefined;

	/** The executor of this machine reports the end of the task. */
	override settle(status: number, outcome: unknown): void {
		const work = this.work;
		this.status = status;
		this.work = -1;
		this.next = free;
		free = this;
		running--;
		if (status === THREW) workFail(work, outcome);
		else workEnd(work, status, outcome);
	}
}

const all: Errand[] = [];
let free: Errand | undefined;

/** How much work runs in this machine. */
export let running = 0;

/** INIT */
export function addErrands(count: number): void {
	for (let i = 0; i < count; i++) {
		const errand = new Errand();
		errand.next = free;
		free = errand;
		all.push(errand);
	}
}

/** One for work that is about to begin. */
export function takeErrand(work: number, executor: number): Errand {
	const errand = free;
	if (errand === undefined) throw new TypeError("work: more has begun than shared tasks have slots");
	free = errand.next;
	errand.work = work;
	errand.executor = executor;
	running++;
	return errand;
}

/** Everything that runs here for others is cancelled. */
export function cancelErrands(): void {
	for (let i = 0; i < all.length; i++) if (all[i].work >= 0) all[i].cancel();
}

/** The work that the running task does. */
function present(): number {
	const slot = polling();
	const work = slot < 0 ? undefined : (handles[slot] as Errand | undefined)?.work;
	if (work === undefined || work < 0)
		throw new TypeError("workInput, workOutput: the running task was not begun as work; call it in a shared task");
	return work;
}

/** Copies the bytes of the running task's work, as its owner has set them, into an array: how many. Allocates nothing. */
export function workInput(into: Uint8Array, offset: number = 0, count: number = into.length): number {
	return workFetch(present(), into, offset, count);
}

/** Copies bytes of an array into the running task's work, for its owner to read when the task has ended: how many. Allocates nothing. */
export function workOutput(from: Uint8Array, offset: number = 0, count: number = from.length): number {
	return workStore(present(), from, offset, count);
}
