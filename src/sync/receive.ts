/**
 * The wait for a value of a channel, whichever kind: what differs is how the channel chooses the value.
 */
import type { TaskId } from "#hal";
import { delist, enlist, type WaitList, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** What can be received from. `End` is undefined where the channel can end, else never. */
export interface Receivable<T, End extends undefined = never> {
	readonly length: number;
	readonly closed: boolean;
	readonly receivers: WaitList;
	/** Never there: keeps the types of a channel that can end and of one that cannot apart, in both directions. */
	readonly ends?: (end: End) => void;
	tryReceive(): T | undefined;
	/** Takes a value back that nobody has used: it leaves next. False when senders have filled the channel meanwhile. */
	putBack(value: T): boolean;
}

/** The wait for a value; undefined at the end of a channel that was closed. */
export class Receive<T, End extends undefined = never> extends Waiter<T | End> {
	// The first of its own, for native/xs/channel-glue.c.
	private channel: Receivable<T, End> | undefined = undefined;
	private value: T | undefined = undefined;

	/** Chooses the channel; returns itself, to be awaited. */
	start(channel: Receivable<T, End>): this {
		if (this.list !== undefined) delist(this);
		this.channel = channel;
		return this;
	}

	poll(waker: TaskId): Poll {
		const channel = this.channel as Receivable<T, End>;
		if (channel.length === 0) {
			if (channel.closed) return READY;
			enlist(channel.receivers, this, waker);
			return PENDING;
		}
		if (this.list !== undefined) delist(this);
		this.value = channel.tryReceive();
		// More values than this one, and more receivers: the next one's turn.
		if (channel.length > 0 && channel.receivers.first !== undefined) wakeFirst(channel.receivers);
		return READY;
	}

	take(): T | End {
		const value = this.value as T | End;
		this.value = undefined;
		return value;
	}

	/** Back to the front, as long as there is room. */
	giveBack(): void {
		const value = this.value;
		this.value = undefined;
		if (value !== undefined) this.channel?.putBack(value);
	}

	/** Who was woken and gives up hands the wake on: nobody sleeps beside a value. */
	override drop(): void {
		const woken = this.list === undefined;
		delist(this);
		const channel = this.channel;
		if (woken && channel !== undefined && channel.length > 0) wakeFirst(channel.receivers);
	}
}
