/** Faults. */
export declare function poke(): void;
