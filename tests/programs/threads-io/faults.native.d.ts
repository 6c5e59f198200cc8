export declare function inject(fault: number, times: number): void;
export declare function completeHeld(): number;
export declare function inFlight(): number;
