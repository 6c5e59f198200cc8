/** From now on timer 1 interrupts each so many cycles, and its handler ticks the timer "teeth". */
export declare function beat(cycles: number): void;
/** So many interrupts have come. */
export declare function beats(): number;
