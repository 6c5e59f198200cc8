/** Type of the native function in ahead.js; what it means stands in hal/hal.ts. */
export declare function fetchAhead(base: number, frames: readonly object[]): void;
