/** Not there. */
export declare function nowhere(): void;
