/**
 * One look at a channel for a compiled task, on the simulated machine: the methods of src/sync themselves, which native/xs/channel-glue.c does in C on
 * the same objects. tests/linux/channel-looks.test.ts compares the two step by step.
 */
import type { TaskId } from "../hal.ts";

/** As in src/status.ts, which a platform does not import. */
const PENDING = 1;

/** What it uses of Send and Receive. */
interface Wait {
	readonly channel: object | undefined;
	sent: boolean | undefined;
	start(channel: object, value?: unknown): unknown;
	poll(waker: TaskId): number;
	take(): unknown;
	drop(): void;
}

let running: () => TaskId = () => -1;

/** Who gives the id of the task that is being polled. */
export function connectChannels(task: () => TaskId): void {
	running = task;
}

const waits = new WeakMap<object, Wait>();

export function channelReceiver(given: object): (channel?: object) => unknown {
	const wait = given as Wait;
	const look = (channel?: object): unknown => {
		if (channel !== undefined && wait.channel !== channel) wait.start(channel);
		return wait.poll(running()) === PENDING ? look : wait.take();
	};
	waits.set(look, wait);
	return look;
}

export function channelSender(given: object): (value: unknown, channel?: object) => boolean | undefined {
	const wait = given as Wait;
	const look = (value: unknown, channel?: object): boolean | undefined => {
		if (wait.sent !== undefined) wait.start(channel ?? (wait.channel as object), value);
		if (wait.poll(running()) === PENDING) {
			wait.sent = undefined;
			return true;
		}
		return wait.take() === true ? false : undefined;
	};
	waits.set(look, wait);
	return look;
}

export function channelLeave(look: (...given: never[]) => unknown): void {
	waits.get(look)?.drop();
}
