/**
 * The simulated platform: Node, virtual time. Time stands still while tasks run and jumps to the next alarm or scripted
 * event when the executor sleeps, so a test of a year takes a moment and two runs are the same.
 *
 * An interrupt is a function scheduled for a tick (`at`); it runs when virtual time reaches the tick, as a handler
 * would: it may wake tasks. When nothing can ever wake the executor, `round` throws a Deadlock that names the state.
 *
 * One simulated machine per module instance, as there is one XS machine per executor; tests load a fresh one each.
 *
 * `stator sim` runs programs on it with a seed, which decides what is open: simulation.ts. Without one it is as above.
 */
import type { Settle, TaskId, Turn } from "../hal.ts";
import {
	ALARM_TIMERS,
	DUE_BITS,
	DUE_LIMIT,
	DUE_STOP,
	DUE_TIMERS,
	EXECUTOR,
	THREW,
	USAGE_AWAKE,
	USAGE_CYCLES,
	USAGE_HZ,
	USAGE_LONGEST,
	USAGE_POLLS,
	USAGE_TASKS,
} from "../hal.ts";
import { connectChannels } from "./channels.ts";
import { receive } from "./devices.ts";
import {
	connectInterrupts,
	interrupt,
	pinEdge,
	interruptPoll as pollInterrupt,
	wakerLists,
	withMask,
} from "./interrupts.ts";
import type { Tables } from "./invariants.ts";
import { queueAwait as awaitQueue, connectMessages, messageTables } from "./messages.ts";
import { type Ready, ReadySet, SLOT_BITS, SLOT_MASK } from "./ready.ts";
import { ReadyByDeadline, ReadyByPriority } from "./ready-policies.ts";
import { connectRings, ringPoll as pollRing, ringWaits } from "./rings.ts";
import { type Conditions, createHappening, renew, type When } from "./scenario.ts";
import { type Finished, type Machine, Simulation, type SimulationOptions } from "./simulation.ts";
import { connectThreads } from "./threads.ts";
import { connectTicks, tickPoll as pollTick, tickTimers, tickTimersSet, turnTicks } from "./ticks.ts";
import { INTERRUPT, type List, type ListEntry, QUEUE, RING, TICK, TIMER, Waits } from "./waits.ts";
import {
	clearTimer,
	createTimerEntry,
	nextEdge,
	setTimer,
	type TimerEntry,
	turn,
	state as wheelState,
} from "./wheel.ts";

export * from "../hal.ts";
export * from "../shared/host-none.ts";
export * from "../shared/io-none.ts";
export * from "../shared/no-caches.ts";
export * from "../shared/trace-off.ts";
export { channelLeave, channelReceiver, channelSender } from "./channels.ts";
export * from "./devices.ts";
export {
	digestBytes,
	digestFlash,
	digestNew,
	digestStart,
	digestTake,
	type FlashShape,
	flash,
	flashBytes,
	flashErase,
	flashOpen,
	flashProgram,
	flashRead,
	flashSectorBegin,
	flashSectorEnd,
	flashUnit,
	PowerCut,
	signatureCheck,
} from "./flash.ts";
export {
	interrupt,
	interruptClear,
	interruptCount,
	interruptDelete,
	interruptNew,
	interruptPriority,
	interruptStart,
	interruptStartConsole,
	interruptStartEdge,
	interruptTake,
	interruptWaiters,
	pend,
	pinEdge,
	pinFind,
	withMask,
} from "./interrupts.ts";
export * from "./levels.ts";
export {
	messageAlloc,
	messageCounts,
	messageFree,
	messageRead,
	messageWrite,
	poolOpen,
	queueLeave,
	queueOpen,
	queuePut,
	queueTake,
	queueWaitNew,
} from "./messages.ts";
export {
	itemRead,
	itemWrite,
	ringClear,
	ringGet,
	ringGetItem,
	ringLeave,
	ringLength,
	ringOpen,
	ringPut,
	ringPutItem,
	ringRefused,
	ringStart,
	ringTake,
	ringWaitNew,
} from "./rings.ts";
export { type Conditions, invariant, type Range, type When } from "./scenario.ts";
export type { Failure, Finished, SimulationOptions } from "./simulation.ts";
export * from "./texts.ts";
export {
	dispatcherNew,
	dispatcherQuit,
	dispatcherWaitLeave,
	dispatcherWaitNew,
	dispatcherWaitPoll,
	taskShare,
	threadLeave,
	threadNumber,
	threadReady,
	threadStart,
	threadStat,
	threadsLeft,
	threadsOpen,
	threadsStop,
	workAlloc,
	workArgument,
	workArgumentOf,
	workAsk,
	workAttach,
	workBegan,
	workEnd,
	workFail,
	workFetch,
	workNew,
	workNext,
	workRefuse,
	workRunsAs,
	workStatus,
	workStore,
	workSubmit,
	workText,
	workValue,
	workWhat,
} from "./threads.ts";
export {
	tick,
	tickClear,
	tickCount,
	tickStart,
	tickStartAt,
	tickTimerDelete,
	tickTimerNew,
	tickWheelNew,
} from "./ticks.ts";
export { SLOT_BITS };

