/**
 * The timer queue: the wheel, the clock and one alarm. Importing it links it to the executor; a program that imports
 * nothing of time carries none of it (feature E8).
 */
import { ALARM_TIMERS, alarm, now, type TaskId } from "#hal";
import { setTimerHandler } from "../executor/run.ts";
import { clearTimer, nextEdge, setTimer, type TimerEntry, turn } from "./wheel.ts";

let linked = false;

function onAlarm(): void {
	if (turn(now())) alarm(ALARM_TIMERS, nextEdge());
}

/** Wakes `waker` in so many ticks (1 to 2^31 - 1). O(1). */
export function setIn(entry: TimerEntry, ticks: number, waker: TaskId): void {
	const time = now();
	setAt(entry, (time + ticks) | 0, waker, time);
}

/** Wakes `waker` at a tick, given the present one. O(1). */
export function setAt(entry: TimerEntry, at: number, waker: TaskId, time: number): void {
	if (!linked) {
		linked = true;
		setTimerHandler(onAlarm);
	}
	if (setTimer(entry, at, waker, time)) alarm(ALARM_TIMERS, nextEdge());
}

export { clearTimer };
