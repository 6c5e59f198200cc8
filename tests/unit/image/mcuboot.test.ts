/**
 * N9 What MCUboot and this store leave for each other at the ends of both areas, recorded and held against: the store's reading of it, what
 * the store writes, and the model of a boot loader that the other tests go by.
 *
 * Recorded on 2026-11-26 with MCUboot's bootutil v2.4.0-114-g2d4bacc3 (Ed25519, areas of 512 KB in sectors of 4 KB, units of 8) over the
 * file of a program on Linux: mcumgr uploaded, marked and confirmed, bootutil started. Exchanging by a scratch area, by moving and by an
 * offset leave the same, but for the bytes to exchange.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { decide } from "./boot-model.ts";
import { hashOf, makeImage } from "./images.ts";
import { freshRig, type Rig } from "./rig.ts";

const ERASED = "f".repeat(96);
const MAGIC = "77c295f360d2ef7f3552500f2cb67980";
/** An area's last 48 bytes: bytes to exchange, kind of exchange, copy done, image ok (8 each), magic. */
const end = (size: string, kind: string, copyDone: string, imageOk: string): string =>
	[size, kind, copyDone, imageOk].map((field) => field.padEnd(16, "f")).join("") + MAGIC;

interface Start {
	/** What was done before it. */
	after: string;
	ends: [string, string];
	/** What bootutil did with that. */
	did: string;
}

const SIZE = "814c0200";
const SWAPPED: Start[] = [
	{ after: "an image by a programmer", ends: [ERASED, ERASED], did: "none" },
	{ after: "an upload", ends: [ERASED, ERASED], did: "none" },
	{ after: "a mark for a test", ends: [ERASED, end("", "02", "", "")], did: "test" },
	{ after: "a start, not confirmed", ends: [end(SIZE, "02", "01", ""), ERASED], did: "revert" },
	{ after: "taking it back", ends: [end(SIZE, "04", "01", "01"), ERASED], did: "none" },
	{ after: "a mark for a test again", ends: [end(SIZE, "04", "01", "01"), end("", "02", "", "")], did: "test" },
	{ after: "a start, confirmed", ends: [end(SIZE, "02", "01", "01"), ERASED], did: "none" },
	{ after: "a mark for good", ends: [end(SIZE, "02", "01", "01"), end("", "03", "", "01")], did: "permanent" },
	{ after: "its start", ends: [end(SIZE, "03", "01", "01"), ERASED], did: "none" },
];
/** A boot loader that overwrites area 0 and goes back to nothing (MCUBOOT_OVERWRITE_ONLY). */
const OVERWRITTEN: Start[] = [
	{ after: "a mark for a test", ends: [ERASED, end("", "02", "", "")], did: "test" },
	{ after: "its start", ends: [end("", "02", "", ""), ERASED], did: "none" },
	{ after: "confirmed", ends: [end("", "02", "", "01"), ERASED], did: "none" },
	{ after: "a mark for good", ends: [end("", "02", "", "01"), end("", "03", "", "01")], did: "permanent" },
	{ after: "the start of that", ends: [end("", "03", "", "01"), ERASED], did: "none" },
];

let rig: Rig;
beforeEach(async () => {
	rig = await freshRig();
	rig.install(makeImage({ key: rig.key, version: [1, 0, 0, 0] }));
});

const endsNow = (): string[] => rig.sim.flash.areas.map((area) => Buffer.from(area.subarray(-48)).toString("hex"));

/** Without the bytes to exchange, which the model does not count. */
const known = (ends: string[]): string[] => ends.map((text) => text.slice(16));

describe("N9 what MCUboot has left is read as it reads it", () => {
	test.each([...SWAPPED, ...OVERWRITTEN])("N9 after $after: $did", async ({ ends, did }) => {
		const { Trailers, BOOT_NONE, BOOT_TEST, BOOT_PERMANENT, BOOT_REVERT } = await import(
			"../../../src/image/trailer.ts"
		);
		for (const area of [0, 1]) rig.sim.flash.areas[area].set(Buffer.from(ends[area], "hex"), 16384 - 48);
		const trailers = new Trailers();
		expect(trailers.read()).toBe(0);
		const names = { none: BOOT_NONE, test: BOOT_TEST, permanent: BOOT_PERMANENT, revert: BOOT_REVERT };
		expect(trailers.decision).toBe(names[did as keyof typeof names]);
		expect(decide(rig.sim.flash.areas[0], rig.sim.flash.areas[1])).toBe(did);
	});
});

test("N9 the store and the model leave what the store and MCUboot have left, at each step of an update", () => {
	const [second, third] = [2, 3].map((major) => makeImage({ key: rig.key, version: [major, 0, 0, 0] }));
	const must = (status: number) => expect(status).toBe(0);
	const tried = () => {
		must(rig.upload(second));
		must(rig.ended(rig.store.setTest(hashOf(second))));
	};
	const steps: ((() => void) | undefined)[] = [
		undefined,
		() => must(rig.upload(second)),
		() => must(rig.ended(rig.store.setTest(hashOf(second)))),
		undefined,
		undefined,
		tried,
		() => must(rig.ended(rig.store.confirm(undefined))),
		() => {
			must(rig.upload(third));
			must(rig.ended(rig.store.confirm(hashOf(third))));
		},
		undefined,
	];
	expect(steps).toHaveLength(SWAPPED.length);
	for (const [step, { after, ends, did }] of SWAPPED.entries()) {
		steps[step]?.();
		expect(known(endsNow()), after).toEqual(known(ends));
		expect(rig.boot().did, after).toBe(did);
		rig.restart();
	}
});
