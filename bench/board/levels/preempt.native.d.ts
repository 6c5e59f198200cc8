/**
 * First call after an interrupt: notes how many cycles ago the timer ran out. The second, right after: what such a
 * statement takes; and the timer runs again, to wake this task.
 */
export declare function arrived(id: number): void;
/** Timer 1 interrupts at pseudo-random distances from `shortest` cycles on; the counts begin anew. */
export declare function startTimer(shortest: number, spread: number): void;
export declare function stopTimer(): void;
/** Of `arrived`, since the last start: 0 the longest wait, 1 the shortest, 2 how many there were, 3 what the statement takes (at least). */
export declare function result(which: number): number;
