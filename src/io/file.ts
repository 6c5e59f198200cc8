/**
 * Files. `open(path, flags)` yields a file that belongs to the place where it is written: good until the same place opens the next,
 * which it may once this one is closed. Who has many open keeps a `File` for each and calls its `open`.
 *
 * What is expected is a value: reads and writes yield how many bytes were moved, 0 at the end, or a negative status
 * (errors.ts). A file that could not be opened says why in `status`; what is tried with it yields EBADF.
 *
 * ```ts
 * const block = ioBuffer(4096);                       // start-up
 * const file = await open("data.bin", "r");
 * if (file.status < 0) return log(ioStatusText(file.status));
 * const count = await file.read(block, { position: 8192 });
 * await file.close();
 * ```
 *
 * Options that are written at the call cost nothing: compiled, they are arguments. Task context; nothing allocates.
 */
import {
	ioAllocate,
	ioClose,
	ioOpen,
	ioRead,
	ioReadProvided,
	ioReadVectors,
	ioSync,
	ioSyncRange,
	ioTake,
	ioWrite,
	ioWriteVectors,
} from "#hal";
import { READY } from "../status.ts";
import { type IoBuffer, type ProvidedBuffer, provideBuffers, providedTo } from "./buffer.ts";
import { EBADF, EIO } from "./errors.ts";
import { type OpenFlags, openBits } from "./open-flags.ts";
import { Count, HandOver, Operation, TransferAll } from "./operation.ts";
import type { PathLike } from "./path.ts";

/** Which bytes of the buffer, and where in the file; left out: from 0, to its end, where the file stands. */
export interface TransferOptions {
	offset?: number;
	length?: number;
	position?: number;
}

/** What `open` takes beside path and flags. Written at the call they cost nothing. */
export interface OpenOptions {
	/** Permissions of a file that is made; default 0o666, less what the process masks. */
	mode?: number;
	/** What the path may not do: RESOLVE_ bits. */
	resolve?: number;
	/** Where relative paths begin; default the process's own directory. */
	directory?: File;
	/** Opened into the ring's own table: cheaper to use, not a descriptor of the process. */
	direct?: boolean;
}

const DEFAULT_MODE = 0o666;

/** A descriptor, open or not. */
export class File {
	/** A descriptor or a place in the ring's table; -1: not open. */
	handle = -1;
	/** READY while it is open; why it is not. */
	status = EBADF;

	/** It has a descriptor, or a place in the ring's table. */
	get isOpen(): boolean {
		return this.handle >= 0;
	}

	/** Stands for a descriptor that somebody else has opened: a number that a task of another executor was given. Who closes it, they agree on. */
	adopt(handle: number): void {
		this.handle = handle;
		this.status = READY;
	}

	/** Opens it; yields READY or a status. TypeError when it is open. */
	open(path: PathLike, flags: OpenFlags = "r", options?: OpenOptions): OpenFile {
		return new OpenFile().start(
			this,
			path,
			flags,
			options?.mode,
			options?.resolve,
			options?.directory,
			options?.direct,
		);
	}

	/** Reads what is there, at most what there is room for. */
	read(buffer: IoBuffer, options?: TransferOptions): FileRead {
		return new FileRead().start(this, buffer, options?.offset, options?.length, options?.position);
	}

	/** Writes; a short count is possible. */
	write(buffer: IoBuffer, options?: TransferOptions): FileWrite {
		return new FileWrite().start(this, buffer, options?.offset, options?.length, options?.position);
	}

	/** Reads until the buffer is full or the file ends: fewer bytes only at the end. */
	readAll(buffer: IoBuffer, options?: TransferOptions): FileReadAll {
		return new FileReadAll().start(this, buffer, options?.offset, options?.length, options?.position);
	}

	/** Writes everything; yields how many bytes that were, or what stopped it (`moved` of the wait says where). */
	writeAll(buffer: IoBuffer, options?: TransferOptions): FileWriteAll {
		return new FileWriteAll().start(this, buffer, options?.offset, options?.length, options?.position);
	}

	/** Reads into a buffer that the kernel chooses: yields it, undefined at the end or when `status` of the wait says why. */
	readProvided(options?: { length?: number; position?: number }): FileReadProvided {
		return new FileReadProvided().start(this, options?.length, options?.position);
	}

