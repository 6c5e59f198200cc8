/** Types of the native functions in queue.js; what they mean stands in hal/hal.ts. */
export declare function poolOpen(name: string, size: number, count: number): number;
export declare function queueOpen(name: string): number;
export declare function messageAlloc(pool: number): number;
export declare function messageFree(message: number): number;
export declare function queuePut(queue: number, message: number): number;
export declare function queueTake(queue: number): number;
export declare function queueWaitNew(): number;
export declare function queueAwait(queue: number, wait: number, waker: number): void;
export declare function queueLeave(queue: number, wait: number): void;
export declare function messageRead(message: number, offset: number, kind: number): number;
export declare function messageWrite(message: number, offset: number, kind: number, value: number): void;
