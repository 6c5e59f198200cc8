/**
 * The file group (8) on Linux: download, upload, length and CRC-32 of files below one directory. The kernel keeps paths in it
 * (openat2: RESOLVE_BENEATH, no symbolic links), whatever they say; what is no regular file is refused. A slash at the beginning is the root.
 *
 * Each command opens the file, does its part and closes it: between two commands nothing is held.
 *
 * ```
 *   [ROOT] --> OPEN --> SIZE --> MOVE (again and again, for a sum) --> CLOSE --> the reply
 *                |        |        |                                     ^
 *              error      +--------+------------- error -----------------+
 * ```
 *
 * Task context; nothing allocates after the constructor.
 */
import { ioStat, ioStatField, ioTake } from "#hal";
import { EACCES, EISDIR, ELOOP, ENOENT, ENOTDIR, EROFS, EXDEV } from "../../io/errors.ts";
import { File, FileClose, FileReadAll, FileWriteAll, OpenFile } from "../../io/file.ts";
import {
	O_CREAT,
	O_DIRECTORY,
	O_NONBLOCK,
	O_PATH,
	O_RDONLY,
	O_TRUNC,
	O_WRONLY,
	RESOLVE_BENEATH,
	RESOLVE_NO_SYMLINKS,
} from "../../io/open-flags.ts";
import { Operation } from "../../io/operation.ts";
import { Path } from "../../io/path.ts";
import {
	groupError,
	SMP_ACCESS_DENIED,
	SMP_INVALID,
	SMP_NO_ENTRY,
	SMP_NOT_SUPPORTED,
	SMP_OK,
	SMP_UNKNOWN,
	SMP_WAIT,
} from "../errors.ts";
import { type Command, SmpGroup } from "../group.ts";

const TRANSFER = 0;
const STATUS = 1;
const SUM = 2;
const SUMS = 3;
const CLOSE_ALL = 4;

const INVALID_NAME = 2;
const NOT_FOUND = 3;
const IS_DIRECTORY = 4;
const OPEN_FAILED = 5;
const READ_FAILED = 7;
const WRITE_FAILED = 10;
const OFFSET_NOT_VALID = 11;
const OFFSET_TOO_LARGE = 12;
const SUM_NOT_FOUND = 13;
const NO_ROOT = 14;
const READ_ONLY = 15;
const EMPTY = 16;

const IN_ROOT = 0;
const IN_OPEN = 1;
const IN_SIZE = 2;
const IN_MOVE = 3;
const IN_CLOSE = 4;
const IN_LEFT_OPEN = 5;

/** What a reply has besides the bytes of a file. */
const REPLY_OVERHEAD = 48;
const SLASH = 47;
const NAME_MAX = 1024;
const FILE_MODE = 0o666;
const KIND = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const AT_EMPTY_PATH = 0x1000;

/** CRC-32 of four bits: the polynomial of Ethernet, reflected. */
const CRC_NIBBLES = [
	0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320,
	0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
];

/** A CRC-32 under way, of so many bytes more. */
function crc32(crc: number, bytes: Uint8Array, from: number, to: number): number {
	let sum = crc;
	for (let i = from; i < to; i++) {
		sum ^= bytes[i];
		sum = (sum >>> 4) ^ CRC_NIBBLES[sum & 15];
		sum = (sum >>> 4) ^ CRC_NIBBLES[sum & 15];
	}
	return sum;
}

/** The wait for a regular file's length. */
class FileSize extends Operation {
	constructor() {
		super(true);
	}

	start(file: File): this {
		ioStat(this.begin(), file.handle, "", AT_EMPTY_PATH);
		return this;
	}

	take(): number {
		const result = ioTake(this.operation);
		if (result < 0) return result;
		const kind = ioStatField(this.operation, 1) & KIND;
		if (kind !== REGULAR) return kind === DIRECTORY ? EISDIR : EACCES;
		return ioStatField(this.operation, 0);
	}
}

