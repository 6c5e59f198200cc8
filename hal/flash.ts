/**
 * The part of the seam behind `stator/image`: flash with two areas of one size for firmware images, and what verifies these
 * (native/abi/flash.h, native/abi/digest.h). Boards have it for the chips with a driver, Linux has a file, the simulated machine RAM
 * whose power can be cut. A program that keeps no images has nothing of it.
 *
 * Offsets count within an area: 0 is where what runs lies, 1 what is to run. Statuses are 0 or negative: EINVAL for a place that is not
 * there or no whole unit, EPERM where the running program lies, EIO when the flash did not take it.
 */

/** Bytes of a SHA-256. */
export const DIGEST_BYTES = 32;
/** Of an Ed25519 signature. */
export const SIGNATURE_BYTES = 64;
/** Of an Ed25519 public key. */
export const KEY_BYTES = 32;

/** What a platform with flash exports, by name. */
export interface Flash {
	/**
	 * Before the others. Where flash is a file: its name and the bytes of each area; made, erased, when it is not there. INIT. 0, ENODEV when
	 * there is no flash for images, EINVAL, EIO.
	 */
	flashOpen(file: string, bytes: number): number;
	/** Bytes of each area. */
	flashBytes(): number;
	/** Bytes that are programmed at a time: 1, 2, 4 or 8. */
	flashUnit(): number;
	/** Where the sector begins that holds a place. */
	flashSectorBegin(area: number, at: number): number;
	/** Where it ends. */
	flashSectorEnd(area: number, at: number): number;
	/** Fills `into` from `start` to `end` (not included). */
	flashRead(area: number, at: number, into: Uint8Array, start: number, end: number): number;
	/** Programs whole units, which must be erased. Done when it returns. */
	flashProgram(area: number, at: number, from: Uint8Array, start: number, end: number): number;
	/** Erases the sector that holds a place: all 0xFF. Done when it returns; a chip that runs from this flash may stand still meanwhile. */
	flashErase(area: number, at: number): number;

	/** A SHA-256's number. INIT. Throws RangeError when eight are there, or no memory is. */
	digestNew(): number;
	/** Begins anew. */
	digestStart(digest: number): void;
	/** Adds `bytes` from `start` to `end` (not included). */
	digestBytes(digest: number, bytes: Uint8Array, start: number, end: number): void;
	/** Adds what lies in flash; a status of flashRead. */
	digestFlash(digest: number, area: number, start: number, end: number): number;
	/** The result, into 32 bytes. */
	digestTake(digest: number, into: Uint8Array): void;
	/** Whether the Ed25519 signature (64 bytes) is the key's (32 bytes) for the whole message. */
	signatureCheck(signature: Uint8Array, key: Uint8Array, message: Uint8Array): boolean;
}