const EINVAL = -22;
/** As in src/status.ts, which a platform does not import. */
const PENDING = 1;
const YIELD = 3;

/** Thrown when the executor would sleep and no task is ready, no alarm is set and no event is scheduled: nothing would ever happen. */
export class Deadlock extends Error {
	override name = "Deadlock";
}

let set: Ready = new ReadySet();
const alarms: (number | undefined)[] = [undefined, undefined];
/** Virtual milliseconds since start; `offset` makes ticks of them. */
let time = 0;
let offset = 0;
let due = 0;
let polls = 0;
let current = -1;
/** native/abi/account.h, in virtual milliseconds: what `spend` lets pass. */
const accounts: { cycles: number; polls: number; longest: number }[] = [];
let ended = 0;
let asleep = 0;
let slept = 0;
let sequence = 0;
const events: { time: number; sequence: number; run: () => void }[] = [];
let printer: (text: string) => void = (text) => console.log(text);
let masksPolls = false;
let pended: () => void = () => {};
/** Of a seeded run. */
let simulation: Simulation | undefined;
const waits = new Waits();
let drainJobs: () => void = () => {};

/** Schedules an interrupt `delayMs` from now. Events of one tick run in the order in which they were scheduled. */
export function after(delayMs: number, run: () => void): void {
	events.push({ time: time + delayMs, sequence: sequence++, run });
	events.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
}

/** As "maskWhilePolling" in a manifest: no interrupt comes while a task runs. */
export function maskWhilePolling(on: boolean): void {
	masksPolls = on;
}

/** As "policy" in a manifest. Before the first task is declared. */
export function policy(name: "fair" | "priority" | "deadline"): void {
	if (set.slots > 0) throw new TypeError("policy: tasks have been declared already; choose it first");
	if (name === "fair") set = new ReadySet();
	else if (name === "priority") set = new ReadyByPriority();
	else if (name === "deadline") set = new ReadyByDeadline(now);
	else throw new RangeError('policy is "fair", "priority" or "deadline", not ' + JSON.stringify(name));
}

/** Takes over what `print` and `log` write. */
export function onPrint(write: (text: string) => void): void {
	printer = write;
}

/** Called at each wake that the executor accepts: for traces. */
export function onPend(call: () => void): void {
	pended = call;
}

/** Asks the program to end, as SIGINT does on a host. */
export function stop(): void {
	due |= DUE_STOP;
}

/** Virtual time in milliseconds since start; does not wrap. */
export function virtualTime(): number {
	return time;
}

/** Lets virtual time pass while tasks are running, as a long computation would. */
export function spend(ms: number): void {
	advance(time + ms);
}

function advance(to: number): void {
	for (;;) {
		const event = events[0];
		if (!event || event.time > to) break;
		events.shift();
		time = Math.max(time, event.time);
		event.run();
	}
	time = Math.max(time, to);
	checkAlarms();
}

function checkAlarms(): void {
	for (let which = 0; which < alarms.length; which++) {
		const at = alarms[which];
		if (at !== undefined && ((at - now()) | 0) <= 0) {
			alarms[which] = undefined;
			due |= 1 << which;
		}
	}
}

export function grow(slots: number): number {
	set.grow(slots);
	while (accounts.length < slots) accounts.push({ cycles: 0, polls: 0, longest: 0 });
	return 0;
}