/** What went wrong at opening. */
function openError(status: number): number {
	switch (status) {
		case ENOENT:
		case ENOTDIR:
			return groupError(NOT_FOUND);
		case EISDIR:
			return groupError(IS_DIRECTORY);
		case EXDEV:
		case ELOOP:
			return groupError(INVALID_NAME);
		case EROFS:
			return groupError(READ_ONLY);
		case EACCES:
			return SMP_ACCESS_DENIED;
		default:
			return groupError(OPEN_FAILED);
	}
}

/** The file group. Made at start-up, for a server whose memory is the kernel's (`udpServer`). */
export class FileGroup extends SmpGroup {
	readonly id = 8;
	private readonly rootPath: string;
	private readonly root = new File();
	private readonly file = new File();
	private readonly path = new Path("", NAME_MAX);
	private readonly opening = new OpenFile();
	private readonly sizing = new FileSize();
	private readonly reading = new FileReadAll();
	private readonly writing = new FileWriteAll();
	private readonly closing = new FileClose();
	private step = IN_ROOT;
	/** Where in the file, how many bytes are left of a sum, the sum, and what the command ends with once the file is closed. */
	private at = 0;
	private left = 0;
	private sum = 0;
	private outcome = SMP_OK;

	/** INIT. `root`: the directory that clients see. */
	constructor(root: string) {
		super();
		this.rootPath = root;
	}

	handle(command: Command): number {
		const { id, writes, request } = command;
		if (id === CLOSE_ALL) return writes ? SMP_OK : SMP_NOT_SUPPORTED;
		if (id === SUMS && !writes) return sums(command);
		if (id !== TRANSFER && (writes || (id !== STATUS && id !== SUM))) return SMP_NOT_SUPPORTED;
		if (id === SUM && request.find("type") && !(request.text() && request.is("crc32")))
			return groupError(SUM_NOT_FOUND);
		this.at = request.find("off") ? request.unsigned() : id === TRANSFER ? -1 : 0;
		this.left = request.find("len") && id === SUM ? request.unsigned() : Number.MAX_SAFE_INTEGER;
		if (this.at < 0 || this.left < 0) return SMP_INVALID;
		if (!this.named(command)) return groupError(INVALID_NAME);
		this.sum = -1;
		// A server that was cancelled in the middle of a command has left it open.
		if (this.file.isOpen) return this.wait(command, this.closing.start(this.file), IN_LEFT_OPEN);
		return this.begin(command);
	}

	private begin(command: Command): number {
		if (this.root.isOpen) return this.open(command);
		return this.wait(command, this.opening.start(this.root, this.rootPath, O_PATH | O_DIRECTORY), IN_ROOT);
	}

	private wait(command: Command, wait: Command["wait"], step: number): number {
		command.wait = wait;
		this.step = step;
		return SMP_WAIT;
	}

	override resume(command: Command, status: number): number {
		switch (this.step) {
			case IN_LEFT_OPEN:
				return this.begin(command);
			case IN_ROOT:
				return status < 0 ? groupError(NO_ROOT) : this.open(command);
			case IN_OPEN:
				if (status < 0) return openError(status);
				return this.wait(command, this.sizing.start(this.file), IN_SIZE);
			case IN_SIZE:
				return status < 0 ? this.close(command, openError(status)) : this.sized(command, status);
			case IN_MOVE:
				return this.moved(command, status);
			default:
				return this.outcome;
		}
	}

	override inVersion1(code: number): number {
		if (code === NOT_FOUND || code === NO_ROOT) return SMP_NO_ENTRY;
		if (code === READ_ONLY) return SMP_ACCESS_DENIED;
		return code === INVALID_NAME || code === OFFSET_NOT_VALID || code === OFFSET_TOO_LARGE ? SMP_INVALID : SMP_UNKNOWN;
	}

