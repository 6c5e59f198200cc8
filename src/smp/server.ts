/**
 * The server: takes a request apart, has its group carry it out, and makes the reply. It knows no line: who has one (serial.ts,
 * linux/udp.ts) puts a message into `bytes` from `requestAt` on and sends what stands from `replyAt` on.
 *
 * ```
 *   bytes:  | 2 | request: bufferBytes + 2 | reply: replyBytes |
 *             |                               ^ replyAt
 *             ^ requestAt = 2: before and behind a message the serial line has two bytes of its own
 * ```
 *
 * A request is carried out before the next is taken. Whatever comes in: nothing throws, nothing allocates, and the server answers the
 * next request. Task context.
 */
import type { Leaf } from "../leaf.ts";
import { CborReader } from "./cbor-reader.ts";
import { CborWriter } from "./cbor-writer.ts";
import {
	GROUP_ERROR,
	SMP_ACCESS_DENIED,
	SMP_CORRUPT,
	SMP_INVALID,
	SMP_NOT_SUPPORTED,
	SMP_OK,
	SMP_TOO_LARGE,
	SMP_TOO_NEW,
	SMP_WAIT,
} from "./errors.ts";
import type { Command, SmpGroup } from "./group.ts";
import { type Access, Settled } from "./image-store.ts";

export const HEADER_BYTES = 8;
const READ = 0;
const WRITE = 2;
const OP = 7;
const VERSION_SHIFT = 3;
const VERSION = 3;
const VERSION_1 = 0;
const VERSION_2 = 1;

/** How a server is made. */
export interface SmpServerOptions {
	/** What it can do. */
	groups: readonly SmpGroup[];
	/** Who may give commands that change something; nobody unless told. */
	access?: Access;
	/** Commands that only read need an unlock, too. */
	closedReads?: boolean;
	/** The longest request, with its header; 512 unless told. A client learns it, and makes its uploads as large. */
	bufferBytes?: number;
	/** The longest reply, with its header; 1,024 unless told. */
	replyBytes?: number;
	/** The memory for both: bufferBytes + replyBytes + 4 at least. Made here unless told; for UDP it is an `ioBuffer`. */
	bytes?: Uint8Array;
}

/** How many bytes a server wants for its messages. */
export function smpBytes(bufferBytes = 512, replyBytes = 1024): number {
	return bufferBytes + replyBytes + 4;
}

/** A server. Made at start-up. */
export class SmpServer implements Command {
	readonly bytes: Uint8Array;
	/** Where a message that has come in begins. */
	readonly requestAt = 2;
	/** How long it may be. */
	readonly bufferBytes: number;
	/** Where the reply begins. */
	readonly replyAt: number;
	/** How long the reply is; 0: there is none. */
	replyLength = 0;
	/** Requests that were carried out. */
	requests = 0;
	/** Of these, answered with an error. */
	errors = 0;
	/** What came in and was no request. */
	dropped = 0;

	id = 0;
	writes = false;
	isVersion1 = false;
	readonly request: CborReader;
	readonly reply: CborWriter;
	wait: Leaf<number> = new Settled();
	readonly access: Access | undefined;
	readonly closedReads: boolean;
	restarts = false;

	private readonly groups: readonly SmpGroup[];
	private readonly end: number;
	private group: SmpGroup | undefined = undefined;
	private version = 0;
	/** The request's content is well-formed. */
	private wellFormed = false;

	/** INIT. RangeError for sizes that no message fits in, or memory that is too small. */
	constructor(options: SmpServerOptions) {
		const bufferBytes = options.bufferBytes ?? 512;
		const replyBytes = options.replyBytes ?? 1024;
		const bytes = options.bytes ?? new Uint8Array(smpBytes(bufferBytes, replyBytes));
		if (!(bufferBytes >= 64 && replyBytes >= 64 && bufferBytes <= 65_535 && replyBytes <= 65_535))
			throw new RangeError("SmpServer: bufferBytes and replyBytes are from 64 to 65535");
		if (bytes.length < smpBytes(bufferBytes, replyBytes))
			throw new RangeError("SmpServer: bytes has to have smpBytes(bufferBytes, replyBytes) bytes");
		this.bytes = bytes;
		this.bufferBytes = bufferBytes;
		this.replyAt = bufferBytes + 4;
		this.end = this.replyAt + replyBytes;
		this.request = new CborReader(bytes);
		this.reply = new CborWriter(bytes);
		this.groups = options.groups;
		this.access = options.access;
		this.closedReads = options.closedReads === true;
	}

