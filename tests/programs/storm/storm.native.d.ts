/** So many interrupts of timer 1, one every so many of its cycles. */
export declare function storm(times: number, cycles: number): void;
/** One interrupt of timer 1, so many cycles from now. */
export declare function strike(cycles: number): void;
/** How many the hardware has made. */
export declare function stormMade(): number;
/** Takes the line down. */
export declare function serve(): number;
/** An interrupt every so many cycles, whose line stays up until `serve`. */
export declare function raiseAndHold(cycles: number): void;
