/** Recursion in C. */
export declare function dive(): void;
