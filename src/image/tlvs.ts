/**
 * The trailers behind a program: entries of type (16 bits), length (16 bits) and value, behind an info of magic and total length, its own
 * four bytes included. The protected one is covered by the hash; hash, key and signature stand in the other, each once. Entries of
 * types that are not known here are passed over.
 *
 * An image is hostile until its signature has been checked: every length is compared with what is left before it is used, and the whole
 * is bounded, so that a task that reads it has a bounded turn.
 */
import { flashRead } from "#hal";
import {
	HASH_BYTES,
	IMAGE_FLASH_READ_FAILED,
	IMAGE_HASH_NOT_FOUND,
	IMAGE_INVALID_TLV,
	IMAGE_INVALID_TLV_SIZE,
	IMAGE_MULTIPLE_HASHES,
	IMAGE_NO_TLVS,
	IMAGE_OK,
} from "../smp/image-store.ts";
import { u16 } from "./bytes.ts";
import type { ImageHeader } from "./header.ts";

const INFO_BYTES = 4;
const ENTRY_BYTES = 4;
const INFO_MAGIC = 0x6907;
const PROTECTED_MAGIC = 0x6908;
/** More than any signature of today's takes. */
export const TLVS_MAX = 1024;

/** SHA-256 of the public key that it is signed with, as an X.509 key. */
const KEY_HASH = 0x01;
/** SHA-256 of what `ImageHeader.hashedBytes` counts. */
const SHA256 = 0x10;
const ED25519 = 0x24;
const SIGNATURE_BYTES = 64;

/** Where the entries of an image are; made at start-up, filled by `scan`. 0: there is none. */
export class Tlvs {
	/** Places of values in the area. */
	hashAt = 0;
	keyHashAt = 0;
	signatureAt = 0;
	/** Where the image ends, likewise. */
	end = 0;
	private readonly info = new Uint8Array(INFO_BYTES);

	/**
	 * Looks through the trailers of an image that begins at `base` of an area; `limit`: how long it may be. IMAGE_OK when it has a hash and at most one
	 * signature; IMAGE_NO_TLVS, IMAGE_INVALID_TLV, IMAGE_INVALID_TLV_SIZE, IMAGE_MULTIPLE_HASHES, IMAGE_HASH_NOT_FOUND,
	 * IMAGE_FLASH_READ_FAILED. Task context; up to 256 reads.
	 */
	scan(area: number, base: number, header: ImageHeader, limit: number): number {
		this.hashAt = 0;
		this.keyHashAt = 0;
		this.signatureAt = 0;
		this.end = base + header.programEnd;
		if (header.protectedBytes !== 0) {
			const status = this.walk(area, PROTECTED_MAGIC, base + limit);
			if (status !== IMAGE_OK) return status;
			if (this.end !== base + header.hashedBytes) return IMAGE_INVALID_TLV;
		}
		const status = this.walk(area, INFO_MAGIC, base + limit);
		if (status !== IMAGE_OK) return status;
		return this.hashAt === 0 ? IMAGE_HASH_NOT_FOUND : IMAGE_OK;
	}

	/** One trailer, from `end`; `end` is behind it then. */
	private walk(area: number, magic: number, limit: number): number {
		let at = this.end;
		if (at + INFO_BYTES > limit) return IMAGE_NO_TLVS;
		if (flashRead(area, at, this.info, 0, INFO_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
		if (u16(this.info, 0) !== magic) return IMAGE_NO_TLVS;
		const total = u16(this.info, 2);
		if (total < INFO_BYTES || total > TLVS_MAX || at + total > limit) return IMAGE_INVALID_TLV_SIZE;
		this.end = at + total;
		at += INFO_BYTES;
		while (at < this.end) {
			if (at + ENTRY_BYTES > this.end) return IMAGE_INVALID_TLV_SIZE;
			if (flashRead(area, at, this.info, 0, ENTRY_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
			at += ENTRY_BYTES;
			const bytes = u16(this.info, 2);
			if (at + bytes > this.end) return IMAGE_INVALID_TLV_SIZE;
			const status = magic === INFO_MAGIC ? this.note(u16(this.info, 0), at, bytes) : IMAGE_OK;
			if (status !== IMAGE_OK) return status;
			at += bytes;
		}
		return IMAGE_OK;
	}

	private note(type: number, at: number, bytes: number): number {
		switch (type) {
			case SHA256:
				if (bytes !== HASH_BYTES) return IMAGE_INVALID_TLV_SIZE;
				if (this.hashAt !== 0) return IMAGE_MULTIPLE_HASHES;
				this.hashAt = at;
				return IMAGE_OK;
			case KEY_HASH:
				if (bytes !== HASH_BYTES) return IMAGE_INVALID_TLV_SIZE;
				if (this.keyHashAt !== 0) return IMAGE_INVALID_TLV;
				this.keyHashAt = at;
				return IMAGE_OK;
			case ED25519:
				if (bytes !== SIGNATURE_BYTES) return IMAGE_INVALID_TLV_SIZE;
				if (this.signatureAt !== 0) return IMAGE_INVALID_TLV;
				this.signatureAt = at;
				return IMAGE_OK;
			default:
				return IMAGE_OK;
		}
	}
}