export function id(slot: number): TaskId {
	return set.id(slot);
}

export function retire(slot: number): TaskId {
	ended += accounts[slot].cycles;
	accounts[slot] = { cycles: 0, polls: 0, longest: 0 };
	if (simulation === undefined) return set.retire(slot);
	const before = set.id(slot);
	const after = set.retire(slot);
	simulation.retired(before, after);
	return after;
}

export function polling(): number {
	return current;
}

export function level(slot: number, to: number, afterWake?: number): void {
	set.setLevel(slot, to);
	if (afterWake !== undefined && !set.setAfterWake(slot, afterWake))
		throw new TypeError('task: the option deadline needs the policy "deadline"');
}

export function deadlineSet(slot: number, tick: number | undefined): void {
	if (!set.setDeadline(slot, tick)) throw new TypeError('deadlines need the policy "deadline"');
}

export function deadlineOf(slot: number): number | undefined {
	const tick = set.deadline(slot);
	if (tick === null) throw new TypeError('deadlines need the policy "deadline"');
	return tick;
}

export function wake(id: TaskId): void {
	wakes(id);
}

/** The same; false: the id is stale. */
function wakes(id: TaskId): boolean {
	const current = set.wake(id);
	if (current) pended();
	if (simulation === undefined) return current;
	if (current) simulation.note("wake", id & SLOT_MASK);
	simulation.interleave();
	return current;
}

connectInterrupts(wake);
connectMessages(wakes);
connectRings(wakes);
connectChannels(() => id(current));
connectThreads({ wake, now: virtualTime, current: () => current, ready: () => set.readySlots() });
connectTicks(wake, () => {
	due |= DUE_TIMERS;
});

export function round(turns: readonly Turn[], settle: Settle, budget: number, sleeps: boolean): number {
	simulation?.step();
	if (sleeps && !due && !set.any()) idle();
	advance(time);
	if (due & DUE_TIMERS) {
		due &= ~DUE_TIMERS;
		if (fireTimers()) alarm(ALARM_TIMERS, nextEdge());
		turnTicks();
	}
	if (due) {
		const bits = due;
		due = 0;
		return bits;
	}
	set.begin();
	simulation?.beginRound();
	let limit = simulation?.budget(budget) ?? budget;
	let polled = 0;
	while (polled < limit) {
		const slot = set.next();
		if (slot < 0) break;
		polled++;
		polls++;
		simulation?.beginPoll(slot);
		let waiting = false;
		for (let again = true; again; ) {
			again = false;
			let outcome: number;
			const began = time;
			try {
				const turn = turns[slot];
				const poll = (): number => (typeof turn === "function" ? turn(set.id(slot)) : turn.poll(set.id(slot)));
				current = slot;
				outcome = masksPolls ? withMask(poll) : poll();
				current = -1;
			} catch (error) {
				current = -1;
				account(slot, time - began);
				again = settle(slot, THREW, error);
				if (again) accounts[slot].polls--;
				continue;
			}
			account(slot, time - began);
			waiting = outcome === YIELD || outcome === PENDING;
			if (outcome === YIELD) wake(set.id(slot));
			else if (outcome !== PENDING) settle(slot, outcome);
		}
		// A round in which a task has ended is not cut short: run() ends behind it.
		if (!waiting) limit = budget;
		simulation?.endPoll(slot, waiting, polled === limit && polled < budget);
	}
	return polled << DUE_BITS;
}

/** Turns the wheel. Which timer of one tick wakes first is for the seed to say. */
function fireTimers(): boolean {
	if (simulation === undefined) return turn(now(), wake);
	const fired: { waker: TaskId; tick: number }[] = [];
	const left = turn(now(), (waker) => fired.push({ waker, tick: wheelState().elapsed }));
	while (fired.length > 0) {
		const { tick } = fired[0];
		const others = fired.findIndex((timer) => timer.tick !== tick);
		for (const { waker } of simulation.order(fired.splice(0, others < 0 ? fired.length : others))) {
			simulation.note("timer fires", waker);
			wake(waker);
		}
	}
	return left;
}

function account(slot: number, took: number): void {
	const of = accounts[slot];
	of.cycles += took;
	of.polls++;
	of.longest = Math.max(of.longest, took);
}

