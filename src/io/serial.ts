/** The console's line. Bytes come by interrupt into a ring; any number of tasks may wait for one. Task context. */
import { interruptClear, interruptNew, interruptPoll, interruptStartConsole, read, type TaskId, write } from "#hal";
import { Leaf } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";

/** The console's line, received and sent by interrupt. One is there already: `serial`. Task context. */
export class Serial {
	/** The next byte received, or -1. */
	read(): number {
		return read();
	}

	/** Sends a byte; queued, and sent by interrupt. */
	write(byte: number): void {
		write(byte);
	}

	/** Waits for a byte. Of several tasks that wait, one gets it. */
	receive(): SerialReceive {
		return new SerialReceive().start();
	}
}

/** The wait for a byte. */
export class SerialReceive extends Leaf<number> {
	private readonly wait = interruptNew();
	private byte = -1;

	/** Begins to wait; returns itself, to be awaited. */
	start(): this {
		interruptStartConsole(this.wait);
		return this;
	}

	poll(waker: TaskId): Poll {
		const wait = this.wait;
		for (;;) {
			const byte = read();
			if (byte >= 0) {
				this.byte = byte;
				interruptClear(wait);
				return READY;
			}
			// READY: one came since the last look, after ours at the ring perhaps.
			if (interruptPoll(wait, waker) === PENDING) return PENDING;
		}
	}

	take(): number {
		return this.byte;
	}

	drop(): void {
		interruptClear(this.wait);
	}
}
