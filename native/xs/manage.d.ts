/** Types of the native functions in manage.js; what they mean stands in hal/hal.ts. */
export declare function writeBytes(bytes: Uint8Array, start: number, end: number): void;
export declare function copyText(text: string, bytes: Uint8Array, at: number, end: number): number;
export declare function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean;
export declare function memory(which: number): number;
export declare function isReady(slot: number): boolean;
export declare function restart(): void;
