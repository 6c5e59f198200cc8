/**
 * What a seed decides of the simulated machine, and where: the layers around waits, what comes from outside, the run itself
 * (simulation.ts). Without a seed each is what it is around.
 */
import type { TaskId } from "../hal.ts";
import { receive } from "./devices.ts";
import { interrupt, pinEdge, interruptPoll as pollInterrupt, wakerLists } from "./interrupts.ts";
import { advance, after, now, seedWith, seen, simulation, stop, virtualTime } from "./machine.ts";
import { queueAwait as awaitQueue, messageTables } from "./messages.ts";
import { ringPoll as pollRing, ringWaits } from "./rings.ts";
import { type Conditions, createHappening, renew, type When } from "./scenario.ts";
import { type Finished, type Machine, Simulation, type SimulationOptions } from "./simulation.ts";
import { tickPoll as pollTick, tickTimers, tickTimersSet } from "./ticks.ts";
import { timers } from "./timers.ts";
import { INTERRUPT, type List, type ListEntry, QUEUE, RING, TICK, Waits } from "./waits.ts";
import { state as wheelState } from "./wheel.ts";

export function interruptPoll(wait: number, waker: TaskId): number {
	if (simulation === undefined) return pollInterrupt(wait, waker);
	simulation.waits.renewed(INTERRUPT, wait);
	simulation.interleave();
	const outcome = pollInterrupt(wait, waker);
	simulation.interleave();
	return outcome;
}

/** As the wait's own method: one call less. */
export function interruptPollOwn(this: unknown, waker: TaskId): number {
	return interruptPoll((this as { readonly wait: number }).wait, waker);
}

export function ringPoll(wait: number, waker: TaskId): number {
	if (simulation === undefined) return pollRing(wait, waker);
	simulation.waits.renewed(RING, wait);
	simulation.interleave();
	return pollRing(wait, waker);
}

export function tickPoll(timer: number, waker: TaskId): number {
	if (simulation !== undefined) simulation.waits.renewed(TICK, timer);
	return pollTick(timer, waker);
}

export function queueAwait(queue: number, wait: number, waker: TaskId): void {
	awaitQueue(queue, wait, waker);
	if (simulation === undefined) return;
	simulation.waits.renewed(QUEUE, wait);
	simulation.interleave();
}

/** Whether this run has a seed. */
export function isSeeded(): boolean {
	return simulation !== undefined;
}

/**
 * Declares what comes from outside: `happens("press", { every: [20, 300] }, press)`. `what` runs as an interrupt handler does, also while a
 * task is being polled: it may do what a handler may (`press`, `receive`, `interrupt`, `wake`, put a message into a queue). With a
 * seed it comes within the ranges, without one at the earliest. Throws RangeError for times that make no sense. INIT
 */
export function happens(name: string, when: When, what: () => void): void {
	const happening = createHappening(name, when, what, virtualTime());
	if (simulation !== undefined) {
		simulation.declare(happening);
		return;
	}
	const come = (): void => {
		what();
		if (renew(happening, virtualTime())) after(happening.earliest - virtualTime(), come);
	};
	after(happening.earliest - virtualTime(), come);
}

/** One of 0 to n - 1, as the seed says; without a seed 0. For scenarios: which byte comes, which vector. */
export function choose(n: number): number {
	return simulation === undefined ? 0 : simulation.decisions.choose(n);
}

/** Forbids a seeded run some of what it may do; see Conditions. INIT */
export function conditions(given: Conditions): void {
	simulation?.restrict(given);
}

/** From the layer that `stator sim` puts around the wait lists. */
export function listed(list: List, entry: ListEntry): void {
	simulation?.waits.listed(list, entry);
}

/** From the layers around the wait for a request to stop. */
export function waitsUntilStop(wait: object, waker: TaskId | undefined): void {
	simulation?.waits.untilStop(wait, waker);
}

/**
 * Makes this run a seeded one, before the program is loaded; `stator sim` calls it. `liveCount` asks the executor how many tasks live,
 * `seesLists` says that `listed` and `waitsUntilStop` are called. What is returned is called when the program has ended or thrown. INIT
 */
export function simulate(
	options: SimulationOptions,
	liveCount?: () => number,
	seesLists = false,
): (thrown: boolean, error?: unknown) => Finished {
	const waits = new Waits();
	const machine: Machine = {
		get set() {
			return seen.set;
		},
		waits,
		timers,
		tickTimers,
		ringWaits,
		interrupts: wakerLists,
		messages: messageTables,
		wheel: wheelState,
		now,
		due: seen.due,
		timersAlarm: seen.timersAlarm,
		time: virtualTime,
		advance,
		after,
		stop,
		press: pinEdge,
		pend: interrupt,
		receive,
		masksPolls: seen.masksPolls,
	};
	waits.seesLists = seesLists;
	const made = new Simulation(options, machine, waits);
	made.invariants.liveCount = liveCount;
	seedWith(made);
	return (thrown, error) => made.finish(thrown, error);
}

/** How many timers the wheels hold, the clock's and the program's: for tests. */
export function timersSet(): number {
	return timers.filter(({ place }) => place >= 0).length + tickTimersSet();
}
