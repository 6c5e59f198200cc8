/**
 * The base of waits that stand in a wait list: the wait is its own list entry, so that it costs one object and who grants
 * something finds with the entry what it waits for.
 */
import type { TaskId } from "#hal";
import { Leaf } from "../leaf.ts";
import { delist, type WaitEntry, type WaitList } from "./wait-list.ts";

/** Made once, with the frame; its first properties are a WaitEntry's, in this order (native/xs/wait-objects.h). `poll` enlists it, whoever grants or wakes takes it out. INIT */
export abstract class Waiter<T> extends Leaf<T> implements WaitEntry {
	waker: TaskId = -1;
	next: WaitEntry | undefined = undefined;
	previous: WaitEntry | undefined = undefined;
	list: WaitList | undefined = undefined;

	drop(): void {
		delist(this);
	}
}
