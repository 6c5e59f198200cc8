/**
 * The part of the seam behind `stator/io`: files and sockets. Linux has it (native/linux/uring.h); on other platforms each function
 * throws (hal/shared/io-none.ts).
 *
 * An operation is a number, made at start-up. A function that begins one names it first; then it is polled, taken or dropped, as
 * timers and waits are. Offsets, lengths and positions may be left out: from 0, to the end, at the file's own position.
 */
import type { TaskId } from "./hal.ts";

/** A path: a string, or bytes and how many of them. */
export type PathText = string | { readonly bytes: Uint8Array; readonly length: number };
type Wide = number | undefined;
/** Begins an operation for a descriptor. */
type Begin<A extends unknown[]> = (operation: number, file: number, ...more: A) => void;
type Transfer<A extends unknown[] = []> = Begin<[bytes: Uint8Array, offset: Wide, length: Wide, ...A]>;

type FileTransfer = (
	operation: number,
	file: number,
	bytes: Uint8Array,
	offset: Wide,
	length: Wide,
	position: Wide,
	waker?: TaskId | true,
	timer?: number,
	ms?: number,
) => number;

/** Where a waker is given, it is begun at once and will be woken; a timer, too, which is started. Looking is left to do (ioLook, ioLookUntil). */
type StreamTransfer<A extends unknown[]> = Transfer<[...A, waker?: TaskId, timer?: number, ms?: number]>;

export interface Io {
	// ---- operations ----

	/** An operation's number; `stored`: with room for paths, addresses, vectors. INIT. Throws RangeError when there is no ring. */
	ioNew(stored: boolean): number;
	/** Gives it back. EBUSY: the kernel still has it. */
	ioDelete(operation: number): number;
	/** PENDING, and `waker` will be woken; READY when it has completed. HOT */
	ioPoll(operation: number, waker: TaskId): number;
	/** What it completed with, once. HOT */
	ioTake(operation: number): number;
	/** ioPoll and ioTake in one, for compiled tasks: what it completed with; undefined: not yet, and `waker` will be woken. HOT */
	ioLook(operation: number, waker: TaskId): number | undefined;
	/** The same with a limit: null when the timer, which was started, has fired first; the operation is given up then. HOT */
	ioLookUntil(operation: number, waker: TaskId, timer: number): number | null | undefined;
	/** Gives it up: cancelled if the kernel has it; what it made is given back. Any number of times. */
	ioDrop(operation: number): void;
	/** Asks the kernel to end it early: it completes as usual, with ECANCELED as a rule. */
	ioCancel(operation: number): void;
	/** PENDING while it is under way, else READY or a negative status. */
	ioState(operation: number): number;
	/** What it completed with last, taken or not. */
	ioResult(operation: number): number;
	/** Begins it now, for the task that is being polled. Its state. */
	ioInitiate(operation: number): number;
	/** The next of a task's initiated operations that has completed; -1: none yet; -2: none is in flight. HOT */
	ioCompleted(task: TaskId): number;
	/** A task has ended: gives up what it has begun. How many operations the kernel still has; the task is woken for each. */
	ioEnd(task: TaskId): number;
	/** A word for the task's slot: the outcome of a task that waits for them. */
	ioHold(task: TaskId, outcome: number): void;
	ioHeld(task: TaskId): number;
	/** The I/O priority of a task: 0 first, 2 last. Ends with the tenancy. */
	ioPriority(task: TaskId, level: number): void;
	/** What the kernel can do: bits of native/linux/uring.h. */
	ioFeatures(): number;

	// ---- memory ----

