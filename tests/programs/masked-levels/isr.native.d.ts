/** A handler at vector 24, more urgent than every level. */
export declare function attach(): void;
/** Raises its interrupt; how often the handler ran before the next statement. */
export declare function raise(): number;
/** How often it ran since it was raised. */
export declare function handledCount(): number;
