/**
 * The simulated platform: Node, virtual time. Time stands still while tasks run and jumps to the next alarm or scripted
 * event when the executor sleeps, so a test of a year takes a moment and two runs are the same.
 *
 * An interrupt is a function scheduled for a tick (`at`); it runs when virtual time reaches the tick, as a handler
 * would: it may wake tasks. When nothing can ever wake the executor, `round` throws a Deadlock that names the state.
 *
 * One simulated machine per module instance, as there is one XS machine per executor; tests load a fresh one each.
 */
import type { PollFunction, Settle, TaskId } from "../hal.ts";
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
import { connectInterrupts, withMask } from "./interrupts.ts";
import { connectMessages } from "./messages.ts";
import { type Ready, ReadySet, SLOT_BITS } from "./ready.ts";
import { ReadyByDeadline, ReadyByPriority } from "./ready-policies.ts";
import { connectRings } from "./rings.ts";
import { connectTicks, turnTicks } from "./ticks.ts";
import { clearTimer, createTimerEntry, nextEdge, setTimer, type TimerEntry, turn } from "./wheel.ts";

export * from "../hal.ts";
export * from "../shared/trace-off.ts";
export * from "./devices.ts";
export {
	interrupt,
	interruptClear,
	interruptCount,
	interruptDelete,
	interruptNew,
	interruptPoll,
	interruptPollOwn,
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
export {
	messageAlloc,
	messageFree,
	messageRead,
	messageWrite,
	poolOpen,
	queueAwait,
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
	ringPoll,
	ringPut,
	ringPutItem,
	ringRefused,
	ringStart,
	ringTake,
	ringWaitNew,
} from "./rings.ts";
export {
	tick,
	tickClear,
	tickCount,
	tickPoll,
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
const ENXIO = -6;

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
	return set.retire(slot);
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
	return current;
}

connectInterrupts(wake);
connectMessages(wake);
connectRings(wakes);
connectTicks(wake, () => {
	due |= DUE_TIMERS;
});

export function round(functions: readonly PollFunction[], settle: Settle, budget: number, sleeps: boolean): number {
	if (sleeps && !due && !set.any()) idle();
	advance(time);
	if (due & DUE_TIMERS) {
		due &= ~DUE_TIMERS;
		if (turn(now(), wake)) alarm(ALARM_TIMERS, nextEdge());
		turnTicks();
	}
	if (due) {
		const bits = due;
		due = 0;
		return bits;
	}
	set.begin();
	let polled = 0;
	while (polled < budget) {
		const slot = set.next();
		if (slot < 0) break;
		polled++;
		polls++;
		for (let again = true; again; ) {
			again = false;
			let outcome: number;
			const began = time;
			try {
				const poll = (): number => functions[slot](set.id(slot));
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
			if (outcome === YIELD) wake(set.id(slot));
			else if (outcome !== PENDING) settle(slot, outcome);
		}
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
		let next = events.length > 0 ? events[0].time : Number.POSITIVE_INFINITY;
		for (const at of alarms) if (at !== undefined) next = Math.min(next, time + Math.max(0, (at - now()) | 0));
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
}

const timers: SimTimer[] = [];
const freeTimers: number[] = [];

export function timerNew(): number {
	const free = freeTimers.pop();
	if (free !== undefined) return free;
	timers.push({ ...createTimerEntry(), started: false });
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

export function timerClear(timer: number): void {
	clearTimer(timers[timer]);
	timers[timer].started = false;
}

/** Node has one machine, in thread mode; vectors are numbers that only `schedule` knows. */
const VECTORS = 240;
let interruptsMasked = false;

export function levelVector(): number {
	return -1;
}

export function levelPriority(): number {
	return -1;
}

export function serve(): never {
	throw new TypeError("serve: the simulated machine has no priority levels");
}

export function schedule(vector: number): number {
	return vector >= 0 && vector < VECTORS && Math.floor(vector) === vector ? 0 : ENXIO;
}

export function levelStart(vector: number, priority: number): void {
	if (schedule(vector) < 0) throw new RangeError("run: vector " + vector + ": there are vectors 0 to " + (VECTORS - 1));
	if (!(priority >= -1 && priority < 16))
		throw new RangeError("run: priority " + priority + ": the interrupt controller has 0 (the most urgent) to 15");
}

export function levelEnded(): void {}

export function levelsLeft(): number {
	return 0;
}

export function masked(): boolean {
	return interruptsMasked;
}

export function mask(on: boolean): void {
	interruptsMasked = on;
}

/** Node runs its promise jobs by itself, after the present turn; nothing to do within one. */
export function jobs(): boolean {
	return false;
}

export function print(text: string): void {
	printer(text);
}

export function log(text: string, value?: number): void {
	const ms = now() >>> 0;
	const seconds = String(Math.floor(ms / 1000)).padStart(5);
	printer(
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
	printer('stator: task "' + task + '" ended with an exception that nobody waits for:\n  ' + text);
}

export function started(): void {}

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