	/**
	 * Begins to carry out the message of so many bytes at `requestAt`. True: `wait` is to be awaited, and `resume` called with what it
	 * yields, until that gives false. Then `replyLength` says how long the reply is.
	 */
	begin(length: number): boolean {
		const { bytes, requestAt } = this;
		const first = bytes[requestAt];
		const op = first & OP;
		this.replyLength = 0;
		if (length < HEADER_BYTES || length > this.bufferBytes || (op !== READ && op !== WRITE)) {
			this.dropped++;
			return false;
		}
		this.requests++;
		this.version = (first >> VERSION_SHIFT) & VERSION;
		this.isVersion1 = this.version === VERSION_1;
		this.writes = op === WRITE;
		this.id = bytes[requestAt + 7];
		this.group = this.groupOf(bytes[requestAt + 4] * 256 + bytes[requestAt + 5]);
		this.openReply();
		return this.outcome(this.carryOut(length));
	}

	/** Goes on with what `wait` has yielded; as `begin`. */
	resume(status: number): boolean {
		return this.outcome((this.group as SmpGroup).resume(this, status));
	}

	private carryOut(length: number): number {
		const { bytes, requestAt, group } = this;
		this.wellFormed = false;
		if (this.version > VERSION_2) return SMP_TOO_NEW;
		const content = requestAt + HEADER_BYTES;
		const size = bytes[requestAt + 2] * 256 + bytes[requestAt + 3];
		if (size > length - HEADER_BYTES) return SMP_CORRUPT;
		if (group === undefined) return SMP_NOT_SUPPORTED;
		if (!this.request.check(content, content + size)) return SMP_INVALID;
		this.wellFormed = true;
		if (!this.permits(group)) return SMP_ACCESS_DENIED;
		return group.handle(this);
	}

	private permits(group: SmpGroup): boolean {
		if (this.writes ? group.isHarmless(this) : !this.closedReads) return true;
		return this.access?.unlocked() === true;
	}

	private groupOf(id: number): SmpGroup | undefined {
		const { groups } = this;
		for (let i = 0; i < groups.length; i++) if (groups[i].id === id) return groups[i];
		return undefined;
	}

	/** The place of the header is kept free. */
	private openReply(): void {
		this.reply.begin(this.replyAt + HEADER_BYTES, this.end);
		this.reply.map();
	}

	/** True: the command waits. */
	private outcome(status: number): boolean {
		if (status === SMP_WAIT) return true;
		const { reply } = this;
		reply.close();
		let ended = status;
		if (ended === SMP_OK && reply.full) ended = SMP_TOO_LARGE;
		if (ended !== SMP_OK) {
			this.errors++;
			this.restarts = false;
			this.fail(ended);
		}
		this.finish();
		return false;
	}

	private fail(status: number): void {
		const { reply, group } = this;
		this.openReply();
		if (status >= GROUP_ERROR && group !== undefined && this.version === VERSION_2) {
			reply.text("err");
			reply.map();
			reply.text("group");
			reply.integer(group.id);
			reply.text("rc");
			reply.integer(status - GROUP_ERROR);
			reply.close();
		} else {
			reply.text("rc");
			reply.integer(status >= GROUP_ERROR && group !== undefined ? group.inVersion1(status - GROUP_ERROR) : status);
			if (this.isVersion1 && this.wellFormed && group !== undefined) group.beside(this);
		}
		reply.close();
	}

	private finish(): void {
		const { bytes, requestAt, replyAt } = this;
		const size = this.reply.at - replyAt - HEADER_BYTES;
		const version = Math.min(this.version, VERSION_2);
		bytes[replyAt] = (version << VERSION_SHIFT) | (this.writes ? WRITE + 1 : READ + 1);
		bytes[replyAt + 1] = 0;
		bytes[replyAt + 2] = size >> 8;
		bytes[replyAt + 3] = size & 255;
		// Group, sequence number and command are the request's.
		bytes.copyWithin(replyAt + 4, requestAt + 4, requestAt + HEADER_BYTES);
		this.replyLength = HEADER_BYTES + size;
	}
}

/** Carries out the message of so many bytes; yields how long the reply is, 0: there is none. */
export async function answer(server: SmpServer, length: number): Promise<number> {
	let waits = server.begin(length);
	while (waits) waits = server.resume(await server.wait);
	return server.replyLength;
}
