/**
 * `stator sign`: firmware images in MCUboot's format out of what `stator build` made, signed with an Ed25519 key (Node's cryptography), as
 * imgtool does it; and keys for it. tests/unit/sign.test.ts compares both.
 *
 * A secret key belongs to nobody else and into no repository: it is written for its owner alone, never over another file, and into the
 * work tree of a repository only when that is asked for.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { shown } from "./paths.ts";
import { UserError } from "./report.ts";

const HEADER_MAGIC = 0x96f3b83d;
const HEADER_BYTES = 32;
const INFO_MAGIC = 0x6907;
const PROTECTED_MAGIC = 0x6908;
const TLV = { keyHash: 0x01, sha256: 0x10, ed25519: 0x24, securityCounter: 0x50 };
/** What an area's end is for: magic, three flags and sizes of 8 bytes, three notes of 8 bytes for each of 128 sectors. */
const TRAILER_BYTES = 16 + 4 * 8 + 3 * 8 * 128;
const PT_LOAD = 1;

export interface Version {
	major: number;
	minor: number;
	revision: number;
	build: number;
}

/** "1.2.3+4"; what is left out is 0. Throws UserError. */
export function readVersion(text: string): Version {
	const match = /^(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:\+(\d+))?$/.exec(text);
	const [major, minor, revision, build] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
	if (match === null || major > 0xff || minor > 0xff || revision > 0xffff || build > 0xffffffff)
		throw new UserError(
			text + " is no version",
			"it is major.minor.revision+build, such as 1.2.3+4: up to 255, 255, 65535 and 4294967295",
		);
	return { major, minor, revision, build };
}

/** The bytes of an ELF file's loaded segments, by address, gaps filled as erased flash is. What is no ELF file is a program as it stands. */
export function programOf(file: Buffer): Buffer {
	if (file.readUInt32BE(0) !== 0x7f454c46) return file;
	if (file[4] !== 1 || file[5] !== 1)
		throw new UserError("the ELF file is not one for a board (32 bits, least byte first)");
	const [first, size, count] = [file.readUInt32LE(28), file.readUInt16LE(42), file.readUInt16LE(44)];
	const segments: { at: number; bytes: Buffer }[] = [];
	for (let i = 0; i < count; i++) {
		const header = file.subarray(first + i * size, first + (i + 1) * size);
		const [offset, at, length] = [header.readUInt32LE(4), header.readUInt32LE(12), header.readUInt32LE(16)];
		if (header.readUInt32LE(0) === PT_LOAD && length > 0)
			segments.push({ at, bytes: file.subarray(offset, offset + length) });
	}
	if (segments.length === 0) throw new UserError("nothing in the ELF file is to be loaded");
	const begin = Math.min(...segments.map(({ at }) => at));
	const end = Math.max(...segments.map(({ at, bytes }) => at + bytes.length));
	if (end - begin > 0x4000000) throw new UserError("the ELF file's parts are too far from each other for one image");
	const program = Buffer.alloc(end - begin, 0xff);
	for (const { at, bytes } of segments) bytes.copy(program, at - begin);
	return program;
}

function entry(type: number, value: Buffer): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt16LE(type, 0);
	head.writeUInt16LE(value.length, 2);
	return Buffer.concat([head, value]);
}

function trailer(magic: number, entries: Buffer[]): Buffer {
	const body = Buffer.concat(entries);
	const info = Buffer.alloc(4);
	info.writeUInt16LE(magic, 0);
	info.writeUInt16LE(body.length + info.length, 2);
	return Buffer.concat([info, body]);
}

const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();

export interface SignOptions {
	version: Version;
	/** Bytes before the program: a multiple of 256 at least 32, since its vectors come first. */
	headerBytes: number;
	/** Of an area: what does not fit is refused. */
	areaBytes?: number;
	/** For boot loaders that count security updates. */
	securityCounter?: number;
}