	/** Memory that the kernel may use, for good. INIT. Throws RangeError when the room for it is used up. */
	ioMemory(bytes: number): ArrayBuffer;
	/** Makes the buffers that the kernel chooses from: how many. INIT */
	ioProvide(): number;
	ioProvidedMemory(index: number): ArrayBuffer;
	/** The buffer of what was taken last; -1: it had none. HOT */
	ioProvidedOf(operation: number): number;
	/** Gives one back. EINVAL: it was not out. HOT */
	ioProvidedRelease(index: number): number;
	ioProvidedFree(): number;
	/** The number under which the kernel has registered the memory; -1: it has not. */
	ioRegistered(bytes: Uint8Array): number;
	/** Writes a string's bytes; how many, ENOBUFS when there is no room. */
	ioText(to: Uint8Array, offset: number, text: string): number;
	/** An argument of the command line, from 0. INIT */
	ioArgument(index: number): string | undefined;

	// ---- any descriptor ----

	ioPollFile: Begin<[events: number]>;
	ioTimeout(operation: number, ms: number): void;
	ioClose: Begin<[]>;
	/** Without the ring, for what cannot wait. */
	ioCloseNow(file: number): void;
	ioHandOver: Begin<[]>;
	ioHandedOver(operation: number): number;

	// ---- files: `file` of a path is its directory, -1 the process's own ----

	ioOpen: Begin<[path: PathText, flags: number, mode: number, resolve: number, direct: boolean]>;
	/** `waker` true: initiated in the same call; its state. Else as StreamTransfer. */
	ioRead: FileTransfer;
	ioWrite: FileTransfer;
	ioReadProvided: Begin<[length: Wide, position: Wide]>;
	ioReadVectors: Begin<[buffers: readonly Uint8Array[], position: Wide]>;
	ioWriteVectors: Begin<[buffers: readonly Uint8Array[], position: Wide]>;
	ioSync: Begin<[data: boolean]>;
	ioSyncRange: Begin<[position: Wide, length: Wide, flags: number]>;
	ioAllocate: Begin<[mode: number, position: Wide, length: Wide]>;
	ioStat: Begin<[path: PathText, flags: number]>;
	/** A number of what the last ioStat found, in the order of src/io/stat.ts. */
	ioStatField(operation: number, which: number): number;
	ioUnlink: Begin<[path: PathText, flags: number]>;
	ioRename: Begin<[path: PathText, newDirectory: number, newPath: PathText, flags: number]>;
	ioMakeDirectory: Begin<[path: PathText, mode: number]>;
	ioLink(operation: number, target: PathText, directory: number, path: PathText): void;
	/** The next entries, as getdents64 gives them: bytes, 0 at the end, or a status. */
	ioListDirectory(file: number, bytes: Uint8Array): number;
	ioReadLink: Begin<[path: PathText, bytes: Uint8Array]>;

	// ---- sockets ----

	/** An address's number. INIT */
	ioAddressNew(): number;
	/** Port -1: `host` is the path of a Unix socket. READY or a status. */
	ioAddressSet(address: number, host: string, port: number): number;
	ioAddressFamily(address: number): number;
	ioAddressPort(address: number): number;
	/** Makes a string. */
	ioAddressText(address: number): string;
	ioAddressPeer(address: number, operation: number): void;
	ioAddressOf(address: number, file: number, peer: boolean): number;
	ioOption(file: number, option: number, value: number): number;
	ioSocket(operation: number, family: number, type: number, direct: boolean): void;
	ioBind: Begin<[address: number]>;
	ioListen: Begin<[backlog: number]>;
	/** A stream of connections. */
	ioAccept: Begin<[direct: boolean]>;
	ioConnect: Begin<[address: number]>;
	ioSend: StreamTransfer<[all: boolean]>;
	/** For ioLook, which goes on where the kernel stops short: completes with the length, or what stopped it. */
	ioSendAll: StreamTransfer<[all?: boolean]>;
	ioReceive: StreamTransfer<[all: boolean]>;
	/** A stream of what comes, in buffers that the kernel chooses. */
	ioReceiveStream: Begin<[]>;
	ioSendMessage: Begin<[buffers: readonly Uint8Array[], address: number]>;
	ioReceiveMessage: Begin<[buffers: readonly Uint8Array[]]>;
	ioSendTo: Transfer<[address: number]>;
	ioReceiveFrom: Transfer;
	ioShutdown: Begin<[how: number]>;
}
