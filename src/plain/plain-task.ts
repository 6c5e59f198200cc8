/**
 * Plain tasks: async functions as the engine runs them, in a slot of the executor. They allocate at each await, so they
 * are for start-up, for tests of uncompiled sources, and for what needs promises; compiled and hand-written tasks run
 * beside them.
 *
 * ```
 *   poll: first time   call the function, run promise jobs      -> its awaits of leaves attach themselves
 *   poll: each time    poll the attached leaves; one is ready   -> resolve it, run promise jobs, look again
 *   the promise settles                                         -> the slot is done
 * ```
 *
 * The jobs run inside the poll until none is left, so that the next `await` knows whose it is: as in Node, a function that
 * awaits what is settled already, for ever, keeps the others from their turns. A leaf that is awaited after a promise from
 * elsewhere was resolved outside of the task's turn cannot know whose it is, and is refused.
 */
import { jobs, type TaskId, wake } from "#hal";
import type { Awaitable } from "../awaitable.ts";
import { done } from "../executor/end.ts";
import { pollTask, type Task, type TaskOptions } from "../executor/poll-task.ts";
import type { Frame } from "../executor/pool.ts";
import { setAttach } from "../leaf.ts";
import { PENDING, type Poll, READY } from "../status.ts";
import { setIterate } from "../stream.ts";

/** What a pending await of a cancelled plain task throws. A `catch` sees it and must throw it on. */
export class Cancel extends Error {
	override name = "Cancel";
}

interface Wait {
	leaf: Awaitable<unknown>;
	resolve: (value: unknown) => unknown;
	reject: (reason: unknown) => unknown;
}

const RUNNING = 0;
const RETURNED = 1;
const THREW = 2;

let current: PlainFrame | undefined;

setAttach((leaf, resolve, reject) => {
	if (current === undefined)
		throw new TypeError("await: no plain task is running here (an operation was awaited outside of a task's turn)");
	current.waits.push({ leaf, resolve: resolve as Wait["resolve"], reject });
});

/** A stream's own leaf method, awaited for each step; undefined is the end. */
setIterate((stream) => ({
	async next() {
		const source = stream as { receive?: () => Awaitable<unknown>; next?: () => Awaitable<unknown> };
		const value = await (source.receive?.() ?? source.next?.());
		return value === undefined ? { done: true, value } : { done: false, value };
	},
}));

/** The same object, methods and all, but no thenable. */
function withoutThen(leaf: Awaitable<unknown>): unknown {
	// biome-ignore lint/suspicious/noThenProperty: it hides the one that is there
	return Object.create(leaf, { then: { value: undefined } });
}

class PlainFrame implements Frame<unknown[]> {
	readonly waits: Wait[] = [];
	private readonly body: (...args: never[]) => Promise<unknown>;
	private args: unknown[] = [];
	private begun = false;
	private state = RUNNING;
	private outcome: unknown = undefined;
	/** Settlements of an earlier tenant's promise are strangers. */
	private tenant = 0;

	constructor(body: (...args: never[]) => Promise<unknown>) {
		this.body = body;
	}

	start(...args: unknown[]): void {
		this.args = args;
		this.begun = false;
		this.state = RUNNING;
		this.outcome = undefined;
		this.waits.length = 0;
		this.tenant++;
	}

	poll(id: TaskId): Poll {
		if (!this.begun) this.begin(id);
		let ready = this.nextReady(id);
		while (this.state === RUNNING && ready !== undefined) {
			const { leaf, resolve, reject } = ready;
			this.turn(() => {
				try {
					const value = leaf.take();
					(leaf as { spent?: () => void }).spent?.();
					// What is its own result (select, a shared record) could be awaited again, for ever: a promise gets it without that.
					resolve(value === leaf ? withoutThen(leaf) : value);
				} catch (error) {
					reject(error);
				}
			});
			ready = this.nextReady(id);
		}
		return this.end();
	}

	cancel(id: TaskId): Poll {
		if (!this.begun) return READY;
		for (const { leaf, reject } of this.waits.splice(0)) {
			leaf.drop();
			this.turn(() => reject(new Cancel("the task was cancelled")));
		}
		return this.poll(id);
	}

	private begin(id: TaskId): void {
		this.begun = true;
		const tenant = this.tenant;
		const settle = (state: number, outcome: unknown): void => {
			if (this.tenant !== tenant) return;
			this.state = state;
			this.outcome = outcome;
			wake(id);
		};
		this.turn(() => {
			this.body(...(this.args as never[])).then(
				(value) => settle(RETURNED, value),
				(error: unknown) => settle(THREW, error),
			);
		});
	}

	/** Polls what is awaited; takes the first that is ready off the list. */
	private nextReady(id: TaskId): Wait | undefined {
		for (let i = 0; i < this.waits.length; i++)
			if (this.waits[i].leaf.poll(id) !== PENDING) return this.waits.splice(i, 1)[0];
		return undefined;
	}

	private turn(work: () => void): void {
		const before = current;
		current = this;
		try {
			work();
			// One await takes several jobs, each queued by the one before it; a job that is left would be run outside of the turn.
			while (jobs());
		} finally {
			current = before;
		}
	}

	private end(): Poll {
		if (this.state === RUNNING) return PENDING;
		for (const { leaf } of this.waits.splice(0)) leaf.drop();
		if (this.state === RETURNED) return done(this.outcome);
		if (this.outcome instanceof Cancel) return READY;
		throw this.outcome;
	}
}

/** Declares a task whose body stays an async function, also where the program is compiled. INIT. */
export function plainTask<A extends unknown[], T>(body: (...args: A) => Promise<T>): Task<A, T>;
export function plainTask<A extends unknown[], T>(options: TaskOptions, body: (...args: A) => Promise<T>): Task<A, T>;
export function plainTask<A extends unknown[], T>(
	first: TaskOptions | ((...args: A) => Promise<T>),
	second?: (...args: A) => Promise<T>,
): Task<A, T> {
	const body = typeof first === "function" ? first : second;
	if (typeof body !== "function") throw new TypeError("task: an async function is needed, got " + typeof body);
	const options = typeof first === "function" ? {} : first;
	// Frames are called without their object: polls stand in a table of functions.
	return pollTask<A, T>(options, () => {
		const frame = new PlainFrame(body as unknown as (...args: never[]) => Promise<unknown>);
		return {
			start: (...args: A) => frame.start(...args),
			poll: (id) => frame.poll(id),
			cancel: (id) => frame.cancel(id),
		};
	});
}
