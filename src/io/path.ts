/** A path that is put together at run time, without strings: bytes in memory of the kernel's (UTF-8, as the file system has it). */
import { ioText } from "#hal";
import { type IoBuffer, ioBuffer } from "./buffer.ts";
import { ENAMETOOLONG } from "./errors.ts";

const SLASH = 47;
const PATH_MAX = 4096;

/** A path in memory that the kernel reads; wherever a path is asked for, in place of a text. */
export class Path {
	readonly bytes: IoBuffer;
	/** How many of the bytes count. */
	length = 0;

	/** INIT */
	constructor(text = "", capacity = PATH_MAX) {
		this.bytes = ioBuffer(capacity);
		this.set(text);
	}

	/** Becomes this text. READY, or ENAMETOOLONG, and then it is empty. */
	set(text: string): number {
		this.length = 0;
		const length = ioText(this.bytes, 0, text);
		if (length < 0) return ENAMETOOLONG;
		this.length = length;
		return 0;
	}

	/** Becomes what another is. */
	setTo(path: Path): number {
		this.length = 0;
		return this.copy(path.bytes, 0, path.length);
	}

	/** Adds a text at the end, without a slash. READY, or ENAMETOOLONG, and then it is as before. */
	append(text: string): number {
		const length = ioText(this.bytes, this.length, text);
		if (length < 0) return ENAMETOOLONG;
		this.length += length;
		return 0;
	}

	/** Adds a text behind a slash. READY, or ENAMETOOLONG, and then it is as before. */
	join(text: string): number {
		const at = this.slash();
		const length = at < 0 ? at : ioText(this.bytes, at, text);
		if (length < 0) return ENAMETOOLONG;
		this.length = at + length;
		return 0;
	}

	/** Adds bytes behind a slash: the name of a directory's entry. */
	joinBytes(from: IoBuffer, offset: number, count: number): number {
		const before = this.length;
		const at = this.slash();
		if (at < 0) return ENAMETOOLONG;
		this.length = at;
		const status = this.copy(from, offset, count);
		if (status < 0) this.length = before;
		return status;
	}

	/** Back to a length that it had: up again. */
	cut(length: number): void {
		if (length < this.length) this.length = length;
	}

	private copy(from: IoBuffer, offset: number, count: number): number {
		const { bytes, length } = this;
		if (length + count > bytes.length) return ENAMETOOLONG;
		for (let i = 0; i < count; i++) bytes[length + i] = from[offset + i];
		this.length = length + count;
		return 0;
	}

	/** Where the next part begins. */
	private slash(): number {
		const { bytes, length } = this;
		if (length === 0 || bytes[length - 1] === SLASH) return length;
		if (length === bytes.length) return -1;
		bytes[length] = SLASH;
		return length + 1;
	}
}

/** What names a file: a text, or a path that was put together. */
export type PathLike = string | Path;
