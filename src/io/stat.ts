/** What the file system says of a file. */
import { ioStat, ioStatField, ioTake } from "#hal";
import { directoryHandle, type File } from "./file.ts";
import { Operation } from "./operation.ts";
import type { PathLike } from "./path.ts";

const AT_EMPTY_PATH = 0x1000;
const AT_SYMLINK_NOFOLLOW = 0x100;
const KIND = 0o170000;
const FILE = 0o100000;
const DIRECTORY = 0o040000;
const LINK = 0o120000;

/** Filled by a wait, good until the same place waits again. */
export class Stat {
	/** READY, or why there is nothing here. */
	status = 0;
	size = 0;
	/** Kind and permissions, as Linux has them in one word. */
	mode = 0;
	uid = 0;
	gid = 0;
	links = 0;
	inode = 0;
	/** What it takes on the device. */
	allocatedBytes = 0;
	blockSize = 0;
	/** Milliseconds since 1970. */
	modifiedMs = 0;
	accessedMs = 0;
	changedMs = 0;
	createdMs = 0;

	/** A regular file. */
	get isFile(): boolean {
		return (this.mode & KIND) === FILE;
	}

	/** A directory. */
	get isDirectory(): boolean {
		return (this.mode & KIND) === DIRECTORY;
	}

	/** A symbolic link (asked for with `follow` false). */
	get isLink(): boolean {
		return (this.mode & KIND) === LINK;
	}
}

/**
 * The wait for what the file system says.
 * @yieldsOwn
 */
export class StatWait extends Operation<Stat> {
	readonly stat = new Stat();

	constructor() {
		super(true);
	}

	/** Begins, as `stat`. */
	start(directory: File | undefined, path: PathLike, follow: boolean): this {
		ioStat(this.begin(), directoryHandle(directory), path, follow ? 0 : AT_SYMLINK_NOFOLLOW);
		return this;
	}

	/** Begins, as `statFile`. */
	startOf(file: File): this {
		ioStat(this.begin(), file.handle, "", AT_EMPTY_PATH);
		return this;
	}

	take(): Stat {
		const { operation, stat } = this;
		const result = ioTake(operation);
		stat.status = result;
		if (result < 0) return stat;
		stat.size = ioStatField(operation, 0);
		stat.mode = ioStatField(operation, 1);
		stat.uid = ioStatField(operation, 2);
		stat.gid = ioStatField(operation, 3);
		stat.links = ioStatField(operation, 4);
		stat.inode = ioStatField(operation, 5);
		stat.allocatedBytes = ioStatField(operation, 6);
		stat.blockSize = ioStatField(operation, 7);
		stat.modifiedMs = ioStatField(operation, 8);
		stat.accessedMs = ioStatField(operation, 9);
		stat.changedMs = ioStatField(operation, 10);
		stat.createdMs = ioStatField(operation, 11);
		return stat;
	}
}

/** Of a path. `follow` false: of a symbolic link itself. */
export function stat(path: PathLike, follow = true, directory?: File): StatWait {
	return new StatWait().start(directory, path, follow);
}

/** Of an open file; not of one in the ring's own table (EBADF). */
export function statFile(file: File): StatWait {
	return new StatWait().startOf(file);
}
