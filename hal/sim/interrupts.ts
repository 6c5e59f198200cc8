/**
 * The interrupt waker lists of native/abi/interrupts.h in TypeScript, for Node, behind a controller as a board has one: 64 vectors,
 * each enabled by its first wait and latched once while it is disabled or masked. tests/native/interrupts.test.ts compares the
 * lists with the C code's, step by step.
 */
import type { EdgeDirection, InterruptMode, TaskId, Vector } from "../hal.ts";

export const VECTORS = 64;
const LINE_CONSOLE = 0;
const LINE_PINS = 1;
/** P0 to P15, and "button", which is P11. */
const PINS = 16;
const BUTTON = 11;
const EDGES: EdgeDirection[] = ["rising", "falling", "both"];
const SOURCES = VECTORS + LINE_PINS + EDGES.length * PINS;

interface Wait {
	readonly number: number;
	waker: TaskId;
	seen: number;
	begun: number;
	came: number;
	source: number;
	state: "idle" | "begun" | "listed" | "free";
	hold: boolean;
}

/** The lists alone: what the C code has. */
export class WakerLists {
	readonly counts: number[] = [];
	private readonly listed: Wait[][] = [];
	readonly waits: Wait[] = [];
	private readonly free: number[] = [];
	private readonly wake: (id: TaskId) => void;

	constructor(sources: number, wake: (id: TaskId) => void) {
		this.wake = wake;
		for (let i = 0; i < sources; i++) {
			this.counts.push(0);
			this.listed.push([]);
		}
	}

	make(): number {
		const number = this.free.pop() ?? this.waits.length;
		const state = "idle" as const;
		this.waits[number] = { number, waker: -1, seen: 0, begun: 0, came: 0, source: -1, state, hold: false };
		return number;
	}

	delete(number: number): void {
		const wait = this.waits[number];
		if (wait.state === "free") return;
		this.leave(wait);
		wait.state = "free";
		this.free.push(number);
	}

	private leave(wait: Wait): void {
		if (wait.state !== "listed") return;
		const list = this.listed[wait.source];
		list.splice(list.indexOf(wait), 1);
		wait.state = "idle";
	}

	begin(number: number, source: number, next: boolean): void {
		const wait = this.waits[number];
		this.leave(wait);
		if (next || wait.source !== source) {
			wait.source = source;
			wait.waker = -1;
		}
		wait.begun = this.counts[source];
		wait.state = "begun";
	}

	/** 0: READY, `came` says how many; 1: PENDING. */
	look(number: number, waker: TaskId): number {
		const wait = this.waits[number];
		const count = this.counts[wait.source];
		if (wait.waker !== waker) {
			wait.waker = waker;
			wait.seen = wait.begun;
		}
		if (wait.state === "begun" && count !== wait.seen) {
			// The others have a turn first.
			wait.state = "idle";
			wait.came = 0;
			this.wake(waker);
			return 1;
		}
		wait.came = (count - wait.seen) | 0;
		wait.seen = count;
		if (wait.came !== 0) {
			this.leave(wait);
			return 0;
		}
		if (wait.state !== "listed") {
			this.listed[wait.source].push(wait);
			wait.state = "listed";
		}
		return 1;
	}

	clear(number: number): void {
		this.leave(this.waits[number]);
	}

	came(source: number, times: number): void {
		this.counts[source] = (this.counts[source] + times) | 0;
		const list = this.listed[source];
		while (list.length > 0 && list[0].seen !== this.counts[source]) {
			const wait = list[0];
			this.leave(wait);
			this.wake(wait.waker);
		}
	}

	waiters(source: number): number {
		return this.listed[source].length;
	}

	/** For invariants. */
	listOf(source: number): readonly Wait[] {
		return this.listed[source];
	}
}

