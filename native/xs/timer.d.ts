/** Types of the native functions in timer.js; what they mean stands in hal/hal.ts. */
export declare function timerNew(): number;
export declare function timerDelete(timer: number): void;
export declare function timerStart(timer: number, ms: number): void;
export declare function timerStartAt(timer: number, tick: number): void;
export declare function timerPoll(timer: number, waker: number): number;
export declare function timerLook(timer: number, ms: number): boolean;
export declare function timerLookAt(timer: number, tick: number): boolean;
export declare function timerClear(timer: number): void;