	/** Fills buffers, one after the other, in one operation. At most eight. */
	readVectors(buffers: readonly IoBuffer[], position?: number): FileReadVectors {
		return new FileReadVectors().start(this, buffers, position);
	}

	/** Writes buffers, one after the other, in one operation; a short count is possible. At most eight. */
	writeVectors(buffers: readonly IoBuffer[], position?: number): FileWriteVectors {
		return new FileWriteVectors().start(this, buffers, position);
	}

	/** Waits until everything that was written is durable (fsync). */
	sync(): FileSync {
		return new FileSync().start(this, false);
	}

	/** The same without what reading the data does not need, such as times (fdatasync). */
	syncData(): FileSync {
		return new FileSync().start(this, true);
	}

	/** Begins to write a range to the device (sync_file_range; flags: 1 wait before, 2 write, 4 wait after). Not durable. */
	syncRange(position: number, length: number, flags = 2): FileSyncRange {
		return new FileSyncRange().start(this, position, length, flags);
	}

	/** Takes the space for a range now (fallocate; mode bits as there). */
	allocate(position: number, length: number, mode = 0): FileAllocate {
		return new FileAllocate().start(this, position, length, mode);
	}

	/** Into the ring's own table: from then on no descriptor of the process. */
	handOver(): HandOver {
		return new HandOver().start(this);
	}

	/** Closes it. Once begun it is done, even if the wait is given up. */
	close(): FileClose {
		return new FileClose().start(this);
	}

	/** `await using`: closed at the end of the block, whatever ends it. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

/** Where relative paths begin: a directory, or the process's own. */
export function directoryHandle(directory: File | undefined): number {
	return directory === undefined ? -1 : directory.handle;
}

function beginOpen(
	operation: number,
	path: PathLike,
	flags: OpenFlags,
	mode: number | undefined,
	resolve: number | undefined,
	directory: File | undefined,
	direct: boolean | undefined,
): void {
	ioOpen(
		operation,
		directoryHandle(directory),
		path,
		openBits(flags),
		mode === undefined ? DEFAULT_MODE : mode,
		resolve === undefined ? 0 : resolve,
		direct === true,
	);
}

/** The file is open, or says why it is not. */
function opened(file: File, result: number): void {
	file.handle = result < 0 ? -1 : result;
	file.status = result < 0 ? result : READY;
}

/** The wait for a file's opening. */
export class OpenFile extends Count {
	private file: File | undefined = undefined;

	constructor() {
		super(true);
	}

	/** Begins, as `file.open`. TypeError when the file is open. */
	start(
		file: File,
		path: PathLike,
		flags: OpenFlags,
		mode?: number,
		resolve?: number,
		directory?: File,
		direct?: boolean,
	): this {
		if (file.handle >= 0) throw new TypeError("open: the file is open: close it first, or keep a File for each");
		this.file = file;
		beginOpen(this.begin(), path, flags, mode, resolve, directory, direct);
		return this;
	}

	override take(): number {
		const file = this.file as File;
		opened(file, ioTake(this.operation));
		return file.status;
	}
}

/**
 * The wait for a file of its own.
 * @yieldsOwn
 */
export class Open extends Operation<File> {
	readonly file = new File();

	constructor() {
		super(true);
	}

	/** Begins, as `open`. TypeError when its file is open still. */
	start(path: PathLike, flags: OpenFlags, mode?: number, resolve?: number, directory?: File, direct?: boolean): this {
		if (this.file.handle >= 0)
			throw new TypeError("open: the file of this place is open still: close it first, or keep a File for each");
		beginOpen(this.begin(), path, flags, mode, resolve, directory, direct);
		return this;
	}

	take(): File {
		const { file } = this;
		opened(file, ioTake(this.operation));
		return file;
	}
}

/** Opens a file; yields it, open or with the status that says why not. */
export function open(path: PathLike, flags: OpenFlags = "r", options?: OpenOptions): Open {
	return new Open().start(path, flags, options?.mode, options?.resolve, options?.directory, options?.direct);
}

/** The wait for what a file has. */
export class FileRead extends Count {
	/** Begins, as `file.read`. */
	start(file: File, buffer: IoBuffer, offset?: number, length?: number, position?: number): this {
		ioRead(this.begin(), file.handle, buffer, offset, length, position);
		return this;
	}
}

/** The wait of `file.write`, kept: yields the bytes written, or a status. */
export class FileWrite extends Count {
	/** Begins, as `file.write`. */
	start(file: File, buffer: IoBuffer, offset?: number, length?: number, position?: number): this {
		ioWrite(this.begin(), file.handle, buffer, offset, length, position);
		return this;
	}
}

/** From a place in the file, when one is given. */
abstract class FileTransferAll extends TransferAll {
	private position: number | undefined = undefined;

