/** Types of the native functions in ring.js; what they mean stands in hal/hal.ts. */
export declare function ringOpen(kind: number, name: string, format: number, size: number, capacity: number): number;
export declare function ringWaitNew(bytes?: number): number;
export declare function ringStart(wait: number, ring: number): void;
export declare function ringPoll(wait: number, waker: number): number;
export declare function ringTake(wait: number): number;
export declare function ringLeave(wait: number): void;
export declare function ringPut(ring: number, value: number): boolean;
export declare function ringGet(ring: number): number | undefined;
export declare function ringPutItem(ring: number, item: number): boolean;
export declare function ringGetItem(ring: number, item: number): boolean;
export declare function ringClear(ring: number): void;
export declare function ringLength(ring: number): number;
export declare function ringRefused(ring: number): number;
export declare function itemRead(item: number, offset: number, kind: number): number;
export declare function itemWrite(item: number, offset: number, kind: number, value: number): void;
