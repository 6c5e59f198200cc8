/** N9 Firmware images: what the store takes, what it refuses and with which code, and what the next start does then. */
import { beforeEach, describe, expect, test } from "vitest";
import { hashOf, makeImage, newKey } from "./images.ts";
import { freshRig, type Rig, versionText } from "./rig.ts";

let rig: Rig;

beforeEach(async () => {
	rig = await freshRig();
	rig.install(makeImage({ key: rig.key, version: [1, 0, 0, 0] }));
});

const image = (major: number, more = {}): Buffer => makeImage({ key: rig.key, version: [major, 0, 0, 0], ...more });

describe("N9 an update", () => {
	test.each(["scratch", "move", "offset"] as const)(
		"N9 exchanged by %s: upload, test, start, confirm: the new image runs and stays",
		async (swap) => {
			rig = await freshRig({ swap });
			rig.install(makeImage({ key: rig.key, version: [1, 0, 0, 0] }));
			const next = image(2);
			expect(rig.upload(next)).toBe(rig.image.IMAGE_OK);
			expect(rig.state(1)).toMatchObject({ major: 2, bootable: true, pending: false, confirmed: false, active: false });
			expect(Buffer.from(rig.state(1)?.hash ?? [])).toEqual(hashOf(next));
			expect(rig.boot()).toEqual({ did: "none", runs: versionText(1) });

			expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(rig.image.IMAGE_OK);
			expect(rig.state(1)).toMatchObject({ pending: true, permanent: false });
			expect(rig.boot()).toEqual({ did: "test", runs: versionText(2) });

			rig.restart();
			expect(rig.state(0)).toMatchObject({ major: 2, active: true, confirmed: false });
			expect(rig.state(1)).toMatchObject({ major: 1, confirmed: true, pending: false });
			expect(rig.ended(rig.store.confirm(undefined))).toBe(rig.image.IMAGE_OK);
			expect(rig.state(0)).toMatchObject({ major: 2, active: true, confirmed: true });
			expect(rig.boot()).toEqual({ did: "none", runs: versionText(2) });
		},
	);

	test.each(["scratch", "move", "offset"] as const)(
		"N9 exchanged by %s: not confirmed, it is taken back at the next start, and can be tried again",
		async (swap) => {
			rig = await freshRig({ swap });
			rig.install(makeImage({ key: rig.key, version: [1, 0, 0, 0] }));
			const next = image(2);
			rig.upload(next);
			for (let round = 0; round < 2; round++) {
				expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(0);
				expect(rig.boot()).toEqual({ did: "test", runs: versionText(2) });
				rig.restart();
				expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(rig.image.IMAGE_TEST_TO_ACTIVE_DENIED);
				expect(rig.boot()).toEqual({ did: "revert", runs: versionText(1) });
				rig.restart();
				expect(rig.state(1)).toMatchObject({ major: 2, pending: false, confirmed: false });
			}
		},
	);

	test("N9 by an offset: one sector further on, what lay before it is erased; what ran before is shown and not marked", async () => {
		rig = await freshRig({ swap: "offset", allowDowngrade: true });
		const first = makeImage({ key: rig.key, version: [1, 0, 0, 0] });
		rig.install(first);
		const next = image(2, { bytes: 3000 });
		rig.sim.flash.areas[1].set(first);
		expect(rig.upload(next)).toBe(0);
		expect([...rig.sim.flash.areas[1].subarray(0, 2048)]).toEqual(new Array(2048).fill(0xff));
		expect(Buffer.from(rig.sim.flash.areas[1].subarray(2048, 2048 + next.length))).toEqual(next);
		expect(rig.ended(rig.store.confirm(hashOf(next)))).toBe(0);
		expect(rig.boot()).toEqual({ did: "permanent", runs: versionText(2) });
		rig.restart(true);
		expect(rig.state(1)).toMatchObject({ major: 1, confirmed: false, pending: false });
		expect(rig.ended(rig.store.setTest(hashOf(first)))).toBe(rig.image.IMAGE_INVALID_OFFSET);
		expect(rig.decision()).toBe("none");
		expect(rig.upload(first)).toBe(0);
		expect(rig.ended(rig.store.setTest(hashOf(first)))).toBe(0);
		expect(rig.boot()).toEqual({ did: "test", runs: versionText(1) });
	});

	test.each([
		["scratch", 16_384 - 3120],
		["move", 16_384 - 4096 - 1024],
		["offset", 16_384 - 4096 - 1024],
	] as const)("N9 exchanged by %s there is room for images of %i bytes", async (swap, most) => {
		rig = await freshRig({ swap, sectors: [1024] });
		const overhead = image(2, { bytes: 1 }).length - 1;
		expect(rig.upload(image(2, { bytes: most - overhead + 1 }))).toBe(rig.image.IMAGE_TOO_LARGE);
		const next = image(2, { bytes: most - overhead });
		expect(rig.upload(next)).toBe(0);
		expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(0);
		expect(rig.boot()).toEqual({ did: "test", runs: versionText(2) });
	});

	test("N9 confirmed beforehand it is permanent, also when it was marked for a test before", () => {
		const next = image(2);
		rig.upload(next);
		expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(0);
		expect(rig.ended(rig.store.confirm(hashOf(next)))).toBe(0);
		expect(rig.state(1)).toMatchObject({ pending: true, permanent: true });
		expect(rig.boot()).toEqual({ did: "permanent", runs: versionText(2) });
		expect(rig.boot()).toEqual({ did: "none", runs: versionText(2) });
	});

	test.each([1, 2, 4, 8])("N9 units of %i bytes, pieces of any length", async (unit) => {
		for (const piece of [1, 3, 31, 32, 33, 64, 511, 4000]) {
			rig = await freshRig({ unit });
			const next = image(3, { bytes: 997 });
			expect(rig.upload(next, { piece }), "pieces of " + piece).toBe(0);
			expect(Buffer.from(rig.sim.flash.areas[1].subarray(0, next.length))).toEqual(next);
		}
	});

	test("N9 sectors of different sizes, an image up to the last byte that there is room for", async () => {
		const { TRAILER_BYTES } = await import("../../../src/image/trailer.ts");
		for (const sectors of [[2048], [8192, 1024, 4096], [16384]]) {
			rig = await freshRig({ sectors });
			const overhead = image(2, { bytes: 1 }).length - 1;
			const most = 16384 - TRAILER_BYTES;
			expect(rig.upload(image(2, { bytes: most - overhead + 1 }))).toBe(rig.image.IMAGE_TOO_LARGE);
			const next = image(2, { bytes: most - overhead });
			expect(rig.upload(next)).toBe(0);
			expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(0);
			expect(rig.boot()).toEqual({ did: "test", runs: versionText(2) });
		}
	});

	test("N9 an image for which area 1 was used before: nothing of the old one is left in the new", () => {
		rig.upload(image(2, { bytes: 9000 }));
		const small = image(3, { bytes: 100 });
		expect(rig.upload(small)).toBe(0);
		expect(Buffer.from(rig.state(1)?.hash ?? [])).toEqual(hashOf(small));
	});

	test("N9 any of several keys", async () => {
		const keys = [newKey(), newKey(), newKey()];
		rig = await freshRig({ keys });
		for (const key of keys) expect(rig.upload(makeImage({ key }))).toBe(0);
		expect(rig.upload(makeImage({ key: newKey() }))).toBe(rig.image.IMAGE_INVALID_TLV);
	});
});

