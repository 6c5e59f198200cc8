/**
 * Statuses of files and sockets beside those of src/status.ts: Linux's errno, negative. Expected conditions are values: an operation
 * yields a count, or one of these.
 */
import { EAGAIN, EBUSY, ECANCELED, EINVAL, ENOBUFS, ENOMEM, ETIME } from "../status.ts";

/** Not permitted. */
export const EPERM = -1;
/** No such file or directory. */
export const ENOENT = -2;
/** Interrupted by a signal: `readAll`, `writeAll` and `accept` go on by themselves. */
export const EINTR = -4;
/** The device failed; or one takes nothing and gives no reason. */
export const EIO = -5;
/** Not open. */
export const EBADF = -9;
/** Permission denied. */
export const EACCES = -13;
/** Exists already ("wx", `mkdir`, `symlink`). */
export const EEXIST = -17;
/** On another file system; or beyond what RESOLVE_BENEATH and RESOLVE_NO_XDEV allow. */
export const EXDEV = -18;
/** A part of the path is no directory. */
export const ENOTDIR = -20;
/** Is a directory. */
export const EISDIR = -21;
/** The system has no descriptor left, or the ring's own table (setting ioFiles) no place. */
export const ENFILE = -23;
/** The process has no descriptor left. */
export const EMFILE = -24;
/** The file would become too large. */
export const EFBIG = -27;
/** No space left on the device. */
export const ENOSPC = -28;
/** Has no positions: a pipe, a terminal. */
export const ESPIPE = -29;
/** The file system can only be read. */
export const EROFS = -30;
/** The other end is closed. */
export const EPIPE = -32;
/** The path is too long. */
export const ENAMETOOLONG = -36;
/** The directory is not empty. */
export const ENOTEMPTY = -39;
/** A symbolic link that RESOLVE_NO_SYMLINKS or O_NOFOLLOW forbids, or too many of them. */
export const ELOOP = -40;
/** This kernel or file system cannot do it. */
export const EOPNOTSUPP = -95;
/** Another socket has the address. */
export const EADDRINUSE = -98;
/** No address of this machine. */
export const EADDRNOTAVAIL = -99;
/** No way leads there. */
export const ENETUNREACH = -101;
/** The connection was given up before it was accepted. */
export const ECONNABORTED = -103;
/** The other end has broken the connection off. */
export const ECONNRESET = -104;
/** Not connected. */
export const ENOTCONN = -107;
/** The other end does not answer. */
export const ETIMEDOUT = -110;
/** Nobody listens there. */
export const ECONNREFUSED = -111;
/** Under way already. */
export const EALREADY = -114;
/** In progress. */
export const EINPROGRESS = -115;
/** The user's quota is used up. */
export const EDQUOT = -122;

/** Two lists, so that what comes out is a string for whoever looks at the program. */
const codes: number[] = [
	EAGAIN,
	ENOMEM,
	EBUSY,
	EINVAL,
	ETIME,
	ENOBUFS,
	ECANCELED,
	EPERM,
	ENOENT,
	EINTR,
	EIO,
	EBADF,
	EACCES,
	EEXIST,
	EXDEV,
	ENOTDIR,
	EISDIR,
	ENFILE,
	EMFILE,
	EFBIG,
	ENOSPC,
	ESPIPE,
	EROFS,
	EPIPE,
	ENAMETOOLONG,
	ENOTEMPTY,
	ELOOP,
	EOPNOTSUPP,
	EADDRINUSE,
	EADDRNOTAVAIL,
	ENETUNREACH,
	ECONNABORTED,
	ECONNRESET,
	ENOTCONN,
	ETIMEDOUT,
	ECONNREFUSED,
	EALREADY,
	EINPROGRESS,
	EDQUOT,
];
const texts: string[] = [
	"try again",
	"out of memory",
	"in use",
	"argument out of range",
	"time limit",
	"no buffer free",
	"cancelled",
	"not permitted",
	"no such file or directory",
	"interrupted",
	"input/output error",
	"not open",
	"permission denied",
	"exists already",
	"on another file system, or beyond what resolve allows",
	"not a directory",
	"is a directory",
	"no place for an open file",
	"too many open files",
	"file too large",
	"no space left",
	"has no positions",
	"read-only file system",
	"the other end is closed",
	"path too long",
	"directory not empty",
	"a symbolic link that is not allowed, or too many",
	"not supported here",
	"address in use",
	"address not available",
	"network unreachable",
	"connection aborted",
	"connection reset",
	"not connected",
	"timed out",
	"connection refused",
	"under way already",
	"in progress",
	"quota used up",
];

/** The text of a status, for messages: one of the program's strings. It searches. */
export function ioStatusText(status: number): string {
	if (status >= 0) return "ok";
	for (let i = 0; i < codes.length; i++) if (codes[i] === status) return texts[i];
	return "unknown error";
}
