/** A handler at vector 24 posts numbered messages from the pool "samples" to the queue "samples". */
export declare function attach(): void;
/** How often it found the pool used up. */
export declare function refusedCount(): number;
