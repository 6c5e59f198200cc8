/** How a file is opened: Node's words, or Linux's bits. */

/** To read only. */
export const O_RDONLY = 0;
/** To write only. */
export const O_WRONLY = 1;
/** To read and to write. */
export const O_RDWR = 2;
/** Made when it is not there. */
export const O_CREAT = 0o100;
/** With O_CREAT: EEXIST when it is there. */
export const O_EXCL = 0o200;
/** Emptied. */
export const O_TRUNC = 0o1000;
/** Each write goes to the end. */
export const O_APPEND = 0o2000;
/** Opening does not wait for the other end of a pipe. */
export const O_NONBLOCK = 0o4000;
/** Each write is durable when it completes, as with `syncData`. */
export const O_DSYNC = 0o10000;
/** Past the page cache; the device says which lengths and places it takes. */
export const O_DIRECT = 0o40000;
/** ENOTDIR unless it is a directory. */
export const O_DIRECTORY = 0o200000;
/** ELOOP when it is a symbolic link. */
export const O_NOFOLLOW = 0o400000;
/** Each write is durable when it completes, as with `sync`. */
export const O_SYNC = 0o4010000;
/** A place in the tree only, for `directory`: neither to read nor to write. */
export const O_PATH = 0o10000000;

/** What a path may not do (openat2): refused by the kernel, with EXDEV or ELOOP. */
export const RESOLVE_NO_XDEV = 1;
/** No links that the kernel makes up (/proc/self/fd/…). */
export const RESOLVE_NO_MAGICLINKS = 2;
/** No symbolic links at all. */
export const RESOLVE_NO_SYMLINKS = 4;
/** Not out of the directory that it is opened in. */
export const RESOLVE_BENEATH = 8;
/** The directory that it is opened in is the root. */
export const RESOLVE_IN_ROOT = 16;

/** "r" read; "w" write, made or emptied; "a" append; "r+", "w+", "a+" both; "wx", "ax" only when it is not there; or bits. */
export type OpenFlags = "r" | "r+" | "w" | "wx" | "w+" | "wx+" | "a" | "ax" | "a+" | "ax+" | number;

/** Linux's bits. Throws TypeError for a word that is none. */
export function openBits(flags: OpenFlags): number {
	if (typeof flags === "number") return flags;
	if (flags === "r") return O_RDONLY;
	if (flags === "r+") return O_RDWR;
	if (flags === "w") return O_WRONLY | O_CREAT | O_TRUNC;
	if (flags === "wx") return O_WRONLY | O_CREAT | O_EXCL;
	if (flags === "w+") return O_RDWR | O_CREAT | O_TRUNC;
	if (flags === "wx+") return O_RDWR | O_CREAT | O_EXCL;
	if (flags === "a") return O_WRONLY | O_CREAT | O_APPEND;
	if (flags === "ax") return O_WRONLY | O_CREAT | O_APPEND | O_EXCL;
	if (flags === "a+") return O_RDWR | O_CREAT | O_APPEND;
	if (flags === "ax+") return O_RDWR | O_CREAT | O_APPEND | O_EXCL;
	throw new TypeError('open: flags are "r", "r+", "w", "wx", "w+", "wx+", "a", "ax", "a+", "ax+" or a number');
}