	private named({ request }: Command): boolean {
		if (!request.find("name") || !request.text()) return false;
		let { start } = request;
		while (start < request.end && request.bytes[start] === SLASH) start++;
		for (let at = start; at < request.end; at++) if (request.bytes[at] === 0) return false;
		this.path.cut(0);
		return start < request.end && this.path.joinBytes(request.bytes, start, request.end - start) === 0;
	}

	private open(command: Command): number {
		const { writes } = command;
		const flags = !writes ? O_RDONLY : this.at > 0 ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC;
		const opening = this.opening.start(
			this.file,
			this.path,
			flags | O_NONBLOCK,
			writes && this.at === 0 ? FILE_MODE : 0,
			RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
			this.root,
		);
		return this.wait(command, opening, IN_OPEN);
	}

	/** The file is open, and so long. */
	private sized(command: Command, size: number): number {
		const { id, reply, request, writes } = command;
		const { at } = this;
		if (id === STATUS) {
			reply.text("len");
			reply.integer(size);
			return this.close(command, SMP_OK);
		}
		if (writes) {
			if (at !== size) return this.close(command, groupError(OFFSET_NOT_VALID));
			if (!request.find("data") || !request.byteString()) return this.close(command, SMP_INVALID);
			if (request.start === request.end) return this.moved(command, 0);
			const length = request.end - request.start;
			return this.wait(command, this.writing.start(this.file, request.bytes, request.start, length, at), IN_MOVE);
		}
		if (at > size) return this.close(command, groupError(OFFSET_TOO_LARGE));
		this.left = Math.min(this.left, size - at);
		if (id === SUM) return size === 0 ? this.close(command, groupError(EMPTY)) : this.summed(command, this.left);
		reply.text("off");
		reply.integer(at);
		if (at === 0) {
			reply.text("len");
			reply.integer(size);
		}
		reply.text("data");
		const count = Math.min(this.left, reply.room - REPLY_OVERHEAD);
		if (!reply.beginBytes(count)) return this.close(command, SMP_OK);
		if (count === 0) return this.moved(command, 0);
		return this.wait(command, this.reading.start(this.file, reply.bytes, reply.at, count, at), IN_MOVE);
	}

	private moved(command: Command, status: number): number {
		const { id, reply, writes } = command;
		if (status < 0) return this.close(command, groupError(writes ? WRITE_FAILED : READ_FAILED));
		if (writes) {
			reply.text("off");
			reply.integer(this.at + status);
		} else if (id === TRANSFER) reply.endBytes(status);
		else {
			this.sum = crc32(this.sum, reply.bytes, reply.at, reply.at + status);
			this.at += status;
			this.left -= status;
			// It has become shorter meanwhile: what is there is summed.
			return this.summed(command, status === 0 ? 0 : this.left);
		}
		return this.close(command, SMP_OK);
	}

	/** Goes on with a sum of so many bytes more. The reply's memory is there for them: nothing is in it yet. */
	private summed(command: Command, left: number): number {
		const { request, reply } = command;
		if (left > 0) {
			const count = Math.min(left, reply.room);
			return this.wait(command, this.reading.start(this.file, reply.bytes, reply.at, count, this.at), IN_MOVE);
		}
		const from = request.find("off") ? request.unsigned() : 0;
		reply.text("type");
		reply.text("crc32");
		if (from > 0) {
			reply.text("off");
			reply.integer(from);
		}
		reply.text("len");
		reply.integer(this.at - from);
		reply.text("output");
		reply.integer((this.sum ^ -1) >>> 0);
		return this.close(command, SMP_OK);
	}

	private close(command: Command, outcome: number): number {
		this.outcome = outcome;
		return this.wait(command, this.closing.start(this.file), IN_CLOSE);
	}
}

function sums({ reply }: Command): number {
	reply.text("types");
	reply.map();
	reply.text("crc32");
	reply.map();
	reply.text("format");
	reply.integer(0);
	reply.text("size");
	reply.integer(4);
	reply.close();
	reply.close();
	return SMP_OK;
}
