/** A store over the simulated machine's flash, its calls run to their ends, and what a boot loader would start. */
import { createPublicKey, verify as verifySignature } from "node:crypto";
import { vi } from "vitest";
import type { Leaf } from "../../../src/leaf.ts";
import type { SlotState } from "../../../src/smp/image-store.ts";
import { boot, type Decision, decide } from "./boot-model.ts";
import { newKey, sha256, type TestKey } from "./images.ts";

type Image = typeof import("../../../src/image/index.ts") & typeof import("../../../src/smp/image-store.ts");
type Sim = typeof import("stator/sim");
type Store = InstanceType<Image["FlashImages"]>;

export interface Rig {
	image: Image;
	sim: Sim;
	key: TestKey;
	store: Store;
	/** A store as the next start of the program makes it: the flash stays. */
	restart(allowDowngrade?: boolean): Store;
	/** Where an image that comes begins in area 1. */
	base: number;
	/** Polls a call to its end. */
	ended(leaf: Leaf<number>): number;
	/** A whole upload in pieces; the first status that is not 0. */
	upload(image: Uint8Array, options?: { piece?: number; sha?: Uint8Array; upgradeOnly?: boolean }): number;
	/** An image in area 0, as a programmer puts it there. */
	install(image: Uint8Array): void;
	/** What a start does; the version that runs then, or undefined: nothing that could. */
	boot(): { did: Decision; runs: string | undefined };
	decision(): Decision;
	state(slot: number): SlotState | undefined;
}

const running = (area: Uint8Array): string => Buffer.from(area.subarray(20, 28)).toString("hex");

/** An independent look at an image: hash and signature, as a boot loader takes them. */
export function isGood(area: Uint8Array, key: TestKey): boolean {
	const bytes = Buffer.from(area);
	if (bytes.readUInt32LE(0) !== 0x96f3b83d) return false;
	const hashed = bytes.readUInt16LE(8) + bytes.readUInt32LE(12) + bytes.readUInt16LE(10);
	if (hashed + 4 > bytes.length || bytes.readUInt16LE(hashed) !== 0x6907) return false;
	const end = hashed + bytes.readUInt16LE(hashed + 2);
	const hash = sha256(bytes.subarray(0, hashed));
	let hashMatches = false;
	let signed = false;
	for (let at = hashed + 4; at + 4 <= end && end <= bytes.length; ) {
		const [type, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
		const value = bytes.subarray(at + 4, at + 4 + length);
		if (type === 0x10) hashMatches = value.equals(hash);
		if (type === 0x24)
			signed = verifySignature(null, hash, createPublicKey({ key: key.encoded, format: "der", type: "spki" }), value);
		at += 4 + length;
	}
	return hashMatches && signed;
}

export interface RigOptions {
	bytes?: number;
	unit?: number;
	sectors?: number[];
	allowDowngrade?: boolean;
	swap?: import("../../../src/image/upload.ts").Swap;
	keys?: TestKey[];
}

export async function freshRig(options: RigOptions = {}): Promise<Rig> {
	vi.resetModules();
	const sim = await import("stator/sim");
	const image = {
		...(await import("../../../src/image/index.ts")),
		...(await import("../../../src/smp/image-store.ts")),
	};
	const { bytes = 16384, unit = 8, sectors = [2048] } = options;
	sim.flash.make({ bytes, unit, sectors });
	const keys = options.keys ?? [newKey()];
	const texts = keys.map(({ text }) => text);
	const make = (allowDowngrade = options.allowDowngrade === true): Store =>
		new image.FlashImages({ keys: texts, allowDowngrade, ...(options.swap && { swap: options.swap }) });
	const base = options.swap === "offset" ? sectors[0] : 0;
	const rig: Rig = {
		image,
		sim,
		key: keys[0],
		base,
		store: make(),
		restart(allowDowngrade) {
			rig.store = make(allowDowngrade);
			return rig.store;
		},
		ended(leaf) {
			for (let polls = 0; polls < 100_000; polls++) if (leaf.poll(0) !== 1) return leaf.take();
			throw new Error("the call does not end");
		},
		upload(bytes, { piece = 100, sha = sha256(bytes), upgradeOnly = false } = {}) {
			let status = rig.ended(rig.store.begin(bytes.length, sha, sha.length, upgradeOnly));
			for (let at = rig.store.offset; status === 0 && at < bytes.length; at += piece)
				status = rig.ended(rig.store.write(bytes, at, Math.min(at + piece, bytes.length), at));
			return status === 0 ? rig.ended(rig.store.finish()) : status;
		},
		install(bytes) {
			sim.flash.areas[0].fill(0xff);
			sim.flash.areas[0].set(bytes);
		},
		boot() {
			const verify = (area: Uint8Array): boolean => keys.some((key) => isGood(area, key));
			const did = boot(sim.flash.areas, verify, base);
			const area = sim.flash.areas[0];
			return { did, runs: verify(area) ? running(area) : undefined };
		},
		decision: () => decide(sim.flash.areas[0], sim.flash.areas[1]),
		state(slot) {
			const state = new image.SlotState();
			return rig.store.state(slot, state) === 0 ? state : undefined;
		},
	};
	return rig;
}

export const versionText = (major: number, minor = 0, revision = 0, build = 0): string => {
	const bytes = Buffer.alloc(8);
	bytes.writeUInt8(major, 0);
	bytes.writeUInt8(minor, 1);
	bytes.writeUInt16LE(revision, 2);
	bytes.writeUInt32LE(build, 4);
	return bytes.toString("hex");
};
