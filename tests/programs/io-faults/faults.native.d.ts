export declare function inject(fault: number, times: number): void;
export declare function faultsLeft(): number;
export declare function orderOf(index: number): number;
export declare function overflowed(): number;
