/** `#hal` as TypeScript sees it: the functions of the contract, whatever platform stands behind them. */
import type { Hal } from "./hal.ts";

export * from "./hal.ts";

export declare const SLOT_BITS: Hal["SLOT_BITS"];
export declare const grow: Hal["grow"];
export declare const id: Hal["id"];
export declare const retire: Hal["retire"];
export declare const deadlineOf: Hal["deadlineOf"];
export declare const deadlineSet: Hal["deadlineSet"];
export declare const polling: Hal["polling"];
export declare const level: Hal["level"];
/** Makes a task ready by its id, once until it is polled; a stale id does nothing. Task context, O(1); handlers in C call stator_wake. */
export declare const wake: Hal["wake"];
export declare const round: Hal["round"];
/** The clock: milliseconds since start as a 32-bit integer that wraps. Compare two by their difference: `(now() - began) | 0`. Any context. */
export declare const now: Hal["now"];
export declare const alarm: Hal["alarm"];
export declare const alarmClear: Hal["alarmClear"];
export declare const timerNew: Hal["timerNew"];
export declare const timerDelete: Hal["timerDelete"];
export declare const timerStart: Hal["timerStart"];
export declare const timerStartAt: Hal["timerStartAt"];
export declare const timerPoll: Hal["timerPoll"];
export declare const timerClear: Hal["timerClear"];
export declare const tick: Hal["tick"];
export declare const tickClear: Hal["tickClear"];
export declare const tickCount: Hal["tickCount"];
export declare const tickPoll: Hal["tickPoll"];
export declare const tickStart: Hal["tickStart"];
export declare const tickStartAt: Hal["tickStartAt"];
export declare const tickTimerDelete: Hal["tickTimerDelete"];
export declare const tickTimerNew: Hal["tickTimerNew"];
export declare const tickWheelNew: Hal["tickWheelNew"];
export declare const interruptNew: Hal["interruptNew"];
export declare const interruptDelete: Hal["interruptDelete"];
export declare const interruptStart: Hal["interruptStart"];
export declare const interruptStartConsole: Hal["interruptStartConsole"];
export declare const interruptStartEdge: Hal["interruptStartEdge"];
export declare const interruptPoll: Hal["interruptPoll"];
export declare const interruptPollOwn: Hal["interruptPollOwn"];
export declare const interruptTake: Hal["interruptTake"];
export declare const interruptClear: Hal["interruptClear"];
export declare const interruptPriority: Hal["interruptPriority"];
/** How often a vector's interrupt came since the program first waited for it: 32 bits, wraps. RangeError for a vector that is not there. O(1). */
export declare const interruptCount: Hal["interruptCount"];
export declare const interruptWaiters: Hal["interruptWaiters"];
/** Raises a vector's interrupt by software: taken at once, or latched once while it is disabled or masked. RangeError for a vector that is not there. */
export declare const pend: Hal["pend"];
export declare const pinFind: Hal["pinFind"];
export declare const jobs: Hal["jobs"];
/** Writes one line to the console. On a board it waits while the console's ring of 512 bytes is full. Task context, start-up. */
export declare const print: Hal["print"];
/** Writes one line behind the time since start: the text and, when it is given, a whole number. Allocates nothing. Task context, start-up. */
export declare const log: Hal["log"];
export declare const reportFailure: Hal["reportFailure"];
export declare const started: Hal["started"];
export declare const stat: Hal["stat"];
/** A mark in the trace: a name and a whole number. Nothing, and not in the image, in a program without a trace. Task context. */
export declare const mark: Hal["mark"];
export declare const spawned: Hal["spawned"];
/** Prints the trace so far on the console. Nothing in a program without a trace. Task context; takes long. */
export declare const dumpTrace: Hal["dumpTrace"];
export declare const usage: Hal["usage"];
export declare const shift: Hal["shift"];
export declare const setLed: Hal["setLed"];
export declare const read: Hal["read"];
export declare const write: Hal["write"];
export declare const cycles: Hal["cycles"];
export declare const collect: Hal["collect"];
export declare const levelEnded: Hal["levelEnded"];
export declare const levelPriority: Hal["levelPriority"];
export declare const levelStart: Hal["levelStart"];
export declare const levelsLeft: Hal["levelsLeft"];
export declare const levelVector: Hal["levelVector"];
export declare const mask: Hal["mask"];
export declare const masked: Hal["masked"];
export declare const schedule: Hal["schedule"];
export declare const serve: Hal["serve"];
export declare const messageAlloc: Hal["messageAlloc"];
export declare const messageFree: Hal["messageFree"];
export declare const messageRead: Hal["messageRead"];
export declare const messageWrite: Hal["messageWrite"];
export declare const poolOpen: Hal["poolOpen"];
export declare const queueAwait: Hal["queueAwait"];
export declare const queueLeave: Hal["queueLeave"];
export declare const queueOpen: Hal["queueOpen"];
export declare const queuePut: Hal["queuePut"];
export declare const queueTake: Hal["queueTake"];
export declare const queueWaitNew: Hal["queueWaitNew"];
export declare const itemRead: Hal["itemRead"];
export declare const itemWrite: Hal["itemWrite"];
export declare const ringClear: Hal["ringClear"];
export declare const ringGet: Hal["ringGet"];
export declare const ringGetItem: Hal["ringGetItem"];
export declare const ringLeave: Hal["ringLeave"];
export declare const ringLength: Hal["ringLength"];
export declare const ringOpen: Hal["ringOpen"];
export declare const ringPoll: Hal["ringPoll"];
export declare const ringPut: Hal["ringPut"];
export declare const ringPutItem: Hal["ringPutItem"];
export declare const ringRefused: Hal["ringRefused"];
export declare const ringStart: Hal["ringStart"];
export declare const ringTake: Hal["ringTake"];
export declare const ringWaitNew: Hal["ringWaitNew"];
