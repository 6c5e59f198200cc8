/** Types of the native functions in interrupt.js; what they mean stands in hal/hal.ts. */
type Vector = number | string;

export declare function interruptNew(vector?: Vector): number;
export declare function interruptDelete(wait: number): void;
export declare function interruptStart(wait: number, vector: Vector, mode: string): void;
export declare function interruptStartConsole(wait: number): void;
export declare function interruptStartEdge(wait: number, pin: number, direction: string): void;
export declare function interruptPoll(wait: number, waker: number): number;
export declare function interruptPollOwn(waker: number): number;
export declare function interruptTake(wait: number): number;
export declare function interruptClear(wait: number): void;
export declare function interruptPriority(vector: Vector, priority: number): void;
export declare function interruptCount(vector: Vector): number;
export declare function interruptWaiters(vector: Vector): number;
export declare function pend(vector: Vector): void;
export declare function pinFind(name: string): number;
