/** Types of the native functions in threads.js; what they mean stands in hal/hal.ts. */
export declare function threadNumber(): number;
export declare function threadsOpen(count: number): void;
export declare function threadStart(number: number, dispatcher: number): boolean;
export declare function threadReady(): void;
export declare function threadLeave(): never;
export declare function threadsStop(): void;
export declare function threadsLeft(): number;
export declare function threadStat(executor: number, which: number): number;
export declare function taskShare(name: string, slots: number): number;
export declare function dispatcherNew(capacity: number): number;
export declare function dispatcherQuit(dispatcher: number): void;
export declare function dispatcherWaitNew(): number;
export declare function dispatcherWaitPoll(
	wait: number,
	dispatcher: number,
	what: number,
	most: number,
	waker: number,
): number;
export declare function dispatcherWaitLeave(wait: number): void;
export declare function workNew(task: number, bytes: number, tag: number): number;
export declare function workAlloc(dispatcher: number, task: number): number;
export declare function workArgument(work: number, index: number, value: number): boolean;
export declare function workArgumentOf(work: number, index: number): number;
export declare function workSubmit(work: number, dispatcher: number, priority: number): number;
export declare function workAttach(work: number, executor: number, priority: number): number;
export declare function workNext(executor: number, waker: number): number;
export declare function workBegan(work: number, id: number): void;
export declare function workRefuse(work: number): boolean;
export declare function workEnd(work: number, status: number, value: unknown): void;
export declare function workFail(work: number, error: unknown): void;
export declare function workWhat(work: number): number;
export declare function workRunsAs(work: number): number;
export declare function workStatus(work: number): number;
export declare function workValue(work: number): number | undefined;
export declare function workText(work: number): string;
export declare function workAsk(work: number, asked: number): number;
export declare function workStore(work: number, from: ArrayBufferView, offset: number, count: number): number;
export declare function workFetch(work: number, into: ArrayBufferView, offset: number, count: number): number;
