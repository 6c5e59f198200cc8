/**
 * Statuses of files and sockets beside those of src/status.ts: Linux's errno, negative. Expected conditions are values: an operation
 * yields a count, or one of these.
 */
import { EAGAIN, EBUSY, ECANCELED, EINVAL, ENOBUFS, ENOMEM, ETIME } from "../status.ts";

export const EPERM = -1;
export const ENOENT = -2;
export const EINTR = -4;
export const EIO = -5;
export const EBADF = -9;
export const EACCES = -13;
export const EEXIST = -17;
export const EXDEV = -18;
export const ENOTDIR = -20;
export const EISDIR = -21;
export const EMFILE = -24;
export const EFBIG = -27;
export const ENOSPC = -28;
export const ESPIPE = -29;
export const EROFS = -30;
export const EPIPE = -32;
export const ENAMETOOLONG = -36;
export const ENOTEMPTY = -39;
export const ELOOP = -40;
export const EOPNOTSUPP = -95;
export const EADDRINUSE = -98;
export const EADDRNOTAVAIL = -99;
export const ENETUNREACH = -101;
export const ECONNABORTED = -103;
export const ECONNRESET = -104;
export const ENOTCONN = -107;
export const ETIMEDOUT = -110;
export const ECONNREFUSED = -111;
export const EALREADY = -114;
export const EINPROGRESS = -115;
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
