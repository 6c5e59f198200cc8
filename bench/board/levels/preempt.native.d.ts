/** The task that timer 1's interrupt wakes. */
export declare function waitForTimer(id: number): void;
/** Notes how many cycles ago the timer ran out. */
export declare function arrived(): void;
/** Timer 1 interrupts at pseudo-random distances from `shortest` cycles on; the counts begin anew. */
export declare function startTimer(shortest: number, spread: number): void;
export declare function stopTimer(): void;
/** Of `arrived`, since the last start. */
export declare function worst(): number;
export declare function best(): number;
export declare function count(): number;
