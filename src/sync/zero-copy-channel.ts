/**
 * A channel that copies nothing: its slots are objects of the user's, made once; the sender fills one in place, the
 * receiver reads it in place. One sender and one receiver at a time. (The zerocopy_channel of embassy-sync.)
 *
 * ```ts
 * const frames = new ZeroCopyChannel([new Uint8Array(64), new Uint8Array(64)]);
 * const frame = await frames.send();     frame[0] = …;     frames.sendDone();       // sender
 * const frame = await frames.receive();  use(frame);       frames.receiveDone();    // receiver
 * ```
 *
 * Between getting a slot and `…Done` it belongs to that side; asking again gives the same slot. Task context, O(1).
 */
import type { TaskId } from "#hal";
import { createWaitList, delist, enlist, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { checkedCapacity } from "./capacity.ts";

/**
 * A channel whose slots are the user's own objects, filled and read in place; one sender and one receiver at a time. Made at
 * start-up; task context, O(1).
 */
export class ZeroCopyChannel<T> {
	readonly slots: readonly T[];
	/** How many slots are filled. */
	length = 0;
	readonly senders = createWaitList();
	readonly receivers = createWaitList();
	private head = 0;
	private sending = false;
	private receiving = false;

	/** INIT. Throws RangeError when there is no slot. */
	constructor(slots: readonly T[]) {
		checkedCapacity(slots.length, "ZeroCopyChannel: the number of slots");
		this.slots = slots;
	}

	/** The slot to fill next, or undefined when all are filled. */
	trySend(): T | undefined {
		if (this.length === this.slots.length) return undefined;
		this.sending = true;
		const at = this.head + this.length;
		return this.slots[at >= this.slots.length ? at - this.slots.length : at];
	}

	/** The slot is filled: the receiver may have it. Throws TypeError when no slot was asked for. */
	sendDone(): void {
		if (!this.sending) throw new TypeError("ZeroCopyChannel: sendDone without a slot from send or trySend");
		this.sending = false;
		this.length++;
		if (this.receivers.first !== undefined) wakeFirst(this.receivers);
	}

	/** The oldest filled slot, or undefined when none is filled. */
	tryReceive(): T | undefined {
		if (this.length === 0) return undefined;
		this.receiving = true;
		return this.slots[this.head];
	}

	/** The slot is free again. Throws TypeError when no slot was asked for. */
	receiveDone(): void {
		if (!this.receiving) throw new TypeError("ZeroCopyChannel: receiveDone without a slot from receive or tryReceive");
		this.receiving = false;
		this.head = this.head + 1 === this.slots.length ? 0 : this.head + 1;
		this.length--;
		if (this.senders.first !== undefined) wakeFirst(this.senders);
	}

	/** Waits for a free slot. */
	send(): SlotWait<T> {
		return new SlotWait<T>().start(this, true);
	}

	/** Waits for a filled slot. */
	receive(): SlotWait<T> {
		return new SlotWait<T>().start(this, false);
	}
}

/** The wait for a slot, free or filled. */
export class SlotWait<T> extends Waiter<T> {
	private channel: ZeroCopyChannel<T> | undefined = undefined;
	private toSend = false;
	private slot: T | undefined = undefined;

	/** Chooses the channel, and whether a slot is to be filled or read. */
	start(channel: ZeroCopyChannel<T>, toSend: boolean): this {
		delist(this);
		this.channel = channel;
		this.toSend = toSend;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as ZeroCopyChannel<T>;
		const slot = this.toSend ? channel.trySend() : channel.tryReceive();
		if (slot === undefined) {
			enlist(this.toSend ? channel.senders : channel.receivers, this, waker);
			return PENDING;
		}
		delist(this);
		this.slot = slot;
		return READY;
	}

	take(): T {
		return this.slot as T;
	}
}