let wakeTask: (id: TaskId) => void = () => {};
const lists = new WakerLists(SOURCES, (id) => wakeTask(id));
const pended: boolean[] = Array(VECTORS).fill(false);
const enabled: boolean[] = Array(VECTORS).fill(false);
const held: boolean[] = Array(VECTORS).fill(false);
const watched: Set<string> = new Set();
/** The level at each pin. */
const shown: number[] = Array(PINS).fill(0);
/** Modes of pins that are open. */
const modes: (number | undefined)[] = Array(PINS).fill(undefined);
let masked = false;
let delivering = false;

/** For invariants. */
export const wakerLists: WakerLists = lists;

/** What somebody waits for: a vector, a pin's edge, a byte on the console. */
export interface Awaited {
	readonly source: number;
	readonly name: string;
	readonly kind: "vector" | "edge" | "console";
	readonly number: number;
	readonly edge: EdgeDirection | undefined;
}

/** Every source that a task waits for now. */
export function awaitedSources(): Awaited[] {
	const found: Awaited[] = [];
	for (let source = 0; source < SOURCES; source++) {
		if (lists.waiters(source) === 0) continue;
		if (source < VECTORS) found.push({ source, name: "IRQ" + source, kind: "vector", number: source, edge: undefined });
		else if (source < VECTORS + LINE_PINS)
			found.push({ source, name: "console", kind: "console", number: 0, edge: undefined });
		else {
			const line = source - VECTORS - LINE_PINS;
			const pin = Math.floor(line / EDGES.length);
			const edge = EDGES[line % EDGES.length];
			const name = pin === BUTTON ? "button" : "P" + pin;
			found.push({ source, name: name + " " + edge, kind: "edge", number: pin, edge });
		}
	}
	return found;
}

/** The simulated machine gives its wake. */
export function connectInterrupts(wake: (id: TaskId) => void): void {
	wakeTask = wake;
}

function deliver(): void {
	if (masked || delivering) return;
	delivering = true;
	for (let vector = 0; vector < VECTORS; vector++) {
		if (!pended[vector] || !enabled[vector]) continue;
		pended[vector] = false;
		if (held[vector]) enabled[vector] = false;
		lists.came(vector, 1);
	}
	delivering = false;
}

/** Keeps interrupts away while `body` runs: what the round does with `maskWhilePolling`. */
export function withMask<T>(body: () => T): T {
	masked = true;
	try {
		return body();
	} finally {
		masked = false;
		deliver();
	}
}

/** A vector's interrupt comes; in a script: `after(5, () => interrupt(20))`. As the hardware would: latched once while it cannot. */
export function interrupt(vector: Vector): void {
	pended[vectorOf(vector)] = true;
	deliver();
}

/** What the console's interrupt does with a byte. */
export function consoleReceived(): void {
	lists.came(VECTORS + LINE_CONSOLE, 1);
}

/** A pin's edge, as its detector sees it; nothing happens unless somebody has asked for that edge of that pin. */
export function pinEdge(name: string, edge: "rising" | "falling"): void {
	const pin = pinFind(name);
	shown[pin] = edge === "rising" ? 1 : 0;
	if (!watched.has(pin + edge)) return;
	const source = VECTORS + LINE_PINS + EDGES.length * pin;
	lists.came(source + EDGES.indexOf(edge), 1);
	lists.came(source + EDGES.indexOf("both"), 1);
}

function vectorOf(vector: Vector): number {
	if (typeof vector === "string") {
		const number = /^IRQ(\d+)$/.exec(vector)?.[1];
		if (number === undefined || Number(number) >= VECTORS)
			throw new RangeError(
				'interrupt: no vector is called "' + vector + '" here; the numbers are 0 to ' + (VECTORS - 1),
			);
		return Number(number);
	}
	if (typeof vector !== "number") throw new TypeError("interrupt: a vector is a number or a name");
	if (!(vector >= 0 && vector < VECTORS && Math.floor(vector) === vector))
		throw new RangeError("interrupt: there is no vector " + vector + " here, they are 0 to " + (VECTORS - 1));
	return vector;
}

