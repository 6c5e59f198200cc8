/** The interrupt comes so many cycles from now and wakes the task. */
export declare function arm(id: number, cycles: number): void;
/** Cycles since the handler was entered. */
export declare function sinceInterrupt(): number;
/** Timer 1's interrupt comes so many cycles from now. */
export declare function armTimer(cycles: number): void;
/** Cycles since the timer raised it. */
export declare function sinceTimer(): number;
