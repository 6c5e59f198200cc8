/** Processor time of the process, nanoseconds. */
export declare function cpuNs(): number;
/** Wall time, nanoseconds. */
export declare function wallNs(): number;
/** Resident memory, bytes. */
export declare function resident(): number;
/** A sleep of so many milliseconds that began at wallNs() `since` has ended; gives the time now. */
export declare function noteLate(milliseconds: number, since: number): number;
export declare function lateCount(): number;
/** How many sleeps ended before their time. */
export declare function lateEarly(): number;
export declare function lateP99Us(): number;
export declare function lateMaxUs(): number;
