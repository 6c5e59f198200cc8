/** A handler that puts so many numbers in, one every so many cycles of timer 1. */
export declare function storm(times: number, cycles: number): void;
/** What it counted: 0 numbers sent, 1 refused, 2 bytes sent, 3 writes cut short. */
export declare function counted(which: 0 | 1 | 2 | 3): number;
