/**
 * Where images lie: the seam between the server's image group and what keeps images (flash, a file, RAM). A store knows the image's
 * format, its hashes and signatures, and what the boot loader reads; the server knows none of it, and passes on what a store says.
 *
 * There are two slots: 0 is what runs, 1 is where an upload goes. What may take time returns a wait that the store has made at start-up
 * and starts again for each call: one call is under way at a time, the server's, and its outcome is awaited before the next. The wait may
 * be given up (`drop`) when the server's task ends. Nothing here allocates after start-up.
 *
 * Statuses are the image group's own error codes, so that a store says exactly what a client reads: 0 is success.
 */
import type { TaskId } from "#hal";
import { Leaf } from "../leaf.ts";
import { type Poll, READY } from "../status.ts";

/** Success. */
export const IMAGE_OK = 0;
/** What no other code says. */
export const IMAGE_UNKNOWN = 1;
/** The slot holds no image. */
export const IMAGE_NO_IMAGE = 3;
/** The image has no trailer of hashes and signatures. */
export const IMAGE_NO_TLVS = 4;
/** Its trailer is not what the format says; also: the signature is missing or wrong. */
export const IMAGE_INVALID_TLV = 5;
/** It has several hashes. */
export const IMAGE_MULTIPLE_HASHES = 6;
/** An entry of the trailer has the wrong length. */
export const IMAGE_INVALID_TLV_SIZE = 7;
/** No image has that hash, or the image has none. */
export const IMAGE_HASH_NOT_FOUND = 8;
/** The slot is in use: what it holds is pending, or confirmed, or runs. */
export const IMAGE_NO_FREE_SLOT = 9;
/** The flash cannot be had. */
export const IMAGE_FLASH_OPEN_FAILED = 10;
/** Reading it has failed. */
export const IMAGE_FLASH_READ_FAILED = 11;
/** Writing it has failed. */
export const IMAGE_FLASH_WRITE_FAILED = 12;
/** Erasing it has failed. */
export const IMAGE_FLASH_ERASE_FAILED = 13;
/** There is no such slot. */
export const IMAGE_INVALID_SLOT = 14;
/** The bytes do not belong where they are to go. */
export const IMAGE_INVALID_OFFSET = 20;
/** The upload's length is missing, or it ended too early. */
export const IMAGE_INVALID_LENGTH = 21;
/** The image is shorter than its header, or that makes no sense. */
export const IMAGE_INVALID_HEADER = 22;
/** The header is none of an image. */
export const IMAGE_INVALID_HEADER_MAGIC = 23;
/** The hash does not belong to the image's bytes, or is no hash. */
export const IMAGE_INVALID_HASH = 24;
/** The version would go back. */
export const IMAGE_CURRENT_VERSION_IS_NEWER = 27;
/** An image is pending already. */
export const IMAGE_ALREADY_PENDING = 28;
/** It does not fit into the slot. */
export const IMAGE_TOO_LARGE = 30;
/** More bytes than the upload said. */
export const IMAGE_DATA_OVERRUN = 31;
/** The program does not want it confirmed. */
export const IMAGE_CONFIRMATION_DENIED = 32;
/** What runs cannot be marked for test. */
export const IMAGE_TEST_TO_ACTIVE_DENIED = 33;

/** Bytes of a hash: SHA-256. */
export const HASH_BYTES = 32;

/** What is known of a slot; made at start-up and filled by `state`. */
export class SlotState {
	major = 0;
	minor = 0;
	revision = 0;
	build = 0;
	/** SHA-256 as it stands in the image. */
	readonly hash = new Uint8Array(HASH_BYTES);
	/** It can be started. */
	bootable = false;
	/** It runs at the next start, once. */
	pending = false;
	/** It is what is gone back to. */
	confirmed = false;
	/** It runs. */
	active = false;
	/** With `pending`: not only once. */
	permanent = false;
}

/** Where images lie. Called by the server's task alone, one call after the other. */
export interface ImageStore {
	/** How many slots: numbers from 0. */
	readonly slots: number;
	/** Fills `into`; IMAGE_OK or IMAGE_NO_IMAGE. Does not wait: a store keeps what it needs for this. */
	state(slot: number, into: SlotState): number;

	/** Bytes of the upload under way that are there: the next write's `at`. 0 without an upload. */
	readonly offset: number;
	/** Bytes that the upload under way will have; 0: none is. */
	readonly size: number;
	/**
	 * An upload of `size` bytes. `sha` names it: its first `shaLength` bytes, 0 to 32, are chosen by the client. When an upload of that size
	 * and name is under way already, that goes on (`offset` stays); else the slot is made ready and `offset` is 0. `upgradeOnly`: the
	 * client wants a version that is not newer refused, whatever the store allows; that can be said as late as by `finish`.
	 */
	begin(size: number, sha: Uint8Array, shaLength: number, upgradeOnly: boolean): Leaf<number>;
	/** Writes `bytes` from `start` to `end` (not included) at `at`, which is `offset`; after IMAGE_OK `offset` is as much further. `end - start` may be any number. */
	write(bytes: Uint8Array, start: number, end: number, at: number): Leaf<number>;
	/** All bytes are there: verifies hash, signature and version. After IMAGE_OK the image may be marked; else the slot is not bootable. */
	finish(): Leaf<number>;

	/** Marks the image with this hash: it runs at the next start, and once. */
	setTest(hash: Uint8Array): Leaf<number>;
	/** Marks the image with this hash for good; undefined: what runs. */
	confirm(hash: Uint8Array | undefined): Leaf<number>;
	/** Erases a slot; IMAGE_NO_FREE_SLOT when it runs, is pending or confirmed. An upload under way there ends. */
	erase(slot: number): Leaf<number>;
}

/** Who may give commands that change something. */
export interface Access {
	/** Asked before each such command. */
	unlocked(): boolean;
}

/** A wait that is over when it begins: for stores that do everything at once. Made at start-up. */
export class Settled extends Leaf<number> {
	private status = 0;

	/** Begins it with its outcome; returns itself, to be awaited. */
	start(status: number): this {
		this.status = status;
		return this;
	}

	poll(_waker: TaskId): Poll {
		return READY;
	}

	take(): number {
		return this.status;
	}

	drop(): void {}
}
