/**
 * The simulated machine itself: ready set, virtual time and its events, alarms, rounds and accounts (native/xs/glue.c and a platform's
 * port.c). Timers (timers.ts), wheels (ticks.ts) and seeds (seeded.ts) hang themselves in when a program has them.
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
import { connectInterrupts, withMask } from "./interrupts.ts";
import type { Tables } from "./invariants.ts";
import { connectMessages } from "./messages.ts";
import { type Ready, ReadySet, SLOT_MASK } from "./ready.ts";
import { ReadyByDeadline, ReadyByPriority } from "./ready-policies.ts";
import { connectRings } from "./rings.ts";
import type { Simulation } from "./simulation.ts";
import { connectThreads } from "./threads.ts";

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
export let simulation: Simulation | undefined;
let timersDue: (() => void) | undefined;
let ticksDue: (() => void) | undefined;
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

/** To a time, by way of the events until then. */
export function advance(to: number): void {
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

/** A wheel has to be turned, in the next round. */
export function raiseTimers(): void {
	due |= DUE_TIMERS;
}

/** What the round calls for the clock's timers; a program without any has nothing of them. */
export function onTimersDue(turn: () => void): void {
	timersDue = turn;
}

/** The same for wheels that the program drives; called behind the clock's. */
export function onTicksDue(turn: () => void): void {
	ticksDue = turn;
}

/** From here on the run is a seeded one. */
export function seedWith(made: Simulation): void {
	simulation = made;
}

/** What a seeded run sees of the machine. */
export const seen = {
	get set() {
		return set;
	},
	due: () => due,
	timersAlarm: () => alarms[ALARM_TIMERS],
	masksPolls: () => masksPolls,
};

export function round(turns: readonly Turn[], settle: Settle, budget: number, sleeps: boolean): number {
	simulation?.step();
	if (sleeps && !due && !set.any()) idle();
	advance(time);
	if (due & DUE_TIMERS) {
		due &= ~DUE_TIMERS;
		timersDue?.();
		ticksDue?.();
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

/** Takes over the running of promise jobs: `drain` runs all that are queued. For uncompiled programs. */
export function onJobs(drain: () => void): void {
	drainJobs = drain;
}
