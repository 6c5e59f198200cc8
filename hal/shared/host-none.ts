/** Platforms whose processor, or process, is the executor's: `run` blocks, and no loop of somebody else's is there to go on with it. */
import type { Hal } from "../hal.ts";

export const HOSTED = false;

function none(): never {
	throw new TypeError("host: there is no event loop of somebody else's here");
}

export const host: Hal["host"] = none;
export const hostEnded: Hal["hostEnded"] = none;
