/** Platforms whose interrupt controller belongs to somebody else: no machine runs at a priority of it, and actors are tasks of one machine. */
import type { Hal } from "../hal.ts";

let interruptsMasked = false;

export const levelVector: Hal["levelVector"] = () => -1;
export const levelPriority: Hal["levelPriority"] = () => -1;
export const serve: Hal["serve"] = () => {
	throw new TypeError("serve: this platform has no priority levels: its interrupt controller is not the program's");
};
/** ENXIO, as in src/status.ts, which a platform does not import. */
export const schedule: Hal["schedule"] = () => -6;
export const levelStart: Hal["levelStart"] = () => {};
export const levelEnded: Hal["levelEnded"] = () => {};
export const levelsLeft: Hal["levelsLeft"] = () => 0;
/** For the order of a main that has actors: nothing is masked. */
export const masked: Hal["masked"] = () => interruptsMasked;
export const mask: Hal["mask"] = (on) => {
	interruptsMasked = on;
};
