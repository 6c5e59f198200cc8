/** `#hal` as TypeScript sees it: the functions of the contract, whatever platform stands behind them. */
import type { Hal } from "./hal.ts";

export * from "./hal.ts";

export declare const SLOT_BITS: Hal["SLOT_BITS"];
export declare const grow: Hal["grow"];
export declare const id: Hal["id"];
export declare const retire: Hal["retire"];
export declare const level: Hal["level"];
export declare const wake: Hal["wake"];
export declare const round: Hal["round"];
export declare const idle: Hal["idle"];
export declare const now: Hal["now"];
export declare const alarm: Hal["alarm"];
export declare const alarmClear: Hal["alarmClear"];
export declare const timerNew: Hal["timerNew"];
export declare const timerDelete: Hal["timerDelete"];
export declare const timerStart: Hal["timerStart"];
export declare const timerStartAt: Hal["timerStartAt"];
export declare const timerPoll: Hal["timerPoll"];
export declare const timerClear: Hal["timerClear"];
export declare const jobs: Hal["jobs"];
export declare const print: Hal["print"];
export declare const log: Hal["log"];
export declare const reportFailure: Hal["reportFailure"];
export declare const started: Hal["started"];
export declare const stat: Hal["stat"];
export declare const shift: Hal["shift"];
export declare const setLed: Hal["setLed"];
export declare const read: Hal["read"];
export declare const readWaker: Hal["readWaker"];
export declare const write: Hal["write"];
export declare const edges: Hal["edges"];
export declare const edgeWaker: Hal["edgeWaker"];
export declare const cycles: Hal["cycles"];
export declare const collect: Hal["collect"];
