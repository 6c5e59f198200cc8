/**
 * The image group (1): what is in the slots, marking, upload, erasing. Where images lie, and what makes one good, is the store's business
 * (image-store.ts), and its statuses are what a client reads.
 *
 * ```
 *                upload, off 0                              all bytes are there
 *   NOTHING ----------------------> BEGUN --- write ... ---------------------------> VERIFIED --- the reply
 *                 begin                                          finish
 * ```
 *
 * An upload goes on where it stood: one that begins with the size and the name of that under way is told the offset, and so is one that
 * brings bytes for another place. Once it has ended its last piece is answered as before, should it come again, and after a failure each
 * piece with its error, until one begins anew. Task context; nothing allocates.
 */
import {
	GROUP_ERROR,
	groupError,
	SMP_BAD_STATE,
	SMP_INVALID,
	SMP_NO_ENTRY,
	SMP_NO_MEMORY,
	SMP_NOT_SUPPORTED,
	SMP_OK,
	SMP_UNKNOWN,
	SMP_WAIT,
} from "./errors.ts";
import { type Command, SmpGroup } from "./group.ts";
import {
	HASH_BYTES,
	IMAGE_ALREADY_PENDING,
	IMAGE_CONFIRMATION_DENIED,
	IMAGE_CURRENT_VERSION_IS_NEWER,
	IMAGE_DATA_OVERRUN,
	IMAGE_INVALID_HASH,
	IMAGE_INVALID_HEADER,
	IMAGE_INVALID_HEADER_MAGIC,
	IMAGE_INVALID_LENGTH,
	IMAGE_INVALID_OFFSET,
	IMAGE_INVALID_SLOT,
	IMAGE_NO_FREE_SLOT,
	IMAGE_NO_IMAGE,
	IMAGE_NO_TLVS,
	IMAGE_OK,
	IMAGE_TEST_TO_ACTIVE_DENIED,
	IMAGE_TOO_LARGE,
	type ImageStore,
	SlotState,
} from "./image-store.ts";

const STATE = 0;
const UPLOAD = 1;
const ERASE = 5;

/** What the group waits for. */
const NOTHING = 0;
const MARKED = 1;
const ERASED = 2;
const BEGUN = 3;
const WRITTEN = 4;
const FINISHED = 5;

const SLOT_OF_UPLOADS = 1;
const NO_MEMORY = 15;

/** The image group. Made at start-up. */
export class ImageGroup extends SmpGroup {
	readonly id = 1;
	private readonly store: ImageStore;
	private readonly slot = new SlotState();
	/** A hash or name as a client has sent it. */
	private readonly hash = new Uint8Array(HASH_BYTES);
	private waits = NOTHING;
	/** How long the last upload was to be, and what it has ended with; SMP_WAIT: it has not, or what it has brought is erased. */
	private length = 0;
	private ended = SMP_WAIT;

	/** INIT */
	constructor(store: ImageStore) {
		super();
		this.store = store;
	}

	handle(command: Command): number {
		const { id, writes } = command;
		if (id === STATE) return writes ? this.mark(command) : this.states(command);
		if (id === UPLOAD && writes) return this.uploading(this.upload(command));
		return id === ERASE && writes ? this.erase(command) : SMP_NOT_SUPPORTED;
	}

	override resume(command: Command, status: number): number {
		const { waits } = this;
		this.waits = NOTHING;
		const outcome = this.goOn(command, waits, status);
		return waits >= BEGUN ? this.uploading(outcome) : outcome;
	}

	/** Notes the error that an upload has ended with. */
	private uploading(outcome: number): number {
		if (outcome > SMP_OK) this.ended = outcome;
		return outcome;
	}

	private goOn(command: Command, waits: number, status: number): number {
		const { store } = this;
		if (status !== IMAGE_OK) return imageError(status);
		if (waits === MARKED) return this.states(command);
		if (waits === BEGUN) return this.write(command, 0);
		if (waits === WRITTEN && store.size > 0 && store.offset === store.size)
			return this.await(command, store.finish(), FINISHED);
		if (waits === WRITTEN) return offset(command, store.offset);
		if (waits !== FINISHED) return SMP_OK;
		this.ended = SMP_OK;
		return offset(command, this.length);
	}

	/**
	 * An upload that has failed: its whole length as `off`. mcumgr goes by `off` alone, until it is the length, and shows `rc` then; without it
	 * there is no end to what it sends.
	 */
	override beside(command: Command): void {
		const { request } = command;
		if (command.id !== UPLOAD || !command.writes) return;
		// One that was refused before it came here has its length in the request.
		if (request.find("len")) this.length = Math.max(0, request.unsigned());
		if (this.length > 0) offset(command, this.length);
	}

	override inVersion1(code: number): number {
		switch (code) {
			case IMAGE_NO_IMAGE:
			case IMAGE_NO_TLVS:
				return SMP_NO_ENTRY;
			case IMAGE_NO_FREE_SLOT:
			case IMAGE_CURRENT_VERSION_IS_NEWER:
			case IMAGE_ALREADY_PENDING:
			case IMAGE_CONFIRMATION_DENIED:
			case IMAGE_TEST_TO_ACTIVE_DENIED:
				return SMP_BAD_STATE;
			case NO_MEMORY:
				return SMP_NO_MEMORY;
			case IMAGE_INVALID_SLOT:
			case IMAGE_INVALID_OFFSET:
			case IMAGE_INVALID_LENGTH:
			case IMAGE_INVALID_HEADER:
			case IMAGE_INVALID_HEADER_MAGIC:
			case IMAGE_INVALID_HASH:
			case IMAGE_TOO_LARGE:
			case IMAGE_DATA_OVERRUN:
				return SMP_INVALID;
			default:
				return SMP_UNKNOWN;
		}
	}

