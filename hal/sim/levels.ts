/** What Node says of priority levels: it has one machine, in thread mode. */
import { interrupt, VECTORS } from "./interrupts.ts";

/** Of these, the first `VECTORS` can be waited for. */
const LEVEL_VECTORS = 240;
/** As in src/status.ts, which a platform does not import. */
const ENXIO = -6;

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

const isVector = (vector: number): boolean => vector >= 0 && vector < LEVEL_VECTORS && Math.floor(vector) === vector;

export function schedule(vector: number): number {
	if (!isVector(vector)) return ENXIO;
	if (vector < VECTORS) interrupt(vector);
	return 0;
}

export function levelStart(vector: number, priority: number): void {
	if (!isVector(vector))
		throw new RangeError("run: vector " + vector + ": there are vectors 0 to " + (LEVEL_VECTORS - 1));
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