/** A signed image. Throws UserError for what cannot be one. */
export function signImage(program: Buffer, secret: KeyObject, options: SignOptions): Buffer {
	const { version, headerBytes, areaBytes, securityCounter } = options;
	if (!(Number.isSafeInteger(headerBytes) && headerBytes >= HEADER_BYTES && headerBytes <= 0xffff))
		throw new UserError("a header has " + HEADER_BYTES + " to 65535 bytes, not " + headerBytes);
	if (program.length === 0) throw new UserError("the program is empty");
	const counter = Buffer.alloc(4);
	counter.writeUInt32LE(securityCounter ?? 0);
	const guarded =
		securityCounter === undefined ? Buffer.alloc(0) : trailer(PROTECTED_MAGIC, [entry(TLV.securityCounter, counter)]);
	const header = Buffer.alloc(headerBytes);
	header.writeUInt32LE(HEADER_MAGIC, 0);
	header.writeUInt16LE(headerBytes, 8);
	header.writeUInt16LE(guarded.length, 10);
	header.writeUInt32LE(program.length, 12);
	header.writeUInt8(version.major, 20);
	header.writeUInt8(version.minor, 21);
	header.writeUInt16LE(version.revision, 22);
	header.writeUInt32LE(version.build, 24);
	const hashed = Buffer.concat([header, program, guarded]);
	const hash = sha256(hashed);
	const entries = [
		entry(TLV.sha256, hash),
		entry(TLV.keyHash, sha256(encodedKey(secret))),
		entry(TLV.ed25519, sign(null, hash, secret)),
	];
	const image = Buffer.concat([hashed, trailer(INFO_MAGIC, entries)]);
	if (areaBytes !== undefined && image.length + TRAILER_BYTES > areaBytes)
		throw new UserError(
			"the image has " +
				image.length +
				" bytes, and the boot loader needs " +
				TRAILER_BYTES +
				": together more than an area of " +
				areaBytes,
		);
	return image;
}

const encodedKey = (secret: KeyObject): Buffer => createPublicKey(secret).export({ format: "der", type: "spki" });

/** The public key as `FlashImages` takes it: 64 hexadecimal digits. */
export const publicText = (secret: KeyObject): string => encodedKey(secret).subarray(-32).toString("hex");

/** Reads an Ed25519 secret key in PEM. Throws UserError. */
export function readKey(file: string): KeyObject {
	if (!existsSync(file))
		throw new UserError("there is no key " + shown(file), "stator sign --new-key " + file + " makes one");
	let secret: KeyObject;
	try {
		secret = createPrivateKey(readFileSync(file));
	} catch (error) {
		throw new UserError(
			shown(file) + " is no secret key: " + (error as Error).message,
			"it is PEM, as --new-key writes it",
		);
	}
	if (secret.asymmetricKeyType !== "ed25519")
		throw new UserError(
			shown(file) + " is a key for " + secret.asymmetricKeyType + ", and images are signed with Ed25519",
		);
	return secret;
}

/** The work tree of the repository that a file would be in, or undefined. */
export function repositoryOf(file: string): string | undefined {
	for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
		if (existsSync(folder + "/.git")) return folder;
		if (folder === dirname(folder)) return undefined;
	}
}

/** Makes a key and writes it for its owner alone. Throws UserError when the file is there, or in a repository without `anyway`. */
export function writeNewKey(file: string, anyway: boolean): KeyObject {
	const repository = repositoryOf(file);
	if (repository !== undefined && !anyway)
		throw new UserError(
			shown(file) + " would be in the repository " + shown(repository) + ", where a secret key has no place",
			"name a place outside, such as ~/keys/device.pem, or say --in-repository when it is ignored there",
		);
	const { privateKey } = generateKeyPairSync("ed25519");
	try {
		writeFileSync(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flag: "wx" });
	} catch (error) {
		throw new UserError(
			shown(file) + " cannot be written: " + (error as Error).message,
			"a key is never written over another file",
		);
	}
	return privateKey;
}

export interface SignCommand {
	newKey?: string;
	inRepository?: boolean;
	public?: boolean;
	key?: string;
	version?: string;
	out?: string;
	headerBytes: number;
	areaBytes?: number;
	securityCounter?: number;
}

/** The command: what it prints, a line each. Throws UserError. */
export function signCommand(image: string | undefined, options: SignCommand): string[] {
	if (options.newKey !== undefined) {
		const secret = writeNewKey(options.newKey, options.inRepository === true);
		return [
			"secret key: " + shown(resolve(options.newKey)) + " (keep it, and a copy of it)",
			"public key: " + publicText(secret),
		];
	}
	if (options.key === undefined)
		throw new UserError("no key was named", "--key <file>; stator sign --new-key <file> makes one");
	const secret = readKey(options.key);
	if (options.public) return [publicText(secret)];
	if (image === undefined) throw new UserError("no program was named", "the ELF file or binary that stator build made");
	if (options.version === undefined) throw new UserError("no version was named", "--image-version 1.2.3+4");
	if (!existsSync(image))
		throw new UserError("there is no file " + shown(image), "stator build makes it, and prints its name");
	const { areaBytes, securityCounter, headerBytes } = options;
	const signed = signImage(programOf(readFileSync(image)), secret, {
		version: readVersion(options.version),
		headerBytes,
		...(areaBytes === undefined ? {} : { areaBytes }),
		...(securityCounter === undefined ? {} : { securityCounter }),
	});
	const out = options.out ?? image.replace(/\.(elf|bin)$/, "") + ".signed.bin";
	writeFileSync(out, signed);
	return [shown(resolve(out)) + ": " + signed.length + " bytes, version " + options.version];
}
