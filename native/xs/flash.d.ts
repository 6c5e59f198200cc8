/** Types of the native functions in flash.js; what they mean stands in hal/flash.ts. */
export declare function flashOpen(file: string, bytes: number): number;
export declare function flashBytes(): number;
export declare function flashUnit(): number;
export declare function flashSectorBegin(area: number, at: number): number;
export declare function flashSectorEnd(area: number, at: number): number;
export declare function flashRead(area: number, at: number, into: Uint8Array, start: number, end: number): number;
export declare function flashProgram(area: number, at: number, from: Uint8Array, start: number, end: number): number;
export declare function flashErase(area: number, at: number): number;
export declare function digestNew(): number;
export declare function digestStart(digest: number): void;
export declare function digestBytes(digest: number, bytes: Uint8Array, start: number, end: number): void;
export declare function digestFlash(digest: number, area: number, start: number, end: number): number;
export declare function digestTake(digest: number, into: Uint8Array): void;
export declare function signatureCheck(signature: Uint8Array, key: Uint8Array, message: Uint8Array): boolean;
