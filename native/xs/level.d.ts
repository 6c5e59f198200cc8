/** The native functions of native/xs/levels.c. */
type PollFunction = (id: number) => number;
type Round = readonly (PollFunction | { poll: PollFunction })[];
type Settle = (slot: number, outcome: number, error?: unknown) => boolean;
export declare function levelVector(): number;
export declare function levelPriority(): number;
export declare function serve(
	polls: Round,
	settle: Settle,
	attend: (due: number) => void,
	states: readonly number[],
	pools: readonly unknown[],
	handles: readonly unknown[],
): never;
export declare function schedule(vector: number): number;
export declare function levelStart(vector: number, priority: number): void;
export declare function levelEnded(): void;
export declare function levelsLeft(): number;
export declare function masked(): boolean;
export declare function mask(on: boolean): void;