export function interruptNew(vector?: Vector): number {
	if (vector !== undefined) vectorOf(vector);
	return lists.make();
}

export function interruptDelete(wait: number): void {
	lists.delete(wait);
}

export function interruptStart(wait: number, vector: Vector, mode: InterruptMode): void {
	if (mode !== undefined && mode !== "count" && mode !== "next" && mode !== "hold")
		throw new RangeError('interrupt: a mode is "count", "next" or "hold"');
	const number = vectorOf(vector);
	lists.waits[wait].hold = mode === "hold";
	lists.begin(wait, number, mode === "next");
}

export function interruptStartConsole(wait: number): void {
	lists.begin(wait, VECTORS + LINE_CONSOLE, false);
}

export function interruptStartEdge(wait: number, pin: number, direction: EdgeDirection): void {
	const edge = EDGES.indexOf(direction);
	if (edge < 0)
		throw new RangeError('edge: a direction is "rising", "falling" or "both", got "' + String(direction) + '"');
	for (const one of ["rising", "falling"]) if (direction === "both" || direction === one) watched.add(pin + one);
	lists.begin(wait, VECTORS + LINE_PINS + EDGES.length * pin + edge, true);
}

export function interruptPoll(wait: number, waker: TaskId): number {
	const { source } = lists.waits[wait];
	if (source < 0) throw new TypeError("interrupt: the wait was not started");
	const outcome = lists.look(wait, waker);
	if (lists.waits[wait].state === "listed" && source < VECTORS) {
		if (lists.waits[wait].hold) held[source] = true;
		enabled[source] = true;
		deliver();
	}
	return outcome;
}

export function interruptTake(wait: number): number {
	return lists.waits[wait].came;
}

export function interruptClear(wait: number): void {
	lists.clear(wait);
}

export function interruptPriority(vector: Vector, priority: number): void {
	vectorOf(vector);
	if (!(priority >= 0 && priority < 256))
		throw new RangeError("interrupt: a priority is 0 to 255 here, got " + priority);
}

export function interruptCount(vector: Vector): number {
	return lists.counts[vectorOf(vector)];
}

export function interruptWaiters(vector: Vector): number {
	if (vector !== -1) return lists.waiters(vectorOf(vector));
	let waiters = 0;
	for (let source = 0; source < SOURCES; source++) waiters += lists.waiters(source);
	return waiters;
}

export function pend(vector: Vector): void {
	interrupt(vector);
}

export function pinFind(name: string): number {
	const number = name === "button" ? BUTTON : Number(/^P(\d\d?)$/.exec(name)?.[1] ?? PINS);
	if (number >= PINS) throw new RangeError('pin: this board has no pin "' + name + '"');
	return number;
}

/** As native/abi/pin-port.h: inputs 0 to 2, by their pull; outputs 8 and 9. */
const PULL_UP = 1;
const PULL_DOWN = 2;
const OUTPUT = 8;
const OPEN_DRAIN = 9;
const EINVAL = -22;
const EBUSY = -16;

export function pinOpen(pin: number, mode: number): number {
	if (mode > PULL_DOWN && mode !== OUTPUT && mode !== OPEN_DRAIN) return EINVAL;
	if (modes[pin] !== undefined) return EBUSY;
	modes[pin] = mode;
	if (mode === PULL_UP || mode === OPEN_DRAIN) shown[pin] = 1;
	else if (mode !== 0) shown[pin] = 0;
	return 0;
}

export function pinClose(pin: number): void {
	modes[pin] = undefined;
}

export function pinRead(pin: number): number {
	return shown[pin];
}

export function pinWrite(pin: number, value: number): void {
	if ((modes[pin] ?? 0) >= OUTPUT) shown[pin] = value === 0 ? 0 : 1;
}

/** What a pin shows, 0 or 1, by its name. */
export function pinLevel(name: string): number {
	return shown[pinFind(name)];
}
