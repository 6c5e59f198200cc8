/**
 * Directories: what is in them, and what makes, names and removes entries. Waits yield READY or a negative status. `directory`, where it
 * is given, is an open directory in which relative paths begin.
 */
import { ioLink, ioListDirectory, ioMakeDirectory, ioReadLink, ioRename, ioUnlink } from "#hal";
import { Leaf } from "../leaf.ts";
import { type Poll, READY } from "../status.ts";
import { Stream } from "../stream.ts";
import { type IoBuffer, ioBuffer } from "./buffer.ts";
import { directoryHandle, File, FileClose, OpenFile } from "./file.ts";
import { O_DIRECTORY } from "./open-flags.ts";
import { Count } from "./operation.ts";
import type { Path, PathLike } from "./path.ts";

const AT_REMOVEDIR = 0x200;

// ---- reading ----

/** Where getdents64 puts what it says of an entry. */
const RECORD_BYTES = 16;
const RECORD_KIND = 18;
const RECORD_NAME = 19;
const KIND_DIRECTORY = 4;
const KIND_FILE = 8;
const KIND_LINK = 10;
const DOT = 46;

/** An entry, good until the next is read: a name in the directory's buffer. */
export class DirectoryEntry {
	bytes: IoBuffer;
	/** Where in `bytes` the name begins, and how long it is. */
	offset = 0;
	length = 0;
	private kind = 0;

	constructor(bytes: IoBuffer) {
		this.bytes = bytes;
	}

	/** A regular file. None of the three, where the file system does not say (`stat` does). */
	get isFile(): boolean {
		return this.kind === KIND_FILE;
	}

	/** A directory. */
	get isDirectory(): boolean {
		return this.kind === KIND_DIRECTORY;
	}

	/** A symbolic link. */
	get isLink(): boolean {
		return this.kind === KIND_LINK;
	}

	/** Adds the name to a path, behind a slash. READY, or ENAMETOOLONG. */
	appendTo(path: Path): number {
		return path.joinBytes(this.bytes, this.offset, this.length);
	}

	/** By the directory. */
	set(record: number, kind: number): void {
		const { bytes } = this;
		this.kind = kind;
		this.offset = record + RECORD_NAME;
		let end = this.offset;
		while (bytes[end] !== 0) end++;
		this.length = end - this.offset;
	}

	/** "." and "..". */
	get isSelf(): boolean {
		const { bytes, offset, length } = this;
		return bytes[offset] === DOT && (length === 1 || (length === 2 && bytes[offset + 1] === DOT));
	}
}

/** An open directory, whose entries can be looped over: `for await (const entry of directory)`. */
export class Directory extends Stream<DirectoryEntry> {
	readonly file = new File();
	/** READY, or what stopped the reading. */
	status = 0;
	private readonly bytes: IoBuffer;
	private readonly entry: DirectoryEntry;
	private filled = 0;
	private at = 0;

	/** INIT. So many bytes of entries are asked for at once. */
	constructor(bytes = 4096) {
		super();
		this.bytes = ioBuffer(bytes);
		this.entry = new DirectoryEntry(this.bytes);
	}

	/** Opens it, at its first entry; yields READY or a status. */
	open(path: PathLike, directory?: File): OpenFile {
		return new OpenFile().start(this.rewound(), path, O_DIRECTORY, undefined, undefined, directory);
	}

	/** The next entry but "." and ".."; undefined at the end, or when `status` says why. */
	next(): NextEntry {
		return new NextEntry().start(this);
	}

	/** The same without waiting: the kernel has no operation for it, so this is a system call of the present task. */
	read(): DirectoryEntry | undefined {
		const { bytes, entry } = this;
		for (;;) {
			if (this.at >= this.filled) {
				const count = ioListDirectory(this.file.handle, bytes);
				this.status = count < 0 ? count : READY;
				if (count <= 0) return undefined;
				this.filled = count;
				this.at = 0;
			}
			const record = this.at;
			this.at = record + bytes[record + RECORD_BYTES] + 256 * bytes[record + RECORD_BYTES + 1];
			entry.set(record, bytes[record + RECORD_KIND]);
			if (!entry.isSelf) return entry;
		}
	}