export function usage(slot: number, which: number): number {
	if (slot === EXECUTOR) {
		if (which === USAGE_AWAKE) return time - asleep;
		if (which === USAGE_TASKS) return ended + accounts.reduce((sum, { cycles }) => sum + cycles, 0);
		return which === USAGE_HZ ? 1000 : EINVAL;
	}
	const of = accounts[slot];
	if (of === undefined) return EINVAL;
	if (which === USAGE_CYCLES) return of.cycles;
	if (which === USAGE_POLLS) return of.polls;
	return which === USAGE_LONGEST ? of.longest : EINVAL;
}

function idle(): void {
	while (!due && !set.any()) {
		simulation?.expect();
		let next = events.length > 0 ? events[0].time : Number.POSITIVE_INFINITY;
		for (const at of alarms) if (at !== undefined) next = Math.min(next, time + Math.max(0, (at - now()) | 0));
		if (simulation !== undefined) next = simulation.sleepUntil(next);
		if (due) return; // asked to end
		if (next === Number.POSITIVE_INFINITY)
			throw new Deadlock("nothing can wake the program: no task is ready, no alarm is set, no event is scheduled");
		slept++;
		const before = time;
		advance(next);
		asleep += time - before;
	}
}

export function now(): number {
	return (time + offset) | 0;
}

export function alarm(which: number, at: number): void {
	alarms[which] = at;
	checkAlarms();
}

export function alarmClear(which: number): void {
	alarms[which] = undefined;
	due &= ~(which === 0 ? DUE_TIMERS : DUE_LIMIT);
}

interface SimTimer extends TimerEntry {
	/** Started and not polled yet: true; "yield": for a tick that is now. */
	started: boolean | "yield";
	/** Started by a look, none of which has said yet that it has fired. */
	looked: boolean;
}

const timers: SimTimer[] = [];
const freeTimers: number[] = [];

export function timerNew(): number {
	const free = freeTimers.pop();
	if (free !== undefined) return free;
	timers.push({ ...createTimerEntry(), started: false, looked: false });
	return timers.length - 1;
}

export function timerDelete(timer: number): void {
	timerClear(timer);
	if (!freeTimers.includes(timer)) freeTimers.push(timer);
}

export function timerStart(timer: number, ms: number): void {
	if (!(ms >= 0 && ms <= 0x7fffffff))
		throw new RangeError("sleep: a duration is 0 to 2147483647 milliseconds, got " + ms);
	timerStartAt(timer, (now() + Math.ceil(ms)) | 0);
}

export function timerStartAt(timer: number, tick: number): void {
	timerClear(timer);
	timers[timer].at = tick;
	timers[timer].started = ((tick - now()) | 0) > 0 ? true : "yield";
}

export function timerPoll(timer: number, waker: TaskId): number {
	if (simulation !== undefined) {
		waits.renewed(TIMER, timer);
		simulation.interleave();
	}
	const entry = timers[timer];
	const started = entry.started;
	entry.started = false;
	if (started === "yield") {
		wake(waker);
		return 1;
	}
	if (started) {
		if (setTimer(entry, entry.at, waker, now())) alarm(ALARM_TIMERS, nextEdge());
		return 1;
	}
	if (entry.place < 0) return 0;
	entry.waker = waker;
	return 1;
}

function look(timer: number, value: number, start: (timer: number, value: number) => void): boolean {
	const entry = timers[timer];
	if (!entry.looked) start(timer, value);
	entry.looked = timerPoll(timer, id(current)) === 1;
	return entry.looked;
}

export function timerLook(timer: number, ms: number): boolean {
	return look(timer, ms, timerStart);
}

export function timerLookAt(timer: number, tick: number): boolean {
	return look(timer, tick, timerStartAt);
}

export function timerClear(timer: number): void {
	clearTimer(timers[timer]);
	timers[timer].started = false;
	timers[timer].looked = false;
}

export function interruptPoll(wait: number, waker: TaskId): number {
	if (simulation === undefined) return pollInterrupt(wait, waker);
	waits.renewed(INTERRUPT, wait);
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
	waits.renewed(RING, wait);
	simulation.interleave();
	return pollRing(wait, waker);
}

