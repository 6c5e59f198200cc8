/** Types of the native functions in events.js (native/moddable/events-glue.c). */
/** A pin has changed: its line, and what it is now. Where callbacks of ECMA-419 run: in the machine, outside of tasks. */
export declare function pinCame(line: number, high: boolean): void;
/** So many bytes have come. Likewise. */
export declare function consoleCame(count: number): void;
