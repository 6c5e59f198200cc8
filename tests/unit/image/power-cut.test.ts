/**
 * N9 The power goes at any write or erase, with that one not done or half done (done, and nobody told, is the next one not done): whatever is
 * left, a boot loader starts an image that was verified: the one that ran, or, once it is marked, the new one. And the device can be
 * updated afterwards.
 */
import { describe, expect, test } from "vitest";
import { hashOf, makeImage } from "./images.ts";
import { freshRig, isGood, type Rig, type RigOptions, versionText } from "./rig.ts";

/** What the operation in which the power goes has done by then. */
const PARTS = [0.5, 0];

interface Scenario {
	name: string;
	flash: RigOptions;
	/** Before the power may go. */
	before?: (rig: Rig, next: Buffer) => void;
	/** While it may. Throws PowerCut. */
	during: (rig: Rig, next: Buffer) => void;
	/** Versions that may run at the start after a cut. */
	may: number[];
}

const must = (status: number): void => {
	if (status !== 0) throw new Error("status " + status);
};

const shapes: [string, RigOptions][] = [
	["units of 8, sectors of 1 KB", { bytes: 4096, unit: 8, sectors: [1024] }],
	["units of 4, one large sector", { bytes: 4096, unit: 4, sectors: [4096] }],
	["units of 1, sectors of several sizes", { bytes: 4096, unit: 1, sectors: [256, 2048, 512] }],
	["exchanged by moving", { bytes: 4096, unit: 8, sectors: [256], swap: "move" }],
	["exchanged by an offset", { bytes: 4096, unit: 4, sectors: [256], swap: "offset" }],
];

const scenarios: Scenario[] = shapes.flatMap(([shape, flash]) => [
	{
		name: "an upload over an older one, " + shape,
		flash,
		before: (rig) => must(rig.upload(makeImage({ key: rig.key, version: [1, 5, 0, 0], bytes: 90, headerBytes: 32 }))),
		during: (rig, next) => must(rig.upload(next)),
		may: [1],
	},
	{
		name: "marking for a test, " + shape,
		flash,
		before: (rig, next) => must(rig.upload(next)),
		during: (rig, next) => must(rig.ended(rig.store.setTest(hashOf(next)))),
		may: [1, 2],
	},
	{
		name: "marking for good, " + shape,
		flash,
		before: (rig, next) => must(rig.upload(next)),
		during: (rig, next) => must(rig.ended(rig.store.confirm(hashOf(next)))),
		may: [1, 2],
	},
	{
		name: "confirming what runs, " + shape,
		flash,
		before: (rig, next) => {
			must(rig.upload(next));
			must(rig.ended(rig.store.setTest(hashOf(next))));
			rig.boot();
			rig.restart();
		},
		during: (rig) => must(rig.ended(rig.store.confirm(undefined))),
		may: [1, 2],
	},
	{
		name: "an erase, " + shape,
		flash,
		before: (rig, next) => must(rig.upload(next)),
		during: (rig) => must(rig.ended(rig.store.erase(1))),
		may: [1],
	},
]);

/** Runs the scenario with the power going after so many operations; false: it came to its end before. */
function cut(rig: Rig, scenario: Scenario, next: Buffer, after: number, part: number): boolean {
	const { flash, PowerCut } = rig.sim;
	flash.make(scenario.flash as object);
	rig.restart();
	rig.install(makeImage({ key: rig.key, version: [1, 0, 0, 0], bytes: 90, headerBytes: 32 }));
	scenario.before?.(rig, next);
	flash.restore();
	flash.cutAfter = after;
	flash.cutPart = part;
	try {
		scenario.during(rig, next);
	} catch (error) {
		if (!(error instanceof PowerCut)) throw error;
		return true;
	}
	return false;
}

describe("N9 the power goes at every single write and erase", () => {
	test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("N9 %s", async (_, scenario) => {
		const rig = await freshRig(scenario.flash);
		const next = makeImage({ key: rig.key, version: [2, 0, 0, 0], bytes: 150, headerBytes: 32 });
		let cuts = 0;
		for (const part of PARTS)
			for (let after = 0; cut(rig, scenario, next, after, part); after++) {
				cuts++;
				const where = "cut after " + after + ", " + part + " of the next";
				// Nothing is ever marked that has not been verified.
				if (rig.decision() !== "none" && rig.decision() !== "revert")
					expect(isGood(rig.sim.flash.areas[1].subarray(rig.base), rig.key), where).toBe(true);
				const { runs } = rig.boot();
				expect(
					scenario.may.map((major) => versionText(major)),
					where,
				).toContain(runs);
				if (part === 0 && after % 8 !== 0) continue; // the rest takes long, and after half an operation there is more to go wrong
				// Whatever an interruption has left: nothing is found in area 1 that is no whole image.
				rig.sim.flash.restore();
				rig.restart();
				const left = rig.state(1);
				if (left !== undefined) expect([1, 2], where).toContain(left.major);
				// And it can be updated still: what waits to be confirmed is, what is pending is started, then a new image comes.
				rig.boot();
				must(rig.ended(rig.store.confirm(undefined)));
				const last = makeImage({ key: rig.key, version: [3, 0, 0, 0], bytes: 150, headerBytes: 32 });
				expect(rig.upload(last), where).toBe(0);
				expect(rig.ended(rig.store.confirm(hashOf(last))), where).toBe(0);
				expect(rig.boot(), where).toEqual({ did: "permanent", runs: versionText(3) });
			}
		expect(cuts).toBeGreaterThanOrEqual(PARTS.length);
	});

	test("N9 a mark that was cut short is never more than what was asked for, and can be completed", async () => {
		const rig = await freshRig(shapes[0][1]);
		const next = makeImage({ key: rig.key, version: [2, 0, 0, 0], bytes: 150, headerBytes: 32 });
		const scenario = scenarios[1];
		for (let after = 0; cut(rig, scenario, next, after, 0); after++) {
			expect(["none", "test"]).toContain(rig.decision());
			rig.sim.flash.restore();
			rig.restart();
			must(rig.ended(rig.store.confirm(hashOf(next))));
			expect(rig.decision()).toBe("permanent");
		}
		const permanent = scenarios[2];
		for (let after = 0; cut(rig, permanent, next, after, 0); after++) {
			rig.sim.flash.restore();
			rig.restart();
			if (rig.decision() === "none") must(rig.ended(rig.store.setTest(hashOf(next))));
			expect(rig.decision()).toBe("test");
		}
	});
});
