export declare function hold(count: number): void;
export declare function isHeld(): number;
export declare function completeHeld(): void;
export declare function inFlight(): number;
