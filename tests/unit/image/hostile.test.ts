/**
 * N9 An area may hold anything. Whatever its bytes are: nothing throws, nothing is read beyond the area, no image that was not signed is
 * marked, and what is refused is refused with a code that says why.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { entry, hashOf, makeImage, sha256, TLV } from "./images.ts";
import { freshRig, type Rig } from "./rig.ts";

const RUNS = Number(process.env.STATOR_IMAGES ?? 1500);
const SEED = Number(process.env.STATOR_SEED ?? 20_260_101);

let rig: Rig;

beforeEach(async () => {
	rig = await freshRig({ bytes: 8192, unit: 4, sectors: [1024] });
});

const image = (more = {}): Buffer => makeImage({ key: rig.key, bytes: 300, headerBytes: 32, ...more });

/** Puts bytes into area 1 past the store, as a broken or a hostile loader would, and asks for a mark. */
function mark(bytes: Uint8Array, hash: Uint8Array): number {
	rig.sim.flash.areas[1].fill(0xff);
	rig.sim.flash.areas[1].set(bytes);
	return rig.ended(rig.store.setTest(hash));
}

describe("N9 an image that is wrong in one place", () => {
	test.each<[string, (good: Buffer) => Buffer, keyof typeof import("../../../src/smp/image-store.ts")]>([
		["another magic", () => image({ header: { magic: 0x96f3b83c } }), "IMAGE_INVALID_HEADER_MAGIC"],
		["a header shorter than itself", () => image({ header: { headerBytes: 31 } }), "IMAGE_INVALID_HEADER"],
		["a header of no bytes", () => image({ header: { headerBytes: 0 } }), "IMAGE_INVALID_HEADER"],
		["a program of no bytes", () => image({ header: { imageBytes: 0 } }), "IMAGE_INVALID_HEADER"],
		["a program that wraps 32 bits", () => image({ header: { imageBytes: 0xffffffe0 } }), "IMAGE_INVALID_HEADER"],
		["a program up to the area's end", () => image({ header: { imageBytes: 8192 - 32 } }), "IMAGE_INVALID_HEADER"],
		["a protected part that is not there", () => image({ header: { protectedBytes: 8 } }), "IMAGE_NO_TLVS"],
		["a protected part beyond the end", () => image({ header: { protectedBytes: 0xffff } }), "IMAGE_INVALID_HEADER"],
		["an encrypted program", () => image({ flags: 4 }), "IMAGE_INVALID_HEADER"],
		["a compressed program", () => image({ flags: 0x200 }), "IMAGE_INVALID_HEADER"],
		["a trailer with another magic", () => image({ info: { magic: 0x6906 } }), "IMAGE_NO_TLVS"],
		["a trailer shorter than its info", () => image({ info: { total: 3 } }), "IMAGE_INVALID_TLV_SIZE"],
		["a trailer of no entries", () => image({ info: { total: 4 } }), "IMAGE_HASH_NOT_FOUND"],
		["a trailer that ends within an entry", () => image({ info: { total: 41 } }), "IMAGE_INVALID_TLV_SIZE"],
		["a trailer that ends within an entry's head", () => image({ info: { total: 7 } }), "IMAGE_INVALID_TLV_SIZE"],
		["a trailer beyond the area", () => image({ info: { total: 0xffff } }), "IMAGE_INVALID_TLV_SIZE"],
		[
			"two hashes",
			() => image({ entries: ([hash, ...rest]: Buffer[]) => [hash, hash, ...rest] }),
			"IMAGE_MULTIPLE_HASHES",
		],
		["no hash", () => image({ entries: ([, ...rest]: Buffer[]) => rest }), "IMAGE_HASH_NOT_FOUND"],
		[
			"a hash of 31 bytes",
			() => image({ entries: ([, ...rest]: Buffer[], hash: Buffer) => [entry(TLV.sha256, hash.subarray(1)), ...rest] }),
			"IMAGE_INVALID_TLV_SIZE",
		],
		[
			"two names of keys",
			() => image({ entries: ([hash, name, signature]: Buffer[]) => [hash, name, name, signature] }),
			"IMAGE_INVALID_TLV",
		],
		[
			"the hash in the protected part alone",
			() => image({ guarded: [entry(TLV.sha256, sha256(Buffer.alloc(1)))], entries: ([, ...rest]: Buffer[]) => rest }),
			"IMAGE_HASH_NOT_FOUND",
		],
	])("N9 %s", (_, make, code) => {
		const bytes = make(image());
		expect(rig.upload(bytes)).toBe(rig.image[code]);
		// The same past the upload: no mark, whatever the code is.
		expect(mark(bytes, hashOf(bytes))).not.toBe(0);
		expect(rig.decision()).toBe("none");
	});

	test("N9 entries of unknown types are passed over, and what stands behind the trailer is nothing", () => {
		const more = image({
			entries: (all: Buffer[]) => [entry(0x00a0, Buffer.alloc(70)), ...all, entry(0xffff, Buffer.alloc(0))],
		});
		expect(rig.upload(Buffer.concat([more, Buffer.alloc(17, 5)]))).toBe(0);
		const guarded = image({
			guarded: [entry(TLV.securityCounter, Buffer.alloc(4)), entry(TLV.dependency, Buffer.alloc(12))],
		});
		expect(rig.upload(guarded)).toBe(0);
	});
});

test("N9 every truncation of an image is refused, and leaves none", () => {
	const good = image({ bytes: 40 });
	for (let length = 0; length < good.length; length++) {
		expect(rig.upload(good.subarray(0, length), { piece: 4096 }), length + " bytes").not.toBe(0);
		expect(rig.state(1), length + " bytes").toBeUndefined();
	}
});

test("N9 every change of one byte is refused", () => {
	const good = image({ bytes: 40 });
	for (let at = 0; at < good.length; at++) {
		const bad = Buffer.from(good);
		bad[at] ^= 1 + (at % 255);
		expect(rig.upload(bad, { piece: 4096 }), "byte " + at).not.toBe(0);
	}
});

test("N9 random bytes where header and trailers are: no exception, no mark (seed " + SEED + ")", () => {
	let state = SEED >>> 0 || 1;
	const below = (limit: number): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % limit;
	};
	const interesting = [0, 1, 3, 4, 7, 8, 31, 32, 36, 64, 0x69, 0x7f, 0x80, 0xfe, 0xff];
	const slot = new rig.image.SlotState();
	for (let run = 0; run < RUNS; run++) {
		const bytes = image();
		const changes = 1 + below(6);
		for (let i = 0; i < changes; i++) {
			// Sizes are in the header's first 20 bytes, entries behind the program.
			const at = below(2) === 0 ? below(28) : 332 + below(bytes.length - 332);
			bytes[at] = below(2) === 0 ? interesting[below(interesting.length)] : below(256);
		}
		if (bytes.equals(image())) continue;
		rig.sim.flash.areas[1].fill(below(4) === 0 ? 0 : 0xff);
		rig.sim.flash.areas[1].set(bytes.subarray(0, below(8) === 0 ? below(bytes.length) : bytes.length));
		const found = rig.store.state(1, slot);
		if (found === 0) expect(rig.ended(rig.store.setTest(slot.hash)), "run " + run).not.toBe(0);
		expect(rig.decision(), "run " + run).toBe("none");
	}
});