describe("N9 what is refused", () => {
	const refused = (bytes: Uint8Array, status: number, options = {}): void => {
		const before = rig.sim.flash.areas[0].slice();
		expect(rig.upload(bytes, options)).toBe(status);
		expect(rig.state(1)).toBeUndefined();
		expect(rig.store.size).toBe(0);
		expect(rig.sim.flash.areas[0]).toEqual(before);
		expect(rig.boot()).toEqual({ did: "none", runs: versionText(1) });
	};

	test("N9 a signature by another key, of another image, of another length, none, two", () => {
		const { IMAGE_INVALID_TLV, IMAGE_INVALID_TLV_SIZE } = rig.image;
		const other = newKey();
		refused(makeImage({ key: other, version: [2, 0, 0, 0] }), IMAGE_INVALID_TLV);
		// It says that ours has signed it.
		refused(makeImage({ key: { ...other, encoded: rig.key.encoded }, version: [2, 0, 0, 0] }), IMAGE_INVALID_TLV);
		refused(image(2, { entries: ([hash, name]: Buffer[]) => [hash, name] }), IMAGE_INVALID_TLV);
		refused(image(2, { entries: ([hash, , signature]: Buffer[]) => [hash, signature] }), IMAGE_INVALID_TLV);
		refused(
			image(2, { entries: ([hash, name, signature]: Buffer[]) => [hash, name, signature, signature] }),
			IMAGE_INVALID_TLV,
		);
		const short = (entries: Buffer[]): Buffer[] => {
			const signature = entries[2].subarray(0, -1);
			signature.writeUInt16LE(63, 2);
			return [entries[0], entries[1], signature];
		};
		refused(image(2, { entries: short }), IMAGE_INVALID_TLV_SIZE);
		const flipped = (entries: Buffer[]): Buffer[] => {
			entries[2][20] ^= 1;
			return entries;
		};
		refused(image(2, { entries: flipped }), IMAGE_INVALID_TLV);
	});

	test("N9 an older version, unless that is allowed; the same one, and not for who asks for a newer one", async () => {
		const { IMAGE_CURRENT_VERSION_IS_NEWER, IMAGE_OK } = rig.image;
		rig.install(makeImage({ key: rig.key, version: [2, 3, 4, 5] }));
		for (const version of [
			[1, 9, 9, 9],
			[2, 2, 9, 9],
			[2, 3, 3, 9],
			[2, 3, 4, 4],
		] as [number, number, number, number][]) {
			const older = makeImage({ key: rig.key, version });
			expect(rig.upload(older)).toBe(IMAGE_CURRENT_VERSION_IS_NEWER);
			expect(rig.state(1)).toBeUndefined();
			rig.restart(true);
			expect(rig.upload(older)).toBe(IMAGE_OK);
			expect(rig.upload(older, { upgradeOnly: true, sha: new Uint8Array(4) })).toBe(IMAGE_CURRENT_VERSION_IS_NEWER);
			rig.restart();
			expect(rig.ended(rig.store.erase(1))).toBe(IMAGE_OK);
		}
		const same = makeImage({ key: rig.key, version: [2, 3, 4, 5] });
		expect(rig.upload(same, { upgradeOnly: true })).toBe(IMAGE_CURRENT_VERSION_IS_NEWER);
		expect(rig.upload(same)).toBe(IMAGE_OK);
	});

	test("N9 an older version that lies in area 1 already is not marked either", () => {
		const older = makeImage({ key: rig.key, version: [0, 9, 0, 0] });
		rig.sim.flash.areas[1].set(older);
		expect(rig.ended(rig.store.setTest(hashOf(older)))).toBe(rig.image.IMAGE_CURRENT_VERSION_IS_NEWER);
		expect(rig.ended(rig.store.confirm(hashOf(older)))).toBe(rig.image.IMAGE_CURRENT_VERSION_IS_NEWER);
		expect(rig.boot()).toEqual({ did: "none", runs: versionText(1) });
	});

	test("N9 an image that was changed in flash after the upload is not marked", () => {
		const next = image(2);
		rig.upload(next);
		rig.sim.flash.areas[1][700] ^= 4;
		expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(rig.image.IMAGE_INVALID_HASH);
		expect(rig.boot()).toEqual({ did: "none", runs: versionText(1) });
	});

	test("N9 an upload that ends too early, and bytes beyond its end", () => {
		const { IMAGE_DATA_OVERRUN, IMAGE_INVALID_LENGTH, IMAGE_INVALID_OFFSET } = rig.image;
		const next = image(2);
		for (const length of [0, 1, 31, 32, 33, next.length - 1]) {
			expect(rig.ended(rig.store.begin(next.length, new Uint8Array(32), 0, false))).toBe(0);
			if (length > 0) expect(rig.ended(rig.store.write(next, 0, length, 0))).toBe(0);
			expect(rig.ended(rig.store.finish())).toBe(IMAGE_INVALID_LENGTH);
			expect(rig.state(1)).toBeUndefined();
		}
		expect(rig.ended(rig.store.write(next, 0, 10, 0))).toBe(IMAGE_INVALID_OFFSET);
		rig.ended(rig.store.begin(next.length, new Uint8Array(32), 0, false));
		expect(rig.ended(rig.store.write(next, 0, 100, 0))).toBe(0);
		expect(rig.ended(rig.store.write(next, 0, 100, 99))).toBe(IMAGE_INVALID_OFFSET);
		expect(rig.ended(rig.store.write(next, 0, next.length, 100))).toBe(IMAGE_DATA_OVERRUN);
		expect(rig.store.offset).toBe(100);
	});

	test("N9 a whole image that says it is shorter or longer than the upload", () => {
		const { IMAGE_INVALID_HEADER, IMAGE_NO_TLVS } = rig.image;
		refused(image(2, { header: { imageBytes: 0xffffffff } }), IMAGE_INVALID_HEADER);
		refused(image(2, { header: { imageBytes: 0xfffffe00 } }), IMAGE_INVALID_HEADER);
		refused(image(2, { header: { imageBytes: 990 } }), IMAGE_NO_TLVS);
		refused(image(2).subarray(0, 512 + 1000), IMAGE_NO_TLVS);
		refused(image(2).subarray(0, 512 + 1000 + 3), IMAGE_NO_TLVS);
	});

	test("N9 more bytes than an area has room for: before anything is erased", () => {
		const next = image(2);
		rig.upload(next);
		expect(rig.ended(rig.store.begin(16384, new Uint8Array(32), 32, false))).toBe(rig.image.IMAGE_TOO_LARGE);
		expect(rig.ended(rig.store.begin(Number.MAX_SAFE_INTEGER, new Uint8Array(32), 32, false))).toBe(
			rig.image.IMAGE_TOO_LARGE,
		);
		expect(rig.ended(rig.store.begin(Number.NaN, new Uint8Array(32), 32, false))).toBe(rig.image.IMAGE_INVALID_LENGTH);
		expect(rig.state(1)).toMatchObject({ major: 2 });
	});

	test("N9 an upload over what the next start needs, and an erase of it", () => {
		const { IMAGE_NO_FREE_SLOT, IMAGE_ALREADY_PENDING, IMAGE_CONFIRMATION_DENIED } = rig.image;
		const next = image(2);
		rig.upload(next);
		rig.ended(rig.store.setTest(hashOf(next)));
		expect(rig.upload(image(3))).toBe(IMAGE_NO_FREE_SLOT);
		expect(rig.ended(rig.store.erase(1))).toBe(IMAGE_NO_FREE_SLOT);
		expect(rig.ended(rig.store.erase(0))).toBe(IMAGE_NO_FREE_SLOT);
		expect(rig.ended(rig.store.erase(2))).toBe(rig.image.IMAGE_INVALID_SLOT);
		expect(rig.ended(rig.store.setTest(hashOf(next)))).toBe(IMAGE_ALREADY_PENDING);
		expect(rig.ended(rig.store.confirm(undefined))).toBe(IMAGE_CONFIRMATION_DENIED);
		// The image before is what is gone back to: not to be overwritten until the new one is confirmed.
		rig.boot();
		rig.restart();
		expect(rig.upload(image(3))).toBe(IMAGE_NO_FREE_SLOT);
		expect(rig.ended(rig.store.setTest(hashOf(makeImage({ key: rig.key }))))).toBe(IMAGE_NO_FREE_SLOT);
		rig.ended(rig.store.confirm(undefined));
		expect(rig.upload(image(3))).toBe(0);
	});

	test("N9 a hash that no image has, the running one for a test, an image that is not to be started", () => {
		const running = makeImage({ key: rig.key });
		expect(rig.ended(rig.store.setTest(new Uint8Array(32)))).toBe(rig.image.IMAGE_HASH_NOT_FOUND);
		expect(rig.ended(rig.store.setTest(hashOf(running)))).toBe(rig.image.IMAGE_TEST_TO_ACTIVE_DENIED);
		expect(rig.ended(rig.store.confirm(hashOf(running)))).toBe(0);
		const passive = image(2, { flags: 0x10 });
		expect(rig.upload(passive)).toBe(0);
		expect(rig.state(1)).toMatchObject({ bootable: false });
		expect(rig.ended(rig.store.setTest(hashOf(passive)))).toBe(rig.image.IMAGE_INVALID_HEADER);
	});

	test("N9 flash that does not take what it is given", () => {
		const { IMAGE_FLASH_ERASE_FAILED, IMAGE_FLASH_WRITE_FAILED } = rig.image;
		const next = image(2);
		rig.sim.flash.broken = true;
		expect(rig.upload(next)).toBe(IMAGE_FLASH_ERASE_FAILED);
		rig.sim.flash.restore();
		rig.ended(rig.store.begin(next.length, new Uint8Array(32), 0, false));
		rig.ended(rig.store.write(next, 0, 100, 0));
		rig.sim.flash.broken = true;
		expect(rig.ended(rig.store.write(next, 100, 200, 100))).toBe(IMAGE_FLASH_WRITE_FAILED);
		expect(rig.store.size).toBe(0);
		rig.sim.flash.restore();
		expect(rig.upload(next)).toBe(0);
	});
});