export function tickPoll(timer: number, waker: TaskId): number {
	if (simulation !== undefined) waits.renewed(TICK, timer);
	return pollTick(timer, waker);
}

export function queueAwait(queue: number, wait: number, waker: TaskId): void {
	awaitQueue(queue, wait, waker);
	if (simulation === undefined) return;
	waits.renewed(QUEUE, wait);
	simulation.interleave();
}

/** Node runs its promise jobs by itself, after the present turn; `stator sim` has a way to run them within one: `onJobs`. */
export function jobs(): boolean {
	drainJobs();
	return false;
}

export function print(text: string): void {
	simulation?.note("prints", 0, text);
	printer(text);
}

export function log(text: string, value?: number): void {
	const ms = now() >>> 0;
	const seconds = String(Math.floor(ms / 1000)).padStart(5);
	print(
		"[" + seconds + "." + String(ms % 1000).padStart(3, "0") + "] " + text + (value === undefined ? "" : " " + value),
	);
}

export function reportFailure(task: string, error: unknown): void {
	let text = "(it cannot be shown as a string)";
	try {
		text = String(error);
	} catch {
		// an object without toString, or with one that throws: the report must not end what the exception did not
	}
	simulation?.taskFailed(task, error);
	printer('stator: task "' + task + '" ended with an exception that nobody waits for:\n  ' + text);
}

export function started(
	_polls: unknown,
	states: Tables["states"],
	pools: readonly unknown[],
	handles: readonly unknown[],
): void {
	simulation?.begin({ states, pools: pools as Tables["pools"], handles: handles as Tables["handles"] });
}

export function stat(which: number): number {
	const values = [polls, set.wakes, slept, 0, 0, 0, 0, 0, 0, 1000];
	return which >= 0 && which < values.length ? values[which] : EINVAL;
}

export function shift(ticks: number): void {
	offset = (offset + ticks) | 0;
}

export function cycles(): number {
	return now();
}

export function collect(): void {}

/** The slots that are ready: for invariants. */
export function readySlots(): number[] {
	return set.readySlots();
}

export function isReady(slot: number): boolean {
	return set.isReady(slot);
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
	const happening = createHappening(name, when, what, time);
	if (simulation !== undefined) {
		simulation.declare(happening);
		return;
	}
	const come = (): void => {
		what();
		if (renew(happening, time)) after(happening.earliest - time, come);
	};
	after(happening.earliest - time, come);
}

/** One of 0 to n - 1, as the seed says; without a seed 0. For scenarios: which byte comes, which vector. */
export function choose(n: number): number {
	return simulation === undefined ? 0 : simulation.decisions.choose(n);
}

/** Forbids a seeded run some of what it may do; see Conditions. INIT */
export function conditions(given: Conditions): void {
	simulation?.restrict(given);
}

/** Takes over the running of promise jobs: `drain` runs all that are queued. For uncompiled programs. */
export function onJobs(drain: () => void): void {
	drainJobs = drain;
}

/** From the layer that `stator sim` puts around the wait lists. */
export function listed(list: List, entry: ListEntry): void {
	if (simulation !== undefined) waits.listed(list, entry);
}

/** From the layers around the wait for a request to stop. */
export function waitsUntilStop(wait: object, waker: TaskId | undefined): void {
	if (simulation !== undefined) waits.untilStop(wait, waker);
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
	const machine: Machine = {
		get set() {
			return set;
		},
		waits,
		timers,
		tickTimers,
		ringWaits,
		interrupts: wakerLists,
		messages: messageTables,
		wheel: wheelState,
		now,
		due: () => due,
		timersAlarm: () => alarms[ALARM_TIMERS],
		time: virtualTime,
		advance,
		after,
		stop,
		press: pinEdge,
		pend: interrupt,
		receive,
		masksPolls: () => masksPolls,
	};
	waits.seesLists = seesLists;
	const made = new Simulation(options, machine, waits);
	made.invariants.liveCount = liveCount;
	simulation = made;
	return (thrown, error) => made.finish(thrown, error);
}

/** How many timers the wheels hold, the clock's and the program's: for tests. */
export function timersSet(): number {
	return timers.filter(({ place }) => place >= 0).length + tickTimersSet();
}
