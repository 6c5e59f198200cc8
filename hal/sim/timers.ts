/**
 * The clock's timers of the simulated machine (native/xs/wheel.c, timer-glue.c), over one wheel. They hang themselves into the round when the
 * first is made.
 */
import type { TaskId } from "../hal.ts";
import { ALARM_TIMERS } from "../hal.ts";
import { alarm, id, now, onTimersDue, polling, simulation, wake } from "./machine.ts";
import { TIMER } from "./waits.ts";
import {
	clearTimer,
	createTimerEntry,
	nextEdge,
	setTimer,
	type TimerEntry,
	turn,
	state as wheelState,
} from "./wheel.ts";

interface SimTimer extends TimerEntry {
	/** Started and not polled yet: true; "yield": for a tick that is now. */
	started: boolean | "yield";
	/** Started by a look, none of which has said yet that it has fired. */
	looked: boolean;
}

/** By number; for invariants. */
export const timers: SimTimer[] = [];
const freeTimers: number[] = [];

export function timerNew(): number {
	onTimersDue(fire);
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
		simulation.waits.renewed(TIMER, timer);
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
	entry.looked = timerPoll(timer, id(polling())) === 1;
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

function fire(): void {
	if (fireTimers()) alarm(ALARM_TIMERS, nextEdge());
}
