/** Types of the native functions in deadline.js (native/xs/deadline-glue.c); what they mean stands in hal/hal.ts. */
export declare function deadlineSet(slot: number, tick: number | undefined): void;
export declare function deadlineOf(slot: number): number | undefined;
