/** Types of the native functions in trace.js; what they mean stands in hal/hal.ts. */
export declare function mark(name: string, value?: number): void;
export declare function spawned(slot: number): void;
export declare function dumpTrace(): void;
