/** Types of the native functions in io-file.js; what they mean stands in native/linux/file-glue.c. */
/** A path: a string, or bytes and how many of them. */
type Path = string | { readonly bytes: Uint8Array; readonly length: number };
type Wide = number | undefined;

export declare function ioOpen(
	operation: number,
	directory: number,
	path: Path,
	flags: number,
	mode: number,
	resolve: number,
	direct: boolean,
): void;
export declare function ioClose(operation: number, file: number): void;
export declare function ioRead(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	position: Wide,
	waker?: number | true,
	timer?: number,
	ms?: number,
): number;
export declare function ioWrite(
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	position: Wide,
	waker?: number | true,
	timer?: number,
	ms?: number,
): number;
export declare function ioReadProvided(operation: number, file: number, length: Wide, position: Wide): void;
export declare function ioReadVectors(
	operation: number,
	file: number,
	buffers: readonly Uint8Array[],
	position: Wide,
): void;
export declare function ioWriteVectors(
	operation: number,
	file: number,
	buffers: readonly Uint8Array[],
	position: Wide,
): void;
export declare function ioSync(operation: number, file: number, data: boolean): void;
export declare function ioSyncRange(operation: number, file: number, position: Wide, length: Wide, flags: number): void;
export declare function ioAllocate(operation: number, file: number, mode: number, position: Wide, length: Wide): void;
export declare function ioStat(operation: number, directory: number, path: Path, flags: number): void;
export declare function ioStatField(operation: number, which: number): number;
export declare function ioUnlink(operation: number, directory: number, path: Path, flags: number): void;
export declare function ioRename(
	operation: number,
	directory: number,
	path: Path,
	newDirectory: number,
	newPath: Path,
	flags: number,
): void;
export declare function ioMakeDirectory(operation: number, directory: number, path: Path, mode: number): void;
export declare function ioLink(operation: number, target: Path, directory: number, path: Path): void;
export declare function ioHandOver(operation: number, file: number): void;
export declare function ioHandedOver(operation: number): number;
export declare function ioCloseNow(file: number): void;
export declare function ioListDirectory(file: number, bytes: Uint8Array): number;
export declare function ioReadLink(operation: number, directory: number, path: Path, bytes: Uint8Array): void;
