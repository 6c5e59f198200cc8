/** A falling edge of the button. */
export declare function press(): void;
/** A byte on the console; false where it receives nothing. */
export declare function type(byte: number): boolean;
/** How many timers the wheels hold. */
export declare function timersSet(): number;
