/**
 * Whether what lies in an area is an image that one of our keys has signed: header, trailers, hash, signature, in this order, a piece at
 * a time, so that the other tasks have their turns: 4 KB of hashing each, and one turn for the signature.
 *
 * Of the hash that stands in the image only that it is the computed one is used; the signature is checked against the computed one.
 */
import { digestBytes, digestFlash, digestNew, digestStart, digestTake, flashRead, signatureCheck } from "#hal";
import {
	HASH_BYTES,
	IMAGE_FLASH_READ_FAILED,
	IMAGE_INVALID_HASH,
	IMAGE_INVALID_TLV,
	IMAGE_OK,
} from "../smp/image-store.ts";
import { sameBytes } from "./bytes.ts";
import { HEADER_BYTES, ImageHeader } from "./header.ts";
import { Keys } from "./keys.ts";
import { Tlvs } from "./tlvs.ts";

/** What `step` returns when it is to be called again. */
export const MORE = -1;
/** Bytes that are hashed in a turn. */
const PIECE = 4096;
const SIGNATURE_BYTES = 64;

/** Verifies one image at a time; made at start-up. Task context. */
export class Verifier {
	/** Of the image that was verified last. */
	readonly header = new ImageHeader();
	readonly hash = new Uint8Array(HASH_BYTES);
	private readonly tlvs = new Tlvs();
	private readonly digest = digestNew();
	private readonly keys: Keys;
	private readonly claimed = new Uint8Array(HASH_BYTES);
	private readonly signature = new Uint8Array(SIGNATURE_BYTES);
	private area = 0;
	private base = 0;
	private hashed = 0;

	/** INIT. Throws RangeError for bad keys. */
	constructor(keys: readonly string[]) {
		this.keys = new Keys(keys, this.digest);
	}

	/**
	 * Begins with the first 32 bytes of the image, which need not be in the area yet; it begins at `base` there and is at most `limit` long. IMAGE_OK
	 * when `step` is to go on, else what is wrong with header or trailers.
	 */
	start(area: number, base: number, first: Uint8Array, limit: number): number {
		const { header, tlvs } = this;
		const status = header.read(first, limit);
		if (status !== IMAGE_OK) return status;
		const trailers = tlvs.scan(area, base, header, limit);
		if (trailers !== IMAGE_OK) return trailers;
		this.area = area;
		this.base = base;
		this.hashed = HEADER_BYTES;
		digestStart(this.digest);
		digestBytes(this.digest, first, 0, HEADER_BYTES);
		return IMAGE_OK;
	}

	/** A turn's work: MORE, IMAGE_OK, IMAGE_INVALID_HASH, IMAGE_INVALID_TLV when it is not signed by one of our keys, IMAGE_FLASH_READ_FAILED. */
	step(): number {
		const { header, digest } = this;
		if (this.hashed < header.hashedBytes) {
			const to = Math.min(this.hashed + PIECE, header.hashedBytes);
			const status = digestFlash(digest, this.area, this.base + this.hashed, this.base + to);
			this.hashed = to;
			return status === 0 ? MORE : IMAGE_FLASH_READ_FAILED;
		}
		digestTake(digest, this.hash);
		return this.check();
	}

	private check(): number {
		const { tlvs, claimed } = this;
		if (flashRead(this.area, tlvs.hashAt, claimed, 0, HASH_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
		if (!sameBytes(claimed, this.hash, HASH_BYTES)) return IMAGE_INVALID_HASH;
		if (tlvs.keyHashAt === 0 || tlvs.signatureAt === 0) return IMAGE_INVALID_TLV;
		if (flashRead(this.area, tlvs.keyHashAt, claimed, 0, HASH_BYTES) !== 0) return IMAGE_FLASH_READ_FAILED;
		const key = this.keys.find(claimed);
		if (key === undefined) return IMAGE_INVALID_TLV;
		if (flashRead(this.area, tlvs.signatureAt, this.signature, 0, SIGNATURE_BYTES) !== 0)
			return IMAGE_FLASH_READ_FAILED;
		return signatureCheck(this.signature, key, this.hash) ? IMAGE_OK : IMAGE_INVALID_TLV;
	}
}
