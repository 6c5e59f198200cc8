/** The next completion of a read (1) or an open (2). */
export declare function hold(kind: number): void;
export declare function isHeld(): number;
export declare function completeHeld(): void;
export declare function operations(): number;
export declare function inFlight(): number;
