/** Bytes onto the console's line, as if they came over it; how many found no room. */
export declare function type(text: string): number;
