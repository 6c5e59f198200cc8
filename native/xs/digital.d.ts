/** Types of the native functions in digital.js; what they mean stands in hal/hal.ts. */
export declare function pinOpen(pin: number, mode: number): number;
export declare function pinClose(pin: number): void;
export declare function pinRead(pin: number): number;
export declare function pinWrite(pin: number, value: number): void;
