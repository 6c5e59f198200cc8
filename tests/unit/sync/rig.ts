/**
 * Random tests of a primitive against a model: workers that begin waits and give them up, and calls that do not wait, one
 * command at a time, each followed by as many rounds as it takes until nobody is ready. After each command the workers that have
 * finished, and with what, are those that the model says.
 *
 * A model is the primitive's meaning in plain JavaScript: queues of workers and no wakers. `finish` notes that a worker's
 * wait has ended; a command that makes no sense at the moment (a worker that waits already) is left out on both sides.
 */
import fc from "fast-check";
import { test, vi } from "vitest";

export type Stator = typeof import("stator");
interface Wait {
	poll(id: number): number;
	take(): unknown;
	drop(): void;
}

export const WORKERS = 4;

export abstract class Model {
	/** What has finished since the last command: worker and value. */
	finished: string[] = [];
	/** Who waits. */
	readonly waiting = new Set<number>();

	finish(worker: number, value?: unknown): void {
		this.waiting.delete(worker);
		this.finished.push(worker + ": " + JSON.stringify(value));
	}

	/** A worker begins to wait. */
	abstract start(kind: string, worker: number, arg: number): void;
	/** A worker gives its wait up. */
	abstract drop(worker: number): void;
	/** A call that does not wait: its result. */
	abstract call(kind: string, arg: number): unknown;
}

export interface Real {
	/** The wait of a worker, started. Each worker uses its own again and again. */
	start(kind: string, worker: number, arg: number): Wait;
	call(kind: string, arg: number): unknown;
	/** How many entries the primitive's lists hold: must be the number of workers that wait. */
	lists(): { first: unknown }[];
	/** A result as the model gives it. */
	shown?(value: unknown, worker: number): unknown;
}

export interface Spec {
	readonly name: string;
	/** Waits by name, and which workers may do them. */
	readonly waits: Readonly<Record<string, (worker: number) => boolean>>;
	readonly calls: readonly string[];
	model(size: number): Model;
	real(stator: Stator, size: number): Real;
}

interface Command {
	kind: string;
	worker: number;
	arg: number;
}

/** Exceptions are results here, and their stack traces would take most of the time. */
Error.stackTraceLimit = 0;

async function machine(): Promise<Stator> {
	vi.resetModules();
	return await import("stator");
}

/** Workers on a fresh machine; each polls the wait that it was given until that is ready. */
function workers(stator: Stator) {
	const waits: (Wait | undefined)[] = new Array(WORKERS).fill(undefined);
	const finished: [worker: number, value: unknown][] = [];
	const ids: number[] = [];
	for (let i = 0; i < WORKERS; i++) {
		const worker = stator.pollTask({}, () => ({
			poll(id) {
				ids[i] = id;
				const wait = waits[i];
				if (wait !== undefined && wait.poll(id) === stator.READY) {
					waits[i] = undefined;
					finished.push([i, wait.take()]);
				}
				return stator.PENDING;
			},
		}));
		stator.spawnDetached(worker());
	}
	stator.runFor(WORKERS, 0);
	return { waits, finished, wake: (i: number) => stator.wake(ids[i]) };
}

/** Not `expect`: a million comparisons would take most of the time. */
function same(actual: string, expected: string, what: string): void {
	if (actual !== expected) throw new Error(what + " is " + actual + ", the model says " + expected);
}

function listed(lists: { first: unknown }[]): number {
	let count = 0;
	for (const list of lists)
		for (
			let entry = list.first as { next: unknown } | undefined;
			entry !== undefined;
			entry = entry.next as typeof entry
		)
			count++;
	return count;
}

function run(
	spec: Spec,
	stator: Stator,
	rig: ReturnType<typeof workers>,
	size: number,
	commands: readonly Command[],
): void {
	const model = spec.model(size);
	const real = spec.real(stator, size);
	rig.waits.fill(undefined);
	for (const { kind, worker, arg } of commands) {
		model.finished = [];
		rig.finished.length = 0;
		if (kind === "drop") {
			if (!model.waiting.has(worker)) continue;
			model.waiting.delete(worker);
			model.drop(worker);
			const wait = rig.waits[worker];
			rig.waits[worker] = undefined;
			wait?.drop();
		} else if (kind in spec.waits) {
			if (model.waiting.has(worker) || !spec.waits[kind](worker)) continue;
			model.waiting.add(worker);
			model.start(kind, worker, arg);
			rig.waits[worker] = real.start(kind, worker, arg);
			rig.wake(worker);
		} else
			same(JSON.stringify([kind, real.call(kind, arg)]), JSON.stringify([kind, model.call(kind, arg)]), "the result");
		stator.runFor(1000, 0);
		const shown = rig.finished.map(
			([who, value]) => who + ": " + JSON.stringify(real.shown === undefined ? value : real.shown(value, who)),
		);
		same(shown.sort().join(), model.finished.sort().join(), "what has finished");
		same(String(listed(real.lists())), String(model.waiting.size), "the number of waiters");
	}
}

/** 100,000 commands for each primitive; STATOR_SEED repeats a run. */
export function agrees(spec: Spec): void {
	test("N1 " + spec.name + ": 100,000 random commands agree with the model", async () => {
		const stator = await machine();
		const rig = workers(stator);
		const command = fc.record({
			kind: fc.constantFrom("drop", ...Object.keys(spec.waits), ...Object.keys(spec.waits), ...spec.calls),
			worker: fc.nat(WORKERS - 1),
			arg: fc.nat(9),
		});
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 4 }),
				fc.array(command, { minLength: 1000, maxLength: 1000 }),
				(size, commands) => run(spec, stator, rig, size, commands),
			),
			{ numRuns: 100, ...(process.env.STATOR_SEED === undefined ? {} : { seed: Number(process.env.STATOR_SEED) }) },
		);
	}, 120_000);
}