	private await(command: Command, wait: Command["wait"], what: number): number {
		command.wait = wait;
		this.waits = what;
		return SMP_WAIT;
	}

	private states({ reply }: Command): number {
		const { store, slot } = this;
		reply.text("images");
		reply.array();
		for (let number = 0; number < store.slots; number++) {
			if (store.state(number, slot) !== IMAGE_OK) continue;
			reply.map();
			reply.text("slot");
			reply.integer(number);
			reply.text("version");
			reply.beginText();
			reply.digits(slot.major);
			reply.part(".");
			reply.digits(slot.minor);
			reply.part(".");
			reply.digits(slot.revision);
			if (slot.build !== 0) {
				reply.part(".");
				reply.digits(slot.build);
			}
			reply.endText();
			reply.text("hash");
			reply.byteString(slot.hash, 0, HASH_BYTES);
			reply.text("bootable");
			reply.truth(slot.bootable);
			reply.text("pending");
			reply.truth(slot.pending);
			reply.text("confirmed");
			reply.truth(slot.confirmed);
			reply.text("active");
			reply.truth(slot.active);
			reply.text("permanent");
			reply.truth(slot.permanent);
			reply.close();
		}
		reply.close();
		return SMP_OK;
	}

	private mark(command: Command): number {
		const { request } = command;
		const { hash, store } = this;
		const confirm = request.find("confirm") ? request.truth() : 0;
		if (confirm < 0) return SMP_INVALID;
		const length = this.readHash(command, "hash");
		if (length < 0 || (length > 0 && length !== HASH_BYTES)) return groupError(IMAGE_INVALID_HASH);
		if (confirm === 1) return this.await(command, store.confirm(length === 0 ? undefined : hash), MARKED);
		if (length === 0) return groupError(IMAGE_INVALID_HASH);
		return this.await(command, store.setTest(hash), MARKED);
	}

	private erase(command: Command): number {
		const { request } = command;
		const slot = request.find("slot") ? request.unsigned() : SLOT_OF_UPLOADS;
		if (slot < 0) return SMP_INVALID;
		if (slot >= this.store.slots) return groupError(IMAGE_INVALID_SLOT);
		this.ended = SMP_WAIT;
		return this.await(command, this.store.erase(slot), ERASED);
	}

	private upload(command: Command): number {
		const { request } = command;
		const { store } = this;
		const at = request.find("off") ? request.unsigned() : -1;
		if (at < 0) return groupError(IMAGE_INVALID_OFFSET);
		if (request.find("data") && !request.byteString()) return SMP_INVALID;
		if (at > 0) {
			if (store.size === 0) return this.late(command, at);
			return at === store.offset ? this.write(command, at) : offset(command, store.offset);
		}
		const image = request.find("image") ? request.unsigned() : 0;
		if (image !== 0) return groupError(IMAGE_INVALID_SLOT);
		const size = request.find("len") ? request.unsigned() : -1;
		if (size <= 0) return groupError(IMAGE_INVALID_LENGTH);
		this.length = size;
		this.ended = SMP_WAIT;
		const length = this.readHash(command, "sha");
		if (length < 0) return groupError(IMAGE_INVALID_HASH);
		const upgrade = request.find("upgrade") ? request.truth() : 0;
		if (upgrade < 0) return SMP_INVALID;
		return this.await(command, store.begin(size, this.hash, length, upgrade === 1), BEGUN);
	}

	/** A piece, while no upload is under way. */
	private late(command: Command, at: number): number {
		const { request } = command;
		if (this.ended > SMP_OK) return this.ended;
		const bytes = request.find("data") && request.byteString() ? request.end - request.start : 0;
		return offset(command, this.ended === SMP_OK && at + bytes === this.length ? this.length : this.store.offset);
	}

	/** The bytes of the request, to `at`; what an upload that goes on has already is not written again. */
	private write(command: Command, at: number): number {
		const { request } = command;
		const { store } = this;
		if (store.offset !== at) return offset(command, store.offset);
		const found = request.find("data") && request.byteString();
		const { start, end } = request;
		if (!found || start === end) return offset(command, at);
		if (at + end - start > store.size) return groupError(IMAGE_DATA_OVERRUN);
		return this.await(command, store.write(request.bytes, start, end, at), WRITTEN);
	}

	/** A byte string of at most 32 bytes, into `hash`: its length; 0: there is none; -1: it is no such thing. */
	private readHash({ request }: Command, key: string): number {
		const { hash } = this;
		if (!request.find(key)) return 0;
		if (!request.byteString()) return -1;
		const length = request.end - request.start;
		if (length > HASH_BYTES) return -1;
		hash.fill(0);
		for (let i = 0; i < length; i++) hash[i] = request.bytes[request.start + i];
		return length;
	}
}

/** What a store says as an outcome; it says errors of the group alone. */
function imageError(status: number): number {
	return status > 0 && status < GROUP_ERROR ? groupError(status) : SMP_UNKNOWN;
}

function offset({ reply }: Command, bytes: number): number {
	reply.text("off");
	reply.integer(bytes);
	return SMP_OK;
}
