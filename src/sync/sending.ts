/** What all waits for room have in common; how the value goes in is the channel's own. */
import { delist, type WaitList, wakeFirst } from "../executor/wait-list.ts";
import { Waiter } from "../executor/waiter.ts";

/** What can be sent to. The types say nothing of its end: who sends need not know. */
export interface Sendable {
	readonly length: number;
	readonly capacity: number;
	readonly closed: boolean;
	readonly senders: WaitList;
}

/** The wait for room; yields whether the value is in: false when the channel was closed instead. */
export abstract class Sending<T, C extends Sendable> extends Waiter<boolean> {
	// The first of its own, in this order, for native/xs/channel-glue.c.
	protected channel: C | undefined = undefined;
	protected value: T | undefined = undefined;
	/** undefined: a compiled task waits, and `value` is what it sends (hal/hal.ts, channelSend). */
	protected sent: boolean | undefined = false;

	take(): boolean {
		return this.sent === true;
	}

	/** Who was woken and gives up hands the wake on: nobody sleeps beside room. */
	override drop(): void {
		this.value = undefined;
		this.sent = false;
		const woken = this.list === undefined;
		delist(this);
		const channel = this.channel;
		if (woken && channel !== undefined && channel.length < channel.capacity) wakeFirst(channel.senders);
	}
}