	/** Closes it; it can be opened again. Yields READY or a status. */
	close(): FileClose {
		return new FileClose().start(this.file);
	}

	private rewound(): File {
		this.filled = 0;
		this.at = 0;
		return this.file;
	}
}

/** An entry for `for await`: it is there at once. */
export class NextEntry extends Leaf<DirectoryEntry | undefined> {
	private directory: Directory | undefined = undefined;

	/** The next entry of this directory. */
	start(directory: Directory): this {
		this.directory = directory;
		return this;
	}

	poll(): Poll {
		return READY;
	}

	take(): DirectoryEntry | undefined {
		return (this.directory as Directory).read();
	}

	drop(): void {}
}

// ---- changing ----

abstract class PathOperation extends Count {
	constructor() {
		super(true);
	}
}

/** The wait of `unlink` and `rmdir`, kept: yields READY or a status. */
export class Unlink extends PathOperation {
	/** Begins to remove a name. `flags` 0: a file's; 0x200 (AT_REMOVEDIR): an empty directory's. */
	start(path: PathLike, flags: number, directory?: File): this {
		ioUnlink(this.begin(), directoryHandle(directory), path, flags);
		return this;
	}
}

/** Removes a file's name. */
export function unlink(path: PathLike, directory?: File): Unlink {
	return new Unlink().start(path, 0, directory);
}

/** Removes an empty directory. */
export function rmdir(path: PathLike, directory?: File): Unlink {
	return new Unlink().start(path, AT_REMOVEDIR, directory);
}

/** The wait of `rename`, kept: yields READY or a status. */
export class Rename extends PathOperation {
	/** Begins, as `rename`. */
	start(path: PathLike, to: PathLike, directory?: File, toDirectory?: File): this {
		ioRename(this.begin(), directoryHandle(directory), path, directoryHandle(toDirectory), to, 0);
		return this;
	}
}

/** Gives a file another name, in place of whatever has it. */
export function rename(path: PathLike, to: PathLike, directory?: File, toDirectory?: File): Rename {
	return new Rename().start(path, to, directory, toDirectory);
}

/** The wait of `mkdir`, kept: yields READY or a status. */
export class MakeDirectory extends PathOperation {
	/** Begins, as `mkdir`; `mode`: its permissions, less what the process masks. */
	start(path: PathLike, mode: number, directory?: File): this {
		ioMakeDirectory(this.begin(), directoryHandle(directory), path, mode);
		return this;
	}
}

/** Makes a directory. */
export function mkdir(path: PathLike, mode = 0o777, directory?: File): MakeDirectory {
	return new MakeDirectory().start(path, mode, directory);
}

/** The wait of `symlink`, kept: yields READY or a status. */
export class MakeLink extends PathOperation {
	/** Begins, as `symlink`. */
	start(target: PathLike, path: PathLike, directory?: File): this {
		ioLink(this.begin(), target, directoryHandle(directory), path);
		return this;
	}
}

/** Makes a symbolic link at `path` that says `target`. */
export function symlink(target: PathLike, path: PathLike, directory?: File): MakeLink {
	return new MakeLink().start(target, path, directory);
}

/** The wait for what a symbolic link says. */
export class ReadLink extends PathOperation {
	private into: Path | undefined = undefined;

	/** Begins, as `readLink`. */
	start(path: PathLike, into: Path, directory?: File): this {
		this.into = into;
		ioReadLink(this.begin(), directoryHandle(directory), path, into.bytes);
		return this;
	}

	override take(): number {
		const count = super.take();
		(this.into as Path).length = Math.max(count, 0);
		return count;
	}
}

/** What a symbolic link says, into a path; yields its bytes, or a status. */
export function readLink(path: PathLike, into: Path, directory?: File): ReadLink {
	return new ReadLink().start(path, into, directory);
}
