/**
 * Two slots in RAM, for tests of the server: what the image group does is looked at here, not what makes an image good. An image is a header
 * of MCUboot's, a body, and its hash as the last 32 bytes. Nothing is checked but the header's magic, the length and the version.
 */
import {
	HASH_BYTES,
	IMAGE_CURRENT_VERSION_IS_NEWER,
	IMAGE_HASH_NOT_FOUND,
	IMAGE_INVALID_HEADER_MAGIC,
	IMAGE_NO_FREE_SLOT,
	IMAGE_NO_IMAGE,
	IMAGE_OK,
	IMAGE_TOO_LARGE,
	type ImageStore,
	Settled,
	type SlotState,
} from "stator/smp";

const MAGIC = [0x3d, 0xb8, 0xf3, 0x96];
const VERSION_AT = 20;

interface Slot {
	readonly bytes: Uint8Array;
	size: number;
	pending: boolean;
	confirmed: boolean;
}

const slotOf = (bytes: number): Slot => ({ bytes: new Uint8Array(bytes), size: 0, pending: false, confirmed: false });

export class RamStore implements ImageStore {
	readonly slots = 2;
	offset = 0;
	size = 0;
	/** Milliseconds that somebody else's store would take for an operation are none here. */
	private readonly settled = new Settled();
	private readonly all: readonly Slot[];
	private readonly name = new Uint8Array(HASH_BYTES);
	private nameLength = 0;
	private upgradeOnly = false;

	constructor(slotBytes: number) {
		this.all = [slotOf(slotBytes), slotOf(slotBytes)];
		const running = this.all[0];
		for (let i = 0; i < MAGIC.length; i++) running.bytes[i] = MAGIC[i];
		running.bytes[VERSION_AT] = 1;
		running.size = 64;
		running.confirmed = true;
	}

	state(slot: number, into: SlotState): number {
		const from = this.all[slot];
		if (from.size === 0) return IMAGE_NO_IMAGE;
		const { bytes } = from;
		into.major = bytes[VERSION_AT];
		into.minor = bytes[VERSION_AT + 1];
		into.revision = bytes[VERSION_AT + 2] + bytes[VERSION_AT + 3] * 256;
		into.build = bytes[VERSION_AT + 4];
		for (let i = 0; i < HASH_BYTES; i++) into.hash[i] = bytes[from.size - HASH_BYTES + i];
		into.bootable = true;
		into.pending = from.pending;
		into.confirmed = from.confirmed;
		into.active = slot === 0;
		into.permanent = from.pending && from.confirmed;
		return IMAGE_OK;
	}

	begin(size: number, sha: Uint8Array, shaLength: number, upgradeOnly: boolean): Settled {
		const { settled, name } = this;
		const to = this.all[1];
		if (size === this.size && shaLength > 0 && shaLength === this.nameLength && this.isName(sha))
			return settled.start(IMAGE_OK);
		if (size > to.bytes.length) return settled.start(IMAGE_TOO_LARGE);
		if (to.pending) return settled.start(IMAGE_NO_FREE_SLOT);
		for (let i = 0; i < HASH_BYTES; i++) name[i] = sha[i];
		this.nameLength = shaLength;
		this.upgradeOnly = upgradeOnly;
		to.size = 0;
		this.size = size;
		this.offset = 0;
		return settled.start(IMAGE_OK);
	}

	write(bytes: Uint8Array, start: number, end: number, at: number): Settled {
		const to = this.all[1];
		for (let i = start; i < end; i++) to.bytes[at + i - start] = bytes[i];
		this.offset = at + end - start;
		return this.settled.start(IMAGE_OK);
	}

	finish(): Settled {
		const to = this.all[1];
		const { size } = this;
		this.size = 0;
		this.offset = 0;
		for (let i = 0; i < MAGIC.length; i++)
			if (to.bytes[i] !== MAGIC[i]) return this.settled.start(IMAGE_INVALID_HEADER_MAGIC);
		if (this.upgradeOnly && to.bytes[VERSION_AT] <= this.all[0].bytes[VERSION_AT])
			return this.settled.start(IMAGE_CURRENT_VERSION_IS_NEWER);
		to.size = size;
		return this.settled.start(IMAGE_OK);
	}

	setTest(hash: Uint8Array): Settled {
		const slot = this.find(hash);
		if (slot === undefined) return this.settled.start(IMAGE_HASH_NOT_FOUND);
		slot.pending = true;
		return this.settled.start(IMAGE_OK);
	}

	confirm(hash: Uint8Array | undefined): Settled {
		const slot = hash === undefined ? this.all[0] : this.find(hash);
		if (slot === undefined) return this.settled.start(IMAGE_HASH_NOT_FOUND);
		slot.confirmed = true;
		if (slot === this.all[1]) slot.pending = true;
		return this.settled.start(IMAGE_OK);
	}

	erase(slot: number): Settled {
		const from = this.all[slot];
		if (slot === 0 || from.pending) return this.settled.start(IMAGE_NO_FREE_SLOT);
		from.size = 0;
		this.size = 0;
		this.offset = 0;
		return this.settled.start(IMAGE_OK);
	}

	/** The bytes of the image in a slot. */
	content(slot: number): Uint8Array {
		const { bytes, size } = this.all[slot];
		return bytes.subarray(0, size);
	}

	private isName(sha: Uint8Array): boolean {
		for (let i = 0; i < this.nameLength; i++) if (sha[i] !== this.name[i]) return false;
		return true;
	}

	private find(hash: Uint8Array): Slot | undefined {
		for (let slot = 0; slot < 2; slot++) {
			const from = this.all[slot];
			if (from.size === 0) continue;
			let same = 0;
			while (same < HASH_BYTES && from.bytes[from.size - HASH_BYTES + same] === hash[same]) same++;
			if (same === HASH_BYTES) return from;
		}
		return undefined;
	}
}
