/**
 * Statuses of files and sockets beside those of src/status.ts: Linux's errno, negative. Expected conditions are values: an operation
 * yields a count, or one of these.
 */
import { statusText } from "../status.ts";

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

const texts: [number, string][] = [
	[EPERM, "not permitted"],
	[ENOENT, "no such file or directory"],
	[EINTR, "interrupted"],
	[EIO, "input/output error"],
	[EBADF, "not open"],
	[EACCES, "permission denied"],
	[EEXIST, "exists already"],
	[EXDEV, "on another file system, or beyond what resolve allows"],
	[ENOTDIR, "not a directory"],
	[EISDIR, "is a directory"],
	[EMFILE, "too many open files"],
	[EFBIG, "file too large"],
	[ENOSPC, "no space left"],
	[ESPIPE, "has no positions"],
	[EROFS, "read-only file system"],
	[EPIPE, "the other end is closed"],
	[ENAMETOOLONG, "path too long"],
	[ENOTEMPTY, "directory not empty"],
	[ELOOP, "a symbolic link that is not allowed, or too many"],
	[EOPNOTSUPP, "not supported here"],
	[EADDRINUSE, "address in use"],
	[EADDRNOTAVAIL, "address not available"],
	[ENETUNREACH, "network unreachable"],
	[ECONNABORTED, "connection aborted"],
	[ECONNRESET, "connection reset"],
	[ENOTCONN, "not connected"],
	[ETIMEDOUT, "timed out"],
	[ECONNREFUSED, "connection refused"],
	[EALREADY, "under way already"],
	[EINPROGRESS, "in progress"],
	[EDQUOT, "quota used up"],
];

/** The text of a status of files or sockets, for messages. It searches. */
export function ioStatusText(status: number): string {
	for (let i = 0; i < texts.length; i++) if (texts[i][0] === status) return texts[i][1];
	return statusText(status);
}
