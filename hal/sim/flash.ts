/**
 * The simulated machine's flash: RAM that behaves as flash does (units, sectors, bits that only an erase sets), and whose power can be cut
 * at any write or erase, with what was under way done in part. What verifies images is Node's own cryptography.
 */
import type { Hash } from "node:crypto";

/** Given to realms that have nothing of Node's: a program of `stator sim`, an example of the documentation. */
declare const $crypto: Pick<typeof import("node:crypto"), "createHash" | "createPublicKey" | "verify"> | undefined;
/** Looked for when a program first verifies something: most do not, and run without either. */
const cryptography = () => (typeof $crypto === "object" ? $crypto : process.getBuiltinModule("node:crypto"));

/** What the flash is like: set by `flash.make`. */
export interface FlashShape {
	/** Bytes of each area. */
	bytes: number;
	/** Bytes that are programmed at a time. */
	unit: number;
	/** The sizes of an area's sectors, the last for all that follow. */
	sectors: readonly number[];
}

/** Thrown where the power is cut: nothing after it happens. */
export class PowerCut extends Error {}

const AREAS = 2;
const ERASED = 0xff;
const EIO = -5;
const EINVAL = -22;

/** The device itself, for tests. */
export class FlashDevice {
	shape: FlashShape = { bytes: 65536, unit: 8, sectors: [4096] };
	areas: Uint8Array[] = [];
	/** Units programmed and sectors erased so far. */
	operations = 0;
	/** The power is cut in the operation after so many. */
	cutAfter = Number.POSITIVE_INFINITY;
	/** How much of that operation is done, from 0 to 1. */
	cutPart = 0;
	/** The next operations are refused with EIO. */
	broken = false;

	/** Erased flash of that shape, with its power on. */
	make(shape: Partial<FlashShape> = {}): void {
		this.shape = { ...this.shape, ...shape };
		this.areas = Array.from({ length: AREAS }, () => new Uint8Array(this.shape.bytes).fill(ERASED));
		this.restore();
	}

	/** The power is back: what was written stays. */
	restore(): void {
		this.operations = 0;
		this.cutAfter = Number.POSITIVE_INFINITY;
		this.broken = false;
	}

	/** Where each sector of an area ends. */
	private edges(): number[] {
		const { bytes, sectors } = this.shape;
		const edges = [0];
		for (let i = 0; edges[edges.length - 1] < bytes; i++)
			edges.push(edges[edges.length - 1] + sectors[Math.min(i, sectors.length - 1)]);
		return edges;
	}

	/** Begin and end of the sector that holds a place. */
	sector(at: number): [number, number] {
		const edges = this.edges();
		const next = edges.findIndex((edge) => edge > at);
		return next < 0 ? [EINVAL, EINVAL] : [edges[next - 1], edges[next]];
	}

	/** Counts an operation on so many bytes: how many of them are done. */
	operate(bytes: number): number {
		if (this.operations > this.cutAfter) throw new PowerCut("the power is off");
		return this.operations++ < this.cutAfter ? bytes : Math.floor(bytes * this.cutPart);
	}
}

/** The simulated machine's. */
export const flash = new FlashDevice();
flash.make();

export function flashOpen(_file: string, _bytes: number): number {
	return 0;
}

export function flashBytes(): number {
	return flash.shape.bytes;
}

export function flashUnit(): number {
	return flash.shape.unit;
}

export function flashSectorBegin(_area: number, at: number): number {
	return flash.sector(at)[0];
}

export function flashSectorEnd(_area: number, at: number): number {
	return flash.sector(at)[1];
}

function isWithin(area: number, at: number, count: number): boolean {
	return area >= 0 && area < AREAS && at >= 0 && count >= 0 && at + count <= flash.shape.bytes;
}

/** As in C, where there is an end to an array. */
function checkRange(bytes: Uint8Array, start: number, end: number): void {
	if (!(start >= 0 && start <= end && end <= bytes.length))
		throw new RangeError("flash: there are no bytes " + start + " to " + end + " in an array of " + bytes.length);
}

export function flashRead(area: number, at: number, into: Uint8Array, start: number, end: number): number {
	checkRange(into, start, end);
	if (!isWithin(area, at, end - start)) return EINVAL;
	into.set(flash.areas[area].subarray(at, at + end - start), start);
	return 0;
}

export function flashProgram(area: number, at: number, from: Uint8Array, start: number, end: number): number {
	checkRange(from, start, end);
	const { unit } = flash.shape;
	if (at % unit !== 0 || (end - start) % unit !== 0 || !isWithin(area, at, end - start)) return EINVAL;
	if (flash.broken) return EIO;
	let taken = true;
	for (let done = 0; done < end - start; done += unit) {
		const most = flash.operate(unit);
		for (let i = done; i < done + most; i++) {
			flash.areas[area][at + i] &= from[start + i];
			taken &&= flash.areas[area][at + i] === from[start + i];
		}
		if (flash.operations > flash.cutAfter)
			throw new PowerCut("cut while " + at + " of area " + area + " was programmed");
	}
	return taken ? 0 : EIO;
}

export function flashErase(area: number, at: number): number {
	if (!isWithin(area, at, 1)) return EINVAL;
	if (flash.broken) return EIO;
	const [begin, end] = flash.sector(at);
	flash.areas[area].fill(ERASED, begin, begin + flash.operate(end - begin));
	if (flash.operations > flash.cutAfter) throw new PowerCut("cut while " + begin + " of area " + area + " was erased");
	return 0;
}

const digests: Hash[] = [];

export function digestNew(): number {
	return digests.push(cryptography().createHash("sha256")) - 1;
}

export function digestStart(digest: number): void {
	digests[digest] = cryptography().createHash("sha256");
}

export function digestBytes(digest: number, bytes: Uint8Array, start: number, end: number): void {
	checkRange(bytes, start, end);
	digests[digest].update(bytes.subarray(start, end));
}

export function digestFlash(digest: number, area: number, start: number, end: number): number {
	if (!isWithin(area, start, end - start)) return EINVAL;
	digests[digest].update(flash.areas[area].subarray(start, end));
	return 0;
}

export function digestTake(digest: number, into: Uint8Array): void {
	into.set(digests[digest].digest());
}

/** What stands before a raw Ed25519 key in the form that Node reads (RFC 8410). */
const KEY_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export function signatureCheck(signature: Uint8Array, key: Uint8Array, message: Uint8Array): boolean {
	try {
		// In hexadecimal digits: arrays of another realm than Node's are no keys to it.
		const hex = [...KEY_PREFIX, ...key.subarray(0, KEY_BYTES)]
			.map((byte) => byte.toString(16).padStart(2, "0"))
			.join("");
		const encoded = cryptography().createPublicKey({ key: hex, encoding: "hex", format: "der", type: "spki" });
		return cryptography().verify(null, message, encoded, signature.subarray(0, SIGNATURE_BYTES));
	} catch {
		return false;
	}
}
