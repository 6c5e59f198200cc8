/** Types of the native functions in stator.js (native/xs/glue.c); what they mean stands in hal/hal.ts. */
type PollFunction = (id: number) => number;
type Turn = PollFunction | { poll: PollFunction };
type Settle = (slot: number, outcome: number, error?: unknown) => boolean;

export declare function grow(slots: number, task: string): number;
export declare function id(slot: number): number;
export declare function retire(slot: number): number;
export declare function polling(): number;
export declare function level(slot: number, level: number, afterWake?: number): void;
export declare function wake(id: number): void;
export declare function round(polls: readonly Turn[], settle: Settle, budget: number, sleeps: boolean): number;
export declare function now(): number;
export declare function alarm(which: number, at: number): void;
export declare function alarmClear(which: number): void;
export declare function jobs(): boolean;
export declare function print(text: string): void;
export declare function log(text: string, value?: number): void;
export declare function reportFailure(task: string, error: unknown): void;
export declare function started(
	polls: readonly Turn[],
	states: readonly number[],
	pools: readonly unknown[],
	handles: readonly unknown[],
): void;
export declare function stat(which: number): number;
export declare function usage(slot: number, which: number): number;
export declare function shift(ticks: number): void;
export declare function cycles(): number;
export declare function collect(): void;
/** The board's light. */
export declare function setLed(on: boolean): void;
/** Writes a byte to the console. */
export declare function write(byte: number): void;
/** A byte that the console received, or -1. */
export declare function read(): number;
