/** The wheels that the user drives (native/abi/tick.h) of the simulated machine, in TypeScript. */
import type { TaskId } from "../hal.ts";
import { onTicksDue, raiseTimers, wake } from "./machine.ts";
import { createTimerEntry, createWheel, type TimerEntry, type Wheel } from "./wheel.ts";

const PENDING = 1;
const READY = 0;
const WHEELS_MAX = 16;

interface TickWheel {
	readonly name: string;
	readonly wheel: Wheel;
	ticks: number;
}

interface TickTimer extends TimerEntry {
	/** Where it was started last. */
	on: TickWheel | undefined;
	/** Started and not polled yet: true; "yield": for a tick that is now. */
	started: boolean | "yield";
}

const wheels: TickWheel[] = [];
const timers: TickTimer[] = [];
/** For invariants. */
export const tickTimers: readonly TimerEntry[] = timers;
const free: number[] = [];

/** In the round: turns what is due. */
function turnTicks(): void {
	for (const { wheel, ticks } of wheels) if (isDue(wheel, ticks)) wheel.turn(ticks, wake);
}

const isDue = (wheel: Wheel, ticks: number): boolean => !wheel.isEmpty() && ((ticks - wheel.nextEdge()) | 0) >= 0;

export function tickWheelNew(levels: number, name: string): number {
	if (name !== "" && wheels.some((wheel) => wheel.name === name))
		throw new RangeError('Timer: there is a timer "' + name + '" already');
	if (wheels.length === WHEELS_MAX)
		throw new RangeError("Timer: an executor has at most " + WHEELS_MAX + " timers that are driven by tick()");
	onTicksDue(turnTicks);
	const wheel = createWheel(levels);
	wheel.turn(0, wake);
	wheels.push({ name, wheel, ticks: 0 });
	return wheels.length - 1;
}

export function tick(wheel: number, count: number): void {
	const of = wheels[wheel];
	of.ticks = (of.ticks + count) | 0;
	if (isDue(of.wheel, of.ticks)) raiseTimers();
}

export function tickCount(wheel: number): number {
	return wheels[wheel].ticks;
}

export function tickTimerNew(): number {
	const given = free.pop();
	if (given !== undefined) return given;
	timers.push({ ...createTimerEntry(), on: undefined, started: false });
	return timers.length - 1;
}

/** How many the wheels hold: for tests. */
export function tickTimersSet(): number {
	return timers.filter(({ place }) => place >= 0).length;
}

export function tickTimerDelete(timer: number): void {
	tickClear(timer);
	if (!free.includes(timer)) free.push(timer);
}

export function tickStart(timer: number, wheel: number, ticks: number): void {
	if (!(ticks >= 0 && ticks <= 0x7fffffff && Math.floor(ticks) === ticks))
		throw new RangeError("sleepFor: 0 to 2147483647 whole ticks, got " + ticks);
	tickStartAt(timer, wheel, (wheels[wheel].ticks + ticks) | 0);
}

export function tickStartAt(timer: number, wheel: number, tick: number): void {
	tickClear(timer);
	const entry = timers[timer];
	entry.on = wheels[wheel];
	entry.at = tick | 0;
	entry.started = ((entry.at - entry.on.ticks) | 0) > 0 ? true : "yield";
}

export function tickPoll(timer: number, waker: TaskId): number {
	const entry = timers[timer];
	const { started, on } = entry;
	entry.started = false;
	if (started === "yield") {
		wake(waker);
		return PENDING;
	}
	if (started && on !== undefined) {
		on.wheel.setTimer(entry, entry.at, waker, on.ticks);
		if (isDue(on.wheel, on.ticks)) raiseTimers();
		return PENDING;
	}
	if (entry.place < 0) return READY;
	entry.waker = waker;
	return PENDING;
}

export function tickClear(timer: number): void {
	const entry = timers[timer];
	entry.on?.wheel.clearTimer(entry);
	entry.started = false;
}
