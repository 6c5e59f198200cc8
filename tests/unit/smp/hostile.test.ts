/**
 * N9 Hostile input: requests that are nearly right, bytes changed, cut off or made up, and frames on the line. After each batch the server
 * answers an echo, nothing outside of its memory has changed, and at the end nothing has grown. STATOR_SMP_FRAMES=10000000 hunts longer,
 * with a quarter of them on the line unless STATOR_SMP_LINES says how many; STATOR_SEED repeats a run.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { encode } from "cborg";
import { expect, test } from "vitest";
import { FrameReader } from "../../../src/smp/console-frames.ts";
import * as smp from "../../../src/smp/index.ts";
import { deviceOf, SLOT_BYTES } from "../../smp/device.ts";
import { ask, exchange, framed, imageOf, request } from "../../smp/messages.ts";

const FRAMES = Number(process.env.STATOR_SMP_FRAMES ?? 20_000);
const LINES = Number(process.env.STATOR_SMP_LINES ?? FRAMES / 4);
const BATCH = 1000;
/** What Node itself may keep more of in a run (compiled code); a byte a frame would be more in a long one. */
const GROWTH_BYTES = 2 ** 20;
const seed = Number(process.env.STATOR_SEED ?? Math.floor(Math.random() * 2 ** 31));

let state = seed;
/** A whole number from 0 to below `limit`. */
function random(limit: number): number {
	state = (state + 0x6d2b79f5) | 0;
	let bits = Math.imul(state ^ (state >>> 15), state | 1);
	bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
	return ((bits ^ (bits >>> 14)) >>> 0) % limit;
}
const one = <T>(list: readonly T[]): T => list[random(list.length)];

const KEYS = [
	..."d name val max_size argv off len sha data image upgrade hash confirm slot datetime format query force".split(" "),
];
const TEXTS = [
	"",
	"help",
	"tasks",
	"mem",
	"add",
	"number",
	"key",
	"serial",
	"app",
	"a",
	"mode",
	"2026-01-01T00:00:00",
	"1969-99-99T99:99:99",
	"x".repeat(100),
];
const image = imageOf(SLOT_BYTES, 2, 7);

function value(depth: number): unknown {
	switch (random(depth > 3 ? 5 : 8)) {
		case 0:
			return one([
				0,
				1,
				23,
				24,
				255,
				256,
				65_535,
				65_536,
				SLOT_BYTES,
				SLOT_BYTES - 1,
				2 ** 32 - 1,
				2 ** 53 - 1,
				random(1000),
			]);
		case 1:
			return -1 - random(100_000);
		case 2:
			return one(TEXTS);
		case 3: {
			const from = random(SLOT_BYTES);
			return image.subarray(from, from + one([0, 1, 31, 32, 33, random(300)]));
		}
		case 4:
			return one([true, false, null]);
		case 5:
			return Array.from({ length: random(10) }, () => one(TEXTS));
		case 6:
			return Array.from({ length: random(4) }, () => value(depth + 1));
		default:
			return content(depth + 1);
	}
}

function content(depth = 0): Record<string, unknown> {
	const map: Record<string, unknown> = {};
	for (let left = random(5); left > 0; left--) map[one(KEYS)] = value(depth);
	return map;
}

/** A request that has a chance. */
function likely(): Buffer {
	const group = one([0, 1, 1, 1, 2, 3, 9, 9, 64]);
	const asked = { op: one([0, 2, 2, 2, 1]), version: one([0, 1, 1, 1, 2]), sequence: random(256) };
	return request(
		group,
		random(group === 0 ? 10 : 6),
		random(8) === 0 ? Buffer.from(encode(value(0))) : content(),
		asked,
	);
}