describe("N9 an upload that is interrupted by its client", () => {
	test("N9 it goes on at the offset that is there, when size and name are the same", () => {
		const next = image(2);
		const sha = new Uint8Array(8).fill(5);
		expect(rig.ended(rig.store.begin(next.length, sha, 8, false))).toBe(0);
		rig.ended(rig.store.write(next, 0, 300, 0));
		expect(rig.ended(rig.store.begin(next.length, sha, 8, false))).toBe(0);
		expect(rig.store.offset).toBe(300);
		expect(rig.upload(next, { sha })).toBe(0);
	});

	test.each([
		["another name", new Uint8Array(8).fill(6), 0],
		["a shorter name", new Uint8Array(7).fill(5), 0],
		["no name", new Uint8Array(0), 0],
		["another size", new Uint8Array(8).fill(5), 1],
	])("N9 with %s it begins anew", (_, sha, more) => {
		const next = image(2);
		rig.ended(rig.store.begin(next.length, new Uint8Array(8).fill(5), 8, false));
		rig.ended(rig.store.write(next, 0, 300, 0));
		expect(rig.ended(rig.store.begin(next.length + more, sha, sha.length, false))).toBe(0);
		expect(rig.store.offset).toBe(0);
	});

	test("N9 a call that is given up in the middle ends the upload, and leaves no image", () => {
		const next = image(2);
		rig.ended(rig.store.begin(next.length, new Uint8Array(32), 0, false));
		rig.ended(rig.store.write(next, 0, next.length, 0));
		const finishing = rig.store.finish();
		expect(finishing.poll(0)).toBe(1);
		finishing.drop();
		finishing.drop();
		expect(rig.store.size).toBe(0);
		expect(rig.state(1)).toBeUndefined();
		expect(rig.upload(next)).toBe(0);
	});

	test("N9 looking at the areas between two turns disturbs nothing", () => {
		const next = image(2);
		rig.ended(rig.store.begin(next.length, new Uint8Array(32), 0, false));
		rig.ended(rig.store.write(next, 0, next.length, 0));
		const finishing = rig.store.finish();
		while (finishing.poll(0) === 1) {
			expect(rig.state(0)).toMatchObject({ major: 1 });
			expect(rig.state(1)).toBeUndefined();
		}
		expect(finishing.take()).toBe(0);
	});
});

test("N9 keys that are none are refused at start-up", () => {
	const { FlashImages } = rig.image;
	expect(() => new FlashImages({ keys: [] })).toThrow(RangeError);
	expect(() => new FlashImages({ keys: ["00"] })).toThrow(RangeError);
	expect(() => new FlashImages({ keys: ["g".repeat(64)] })).toThrow(RangeError);
});
