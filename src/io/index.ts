/**
 * `stator/io`: files and sockets, on Linux, through io_uring. On other targets each use throws and names the target; boards have
 * `stator/board`.
 */
export { sleep as suspendForDuration } from "../time/sleep.ts";
export { AF_INET, AF_INET6, AF_UNIX, SocketAddress } from "./address.ts";
export { programArguments } from "./arguments.ts";
export {
	BufferPool,
	ClaimBuffer,
	type IoBuffer,
	ioBuffer,
	isRegistered,
	PooledBuffer,
	ProvidedBuffer,
	providedFree,
	releaseProvided,
} from "./buffer.ts";
export {
	POLL_ERROR,
	POLL_HANGUP,
	POLL_IN,
	POLL_OUT,
	PollDescriptor,
	pollDescriptor,
	RingTimeout,
	ringTimeout,
} from "./descriptor.ts";
export {
	Directory,
	DirectoryEntry,
	MakeDirectory,
	MakeLink,
	mkdir,
	NextEntry,
	ReadLink,
	Rename,
	readLink,
	rename,
	rmdir,
	symlink,
	Unlink,
	unlink,
} from "./directory.ts";
export * from "./errors.ts";
export {
	File,
	FileAllocate,
	FileClose,
	FileRead,
	FileReadAll,
	FileReadProvided,
	FileReadVectors,
	FileSync,
	FileSyncRange,
	FileWrite,
	FileWriteAll,
	FileWriteVectors,
	Open,
	OpenFile,
	type OpenOptions,
	open,
	type TransferOptions,
} from "./file.ts";
export { CompletedIo, IoStatus, StatusCompleted, setIoPriority, suspendUntilCompletedIo } from "./io-status.ts";
export { Accept, Listen, Listener } from "./listener.ts";
export * from "./open-flags.ts";
export { Count, type Descriptor, HandOver, Operation } from "./operation.ts";
export { Path, type PathLike } from "./path.ts";
export * from "./socket.ts";
export { Stat, StatWait, stat, statFile } from "./stat.ts";
export {
	Connect,
	type SpanOptions,
	StreamRead,
	StreamReadAll,
	StreamReadVectors,
	StreamReceive,
	StreamSocket,
	StreamWrite,
	StreamWriteAll,
	StreamWriteVectors,
} from "./stream-socket.ts";
export { TcpListener, type TcpListenerOptions, TcpStream } from "./tcp.ts";
export { Bind, ReceiveFrom, SendTo, UdpSocket } from "./udp.ts";
export { UnixListener, UnixStream } from "./unix.ts";