/** The same after an accident. */
function damaged(message: Buffer): Buffer {
	switch (random(5)) {
		case 0:
			return message.subarray(0, random(message.length + 1));
		case 1:
			return Buffer.concat([message, Buffer.from([random(256)])]);
		case 2:
			return Buffer.from(Array.from({ length: random(80) }, () => random(256)));
		default: {
			const bytes = Buffer.from(message);
			for (let left = 1 + random(3); left > 0; left--)
				bytes[random(bytes.length)] = one([random(256), 0xff, 0x9f, 0xbf, 0x5f, 0x1b]);
			return bytes;
		}
	}
}

const GUARD = 16;
const SIZE = smp.smpBytes(512, 1024);
const memory = new Uint8Array(SIZE + GUARD).fill(0xa5, SIZE);
const device = deviceOf(smp, { bytes: memory });
const { server } = device;
const reader = new FrameReader(memory, server.requestAt, server.bufferBytes);

function wellAfter(what: string): void {
	expect(ask(server, 0, 0, { d: what }), "seed " + seed).toEqual({ r: what });
	expect([...memory.subarray(SIZE)], "seed " + seed).toEqual(new Array(GUARD).fill(0xa5));
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes that a collection leaves, arrays' included. */
function inUse(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** Compared with the middle of the run: until then Node has compiled what it compiles. */
function sameSince(warm: number, what: string, done: number): void {
	const grown = inUse() - warm;
	console.log(what + ": " + done + " frames, heap " + (grown < 0 ? "" : "+") + grown + " bytes");
	expect(grown, "seed " + seed).toBeLessThan(GROWTH_BYTES);
}

test("N9 requests (seed " + seed + ")", () => {
	let answered = 0;
	let warm = 0;
	for (let done = 0; done < FRAMES; done++) {
		if (done === Math.floor(FRAMES / 2)) warm = inUse();
		device.access.open = random(10) > 0;
		const message = random(2) === 0 ? likely() : damaged(likely());
		if (message.length > server.bufferBytes) continue;
		const reply = exchange(server, message);
		if (reply.length > 0) {
			answered++;
			// Well-formed, whatever was asked, and as long as it says. (Not `expect`: it takes longer than the request.)
			if (!new smp.CborReader(reply).check(8, reply.length) || reply.readUInt16BE(2) !== reply.length - 8)
				expect.fail("seed " + seed + ": " + message.toString("hex") + " gives " + reply.toString("hex"));
		}
		if (done % BATCH === BATCH - 1) wellAfter("batch " + done);
	}
	expect(answered).toBeGreaterThan(FRAMES / 4);
	sameSince(warm, "requests", FRAMES);
}, 36_000_000);

test("N9 frames on the line (seed " + seed + ")", () => {
	let came = 0;
	let warm = 0;
	const accept = (text: string): void => {
		for (let i = 0; i < text.length; i++) {
			const length = reader.accept(text.charCodeAt(i));
			if (length === 0) continue;
			came++;
			if (server.begin(length)) {
				// What the store has to say is said in the other test.
				while (server.resume(server.wait.take()));
			}
		}
	};
	for (let done = 0; done < LINES; done++) {
		if (done === Math.floor(LINES / 2)) warm = inUse();
		let lines = framed(random(4) > 0 ? likely() : damaged(likely()), 4 * (1 + random(31)));
		if (random(2) === 0) {
			const at = random(lines.length);
			const noise = one([
				"\n",
				"\r",
				"\x06",
				"\x06\x09",
				"\x04\x14",
				"=",
				"[    0.001] log\n",
				String.fromCharCode(random(256)),
			]);
			lines = lines.slice(0, at) + noise + lines.slice(at + random(3));
		}
		accept(lines);
		if (done % BATCH === BATCH - 1) {
			// A message whose newline was lost is complete with the next.
			accept("\n");
			const before = came;
			accept(framed(request(0, 0, { d: "line" })));
			expect(came, "seed " + seed).toBe(before + 1);
			wellAfter("line " + done);
		}
	}
	expect(came).toBeGreaterThan(LINES / 2);
	sameSince(warm, "lines", LINES);
}, 36_000_000);
