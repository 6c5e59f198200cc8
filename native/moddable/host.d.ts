/** Types of the native functions in host.js (native/moddable/host.c); what they mean stands in hal/hal.ts. */
type PollFunction = (id: number) => number;
type Turn = PollFunction | { poll: PollFunction };
type Settle = (slot: number, outcome: number, error?: unknown) => boolean;

export declare function host(polls: readonly Turn[], settle: Settle, attend: (due: number) => void): void;
export declare function hostEnded(failed: boolean): void;
