/** Presses the button so many times, so many milliseconds apart. */
export declare function press(times: number, everyMs: number): void;
