/** Images as the tests make them: by hand, byte by byte, so that each can be wrong in its own way; and keys of the run's own. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface TestKey {
	secret: KeyObject;
	/** X.509, as the image's hash of the key is of. */
	encoded: Buffer;
	/** 64 hexadecimal digits. */
	text: string;
}

export function newKey(): TestKey {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const encoded = publicKey.export({ format: "der", type: "spki" });
	return { secret: privateKey, encoded, text: encoded.subarray(-32).toString("hex") };
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

export interface ImageParts {
	key: TestKey;
	version?: [major: number, minor: number, revision: number, build: number];
	/** Bytes of the program. */
	bytes?: number;
	headerBytes?: number;
	flags?: number;
	/** Entries of the protected trailer. */
	guarded?: Buffer[];
	/** What stands in the header, whatever is true. */
	header?: Partial<Record<"magic" | "headerBytes" | "protectedBytes" | "imageBytes", number>>;
	/** Changes the entries of the trailer before they are written. */
	entries?: (entries: Buffer[], hash: Buffer) => Buffer[];
	/** The trailer's own words. */
	info?: Partial<Record<"magic" | "total", number>>;
}

export function entry(type: number, value: Uint8Array, length = value.length): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt16LE(type, 0);
	head.writeUInt16LE(length, 2);
	return Buffer.concat([head, value]);
}

export const TLV = { keyHash: 0x01, sha256: 0x10, ed25519: 0x24, dependency: 0x40, securityCounter: 0x50 };

function trailer(magic: number, entries: Buffer[], total?: number): Buffer {
	const body = Buffer.concat(entries);
	const info = Buffer.alloc(4);
	info.writeUInt16LE(magic, 0);
	info.writeUInt16LE(total ?? body.length + 4, 2);
	return Buffer.concat([info, body]);
}

/** An image as `stator sign` and imgtool write it, but for what `parts` says. */
export function makeImage(parts: ImageParts): Buffer {
	const { key, version = [1, 0, 0, 0], bytes = 1000, headerBytes = 512, flags = 0, guarded = [] } = parts;
	const program = Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 7 + version[0] * 31 + version[1]) & 0xff));
	const protectedPart = guarded.length === 0 ? Buffer.alloc(0) : trailer(0x6908, guarded);
	const header = Buffer.alloc(headerBytes);
	header.writeUInt32LE(parts.header?.magic ?? 0x96f3b83d, 0);
	header.writeUInt16LE(parts.header?.headerBytes ?? headerBytes, 8);
	header.writeUInt16LE(parts.header?.protectedBytes ?? protectedPart.length, 10);
	header.writeUInt32LE(parts.header?.imageBytes ?? bytes, 12);
	header.writeUInt32LE(flags, 16);
	header.writeUInt8(version[0], 20);
	header.writeUInt8(version[1], 21);
	header.writeUInt16LE(version[2], 22);
	header.writeUInt32LE(version[3], 24);
	const hashed = Buffer.concat([header, program, protectedPart]);
	const hash = sha256(hashed);
	let entries = [
		entry(TLV.sha256, hash),
		entry(TLV.keyHash, sha256(key.encoded)),
		entry(TLV.ed25519, sign(null, hash, key.secret)),
	];
	if (parts.entries !== undefined) entries = parts.entries(entries, hash);
	return Buffer.concat([hashed, trailer(parts.info?.magic ?? 0x6907, entries, parts.info?.total)]);
}

/** The hash that stands in an image made by `makeImage`. */
export function hashOf(image: Buffer): Buffer {
	const end = image.readUInt16LE(8) + image.readUInt32LE(12) + image.readUInt16LE(10);
	return image.subarray(end + 8, end + 40);
}
