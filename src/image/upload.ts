/**
 * An upload into area 1, piece by piece. Its first 32 bytes, the header, stay in RAM until everything else is there and verified: an
 * upload that ends early, is wrong or loses its power leaves nothing that looks like an image.
 *
 *    idle --begin--> erasing the area's end --> taking bytes: [erasing the sector ahead] --> all there --commit--> idle
 *
 * Sectors are erased as the upload reaches them, one in a turn. Task context.
 */
import { flashBytes, flashErase, flashProgram, flashRead, flashSectorBegin, flashSectorEnd, flashUnit } from "#hal";
import {
	HASH_BYTES,
	IMAGE_FLASH_ERASE_FAILED,
	IMAGE_FLASH_READ_FAILED,
	IMAGE_FLASH_WRITE_FAILED,
	IMAGE_OK,
} from "../smp/image-store.ts";
import { sameBytes } from "./bytes.ts";
import { HEADER_BYTES } from "./header.ts";
import { TRAILER_BYTES } from "./trailer.ts";
import { MORE } from "./verifier.ts";

const AREA = 1;
const UNIT_MAX = 8;

/**
 * How the boot loader exchanges the areas, as MCUboot calls it: by a scratch area (or it overwrites area 0 and keeps nothing); by moving, one
 * sector of area 0 being free for it; or by an offset, images being one sector further on in area 1 when they come.
 */
export type Swap = "scratch" | "move" | "offset";

/** Where an upload stands; made at start-up. */
export class Upload {
	/** Bytes that it will have; 0: none is under way. */
	size = 0;
	/** Bytes that are there. */
	offset = 0;
	/** The client wants a newer version only. */
	upgradeOnly = false;
	/** The first bytes of the image, once they are there. */
	readonly header = new Uint8Array(HEADER_BYTES);
	private readonly name = new Uint8Array(HASH_BYTES);
	private nameBytes = 0;
	/** The area is erased from `erasedFrom` to its end, and up to `erasedTo`. */
	private erasedTo = 0;
	private erasedFrom = 0;
	/** Bytes that do not make a unit yet. */
	private readonly rest = new Uint8Array(UNIT_MAX);
	private restBytes = 0;

	private readonly swap: Swap;

	/** INIT */
	constructor(swap: Swap) {
		this.swap = swap;
	}

	/** Where in area 1 an image begins. */
	get base(): number {
		return this.swap === "offset" ? flashSectorEnd(AREA, 0) : 0;
	}

	/** Bytes that an image may have: what the boot loader needs at the area's end is not its, nor the sector that it exchanges with. */
	get room(): number {
		if (this.swap === "scratch") return flashBytes() - TRAILER_BYTES;
		const sector = flashSectorEnd(AREA, 0);
		return flashBytes() - Math.ceil(TRAILER_BYTES / sector) * sector - sector;
	}

	/** Whether one of that size and name is under way: a client that lost the connection goes on. */
	isSame(size: number, name: Uint8Array, nameBytes: number): boolean {
		return this.size === size && nameBytes > 0 && nameBytes === this.nameBytes && sameBytes(name, this.name, nameBytes);
	}

	/** Ends what is under way and begins anew; `prepare` has to be called until it does not return MORE. */
	begin(size: number, name: Uint8Array, nameBytes: number, upgradeOnly: boolean): void {
		this.size = size;
		this.offset = 0;
		this.upgradeOnly = upgradeOnly;
		this.nameBytes = nameBytes;
		for (let i = 0; i < nameBytes; i++) this.name[i] = name[i];
		this.restBytes = 0;
		this.erasedTo = 0;
		this.erasedFrom = flashBytes();
	}

	/** None is under way any more. */
	end(): void {
		this.size = 0;
		this.offset = 0;
	}

	/** A turn of erasing what the boot loader reads at the area's end: MORE, IMAGE_OK, IMAGE_FLASH_ERASE_FAILED. */
	prepare(): number {
		if (this.erasedFrom <= flashBytes() - TRAILER_BYTES) return IMAGE_OK;
		const at = flashSectorBegin(AREA, this.erasedFrom - 1);
		if (flashErase(AREA, at) !== 0) return IMAGE_FLASH_ERASE_FAILED;
		this.erasedFrom = at;
		return MORE;
	}

	/** A turn of erasing up to a place in the image: MORE, IMAGE_OK, IMAGE_FLASH_ERASE_FAILED. */
	reach(place: number): number {
		if (this.erasedTo >= this.base + place) return IMAGE_OK;
		if (this.erasedTo >= this.erasedFrom) {
			this.erasedTo = flashBytes();
			return IMAGE_OK;
		}
		if (flashErase(AREA, this.erasedTo) !== 0) return IMAGE_FLASH_ERASE_FAILED;
		this.erasedTo = flashSectorEnd(AREA, this.erasedTo);
		return MORE;
	}

	/** Takes the next bytes, whose place has been reached. IMAGE_OK or IMAGE_FLASH_WRITE_FAILED. */
	take(bytes: Uint8Array, start: number, end: number): number {
		let at = start;
		while (at < end && this.offset < HEADER_BYTES) this.header[this.offset++] = bytes[at++];
		const unit = flashUnit();
		while (at < end && (this.restBytes > 0 || end - at < unit)) {
			this.rest[this.restBytes++] = bytes[at++];
			this.offset++;
			if (this.restBytes === unit) {
				this.restBytes = 0;
				if (this.program(this.offset - unit, this.rest, 0, unit) !== 0) return IMAGE_FLASH_WRITE_FAILED;
			}
		}
		const whole = end - at - ((end - at) % unit);
		if (whole > 0) {
			if (this.program(this.offset, bytes, at, at + whole) !== 0) return IMAGE_FLASH_WRITE_FAILED;
			at += whole;
			this.offset += whole;
		}
		while (at < end) {
			this.rest[this.restBytes++] = bytes[at++];
			this.offset++;
		}
		return IMAGE_OK;
	}

	/** Programs the last bytes, filled up to a unit as erased flash is. IMAGE_OK or IMAGE_FLASH_WRITE_FAILED. */
	flush(): number {
		const { rest, restBytes } = this;
		if (restBytes === 0) return IMAGE_OK;
		const unit = flashUnit();
		rest.fill(0xff, restBytes, unit);
		this.restBytes = 0;
		return this.program(this.offset - restBytes, rest, 0, unit) === 0 ? IMAGE_OK : IMAGE_FLASH_WRITE_FAILED;
	}

	/** The header, its magic last: from then on there is an image. IMAGE_OK, IMAGE_FLASH_WRITE_FAILED, IMAGE_FLASH_READ_FAILED. */
	commit(): number {
		const { header } = this;
		const unit = flashUnit();
		const first = Math.max(unit, 4);
		if (this.program(first, header, first, HEADER_BYTES) !== 0) return IMAGE_FLASH_WRITE_FAILED;
		if (this.program(0, header, 0, first) !== 0) return IMAGE_FLASH_WRITE_FAILED;
		return flashRead(AREA, this.base, header, 0, HEADER_BYTES) === 0 ? IMAGE_OK : IMAGE_FLASH_READ_FAILED;
	}

	/** Programs bytes at a place in the image. */
	private program(place: number, bytes: Uint8Array, start: number, end: number): number {
		return flashProgram(AREA, this.base + place, bytes, start, end);
	}
}
