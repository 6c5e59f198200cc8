/** Begins to post so many messages, half of them from a thread and half from the handler of SIGUSR2. INIT, after pool and queue are open. */
export declare function begin(messages: number): void;
/** Waits for the thread's end. */
export declare function end(): void;
/** How often the pool had none. */
export declare function refusedCount(): number;