	/** Begins, as the file's method of this name. */
	start(file: File, buffer: IoBuffer, offset?: number, length?: number, position?: number): this {
		this.position = position;
		return this.transfer(file, buffer, offset, length);
	}

	protected at(moved: number): number | undefined {
		return this.position === undefined ? undefined : this.position + moved;
	}
}

/** The wait of `file.readAll`, kept: yields the bytes read, fewer only at the end, or a status; `moved` says how far it came. */
export class FileReadAll extends FileTransferAll {
	protected next(moved: number): void {
		const { target, buffer, offset, length } = this;
		ioRead(this.begin(), (target as File).handle, buffer as IoBuffer, offset + moved, length - moved, this.at(moved));
	}

	/** The end of the file. */
	protected stopped(): number {
		return this.moved;
	}
}

/** The wait of `file.writeAll`, kept: yields the bytes written, or a status; `moved` says how far it came. */
export class FileWriteAll extends FileTransferAll {
	protected next(moved: number): void {
		const { target, buffer, offset, length } = this;
		ioWrite(this.begin(), (target as File).handle, buffer as IoBuffer, offset + moved, length - moved, this.at(moved));
	}

	/** A device that takes nothing and gives no reason. */
	protected stopped(): number {
		return EIO;
	}
}

/** The wait for a buffer of the kernel's choice. */
export class FileReadProvided extends Operation<ProvidedBuffer | undefined> {
	/** The count that was read, or why there is no buffer. */
	status = 0;

	constructor() {
		super();
		provideBuffers();
	}

	/** Begins, as `file.readProvided`. */
	start(file: File, length?: number, position?: number): this {
		ioReadProvided(this.begin(), file.handle, length, position);
		return this;
	}

	take(): ProvidedBuffer | undefined {
		this.status = ioTake(this.operation);
		return providedTo(this.operation, this.status);
	}
}

/** The wait of `file.readVectors`, kept: yields the bytes read, or a status. */
export class FileReadVectors extends Count {
	constructor() {
		super(true);
	}

	/** Begins, as `file.readVectors`. */
	start(file: File, buffers: readonly IoBuffer[], position?: number): this {
		ioReadVectors(this.begin(), file.handle, buffers, position);
		return this;
	}
}

/** The wait of `file.writeVectors`, kept: yields the bytes written, or a status. */
export class FileWriteVectors extends Count {
	constructor() {
		super(true);
	}

	/** Begins, as `file.writeVectors`. */
	start(file: File, buffers: readonly IoBuffer[], position?: number): this {
		ioWriteVectors(this.begin(), file.handle, buffers, position);
		return this;
	}
}

/** The wait of `file.sync` and `file.syncData`, kept: yields READY or a status. EIO: what was written may be lost. */
export class FileSync extends Count {
	/** Begins, as `file.syncData` with `data`, else as `file.sync`. */
	start(file: File, data: boolean): this {
		ioSync(this.begin(), file.handle, data);
		return this;
	}
}

/** The wait of `file.syncRange`, kept: yields READY or a status. */
export class FileSyncRange extends Count {
	/** Begins, as `file.syncRange`. */
	start(file: File, position: number, length: number, flags: number): this {
		ioSyncRange(this.begin(), file.handle, position, length, flags);
		return this;
	}
}

/** The wait of `file.allocate`, kept: yields READY, or a status such as ENOSPC. */
export class FileAllocate extends Count {
	/** Begins, as `file.allocate`. */
	start(file: File, position: number, length: number, mode: number): this {
		ioAllocate(this.begin(), file.handle, mode, position, length);
		return this;
	}
}

/** The wait for a file's end. */
export class FileClose extends Count {
	/** Begins: from now on the file is not open, and may be opened again. */
	start(file: File): this {
		ioClose(this.begin(), file.handle);
		file.handle = -1;
		file.status = EBADF;
		return this;
	}
}
