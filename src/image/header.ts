/**
 * The header of an image in MCUboot's format: 32 bytes before the program. Everything is an unsigned number, least byte first.
 *
 *    0 magic 0x96f3b83d    8 bytes of the header, with what pads it (16 bits)    12 bytes of the program    20 version: major,
 *    4 load address       10 bytes of the protected trailer (16 bits)            16 flags                   minor (8), revision (16), build (32)
 *
 * A number is believed only as far as it fits into the area: sums are numbers of 53 bits, so that nothing wraps.
 */
import { IMAGE_INVALID_HEADER, IMAGE_INVALID_HEADER_MAGIC, IMAGE_OK } from "../smp/image-store.ts";
import { u16, u32 } from "./bytes.ts";

export const HEADER_BYTES = 32;
export const HEADER_MAGIC = 0x96f3b83d;

/** The program is encrypted (two key lengths), or compressed (three forms): the boot loader would have to be another one. */
const UNREADABLE = 0x4 | 0x8 | 0x200 | 0x400 | 0x800;
/** It is no program to be started. */
const NON_BOOTABLE = 0x10;

/** What a header says; made at start-up, filled by `read`. */
export class ImageHeader {
	headerBytes = 0;
	protectedBytes = 0;
	imageBytes = 0;
	flags = 0;
	major = 0;
	minor = 0;
	revision = 0;
	build = 0;

	/**
	 * Reads the first 32 bytes of `bytes`; `limit`: what there is room for. IMAGE_OK, IMAGE_INVALID_HEADER_MAGIC, or IMAGE_INVALID_HEADER for
	 * sizes that do not fit and forms that are not supported. Task context.
	 */
	read(bytes: Uint8Array, limit: number): number {
		if (u32(bytes, 0) !== HEADER_MAGIC) return IMAGE_INVALID_HEADER_MAGIC;
		this.headerBytes = u16(bytes, 8);
		this.protectedBytes = u16(bytes, 10);
		this.imageBytes = u32(bytes, 12);
		this.flags = u32(bytes, 16);
		this.major = bytes[20];
		this.minor = bytes[21];
		this.revision = u16(bytes, 22);
		this.build = u32(bytes, 24);
		if (this.headerBytes < HEADER_BYTES || this.imageBytes === 0 || (this.flags & UNREADABLE) !== 0)
			return IMAGE_INVALID_HEADER;
		return this.hashedBytes > limit ? IMAGE_INVALID_HEADER : IMAGE_OK;
	}

	/** Where the program ends and the trailers begin. */
	get programEnd(): number {
		return this.headerBytes + this.imageBytes;
	}

	/** What the hash is of: header, program and protected trailer. */
	get hashedBytes(): number {
		return this.programEnd + this.protectedBytes;
	}

	/** It can be started. */
	get bootable(): boolean {
		return (this.flags & NON_BOOTABLE) === 0;
	}

	/** Below 0 when its version is older than the other's, 0 when it is the same, above when it is newer. The build number counts last. */
	compareVersion(other: ImageHeader): number {
		if (this.major !== other.major) return this.major - other.major;
		if (this.minor !== other.minor) return this.minor - other.minor;
		if (this.revision !== other.revision) return this.revision - other.revision;
		return this.build - other.build;
	}
}
