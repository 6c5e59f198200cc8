/** Types of the native functions in tick.js; what they mean stands in hal/hal.ts. */
export declare function tickWheelNew(levels: number, name: string): number;
export declare function tick(wheel: number, count: number): void;
export declare function tickCount(wheel: number): number;
export declare function tickTimerNew(): number;
export declare function tickTimerDelete(timer: number): void;
export declare function tickStart(timer: number, wheel: number, ticks: number): void;
export declare function tickStartAt(timer: number, wheel: number, tick: number): void;
export declare function tickPoll(timer: number, waker: number): number;
export declare function tickClear(timer: number): void;
