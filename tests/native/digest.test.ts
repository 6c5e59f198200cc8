/** N9 The device's SHA-256 and Ed25519 against Node's, with what is random, what is at an edge, and what is almost right. */
import { execFile } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { fetchMonocypher } from "../../tools/monocypher.ts";
import { compile, compiler, execute, random, root, seedOf } from "./support/compile.ts";

const CASES = Number(process.env.STATOR_DIGESTS ?? 1000);
/** The order of the curve's group, and the prime of its field. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const P = 2n ** 255n - 19n;

let executable: string;

beforeAll(async () => {
	await fetchMonocypher();
	// Without sanitizers, with which it takes minutes to compile: it is ours to use, not to test.
	const object = root + "build/monocypher/host.o";
	await promisify(execFile)(compiler, ["-O2", "-c", root + "build/monocypher/monocypher.c", "-o", object]);
	executable = await compile({
		name: "digest",
		units: ["sha256", "signature"],
		includes: ["build/monocypher"],
		libraries: [object],
	});
}, 180_000);

async function answers(lines: string[]): Promise<string[]> {
	const { code, stdout, stderr } = await execute(executable, lines.join("\n") + "\n");
	expect(stderr).toBe("");
	expect(code).toBe(0);
	return stdout.trim().split("\n");
}

const hex = (bytes: Uint8Array): string => (bytes.length === 0 ? "-" : Buffer.from(bytes).toString("hex"));

test("N9 SHA-256 of every length up to three blocks, in pieces of any length, and of longer ones", async () => {
	const below = random(seedOf("digest"));
	const messages: [Buffer, number][] = [];
	for (let length = 0; length <= 200; length++)
		messages.push([Buffer.from(Array.from({ length }, () => below(256))), 1 + below(130)]);
	for (let i = 0; i < CASES / 10; i++)
		messages.push([Buffer.from(Array.from({ length: below(5000) }, () => below(256))), 1 + below(700)]);
	const found = await answers(messages.map(([bytes, piece]) => "sha " + hex(bytes) + " " + piece));
	expect(found).toEqual(messages.map(([bytes]) => createHash("sha256").update(bytes).digest("hex")));
});

interface SignatureCase {
	what: string;
	signature: Buffer;
	key: Buffer;
	message: Buffer;
}

const rawKey = (der: Buffer): Buffer => der.subarray(-32);

function expected({ signature, key, message }: SignatureCase): boolean {
	const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
	try {
		return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
	} catch {
		return false;
	}
}

async function compare(cases: SignatureCase[]): Promise<number> {
	const found = await answers(
		cases.map(({ signature, key, message }) => "sig " + hex(signature) + " " + hex(key) + " " + hex(message)),
	);
	let good = 0;
	cases.forEach((one, i) => {
		const wanted = expected(one);
		if (wanted) good++;
		expect(found[i] === "1", one.what + ": " + hex(one.signature) + " " + hex(one.key) + " " + hex(one.message)).toBe(
			wanted,
		);
	});
	return good;
}

const little = (value: bigint): Buffer => {
	const bytes = Buffer.alloc(32);
	for (let i = 0; i < 32; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 255n);
	return bytes;
};
const number = (bytes: Buffer): bigint => BigInt("0x" + Buffer.from(bytes).reverse().toString("hex"));

describe("N9 Ed25519", () => {
	test("N9 good signatures, and such with one bit changed in signature, key or message", async () => {
		const below = random(seedOf("ed25519"));
		const cases: SignatureCase[] = [];
		for (let i = 0; i < CASES; i++) {
			const { privateKey, publicKey } = generateKeyPairSync("ed25519");
			const message = Buffer.from(Array.from({ length: i < 300 ? i : 32 }, () => below(256)));
			const one = {
				message,
				key: rawKey(publicKey.export({ format: "der", type: "spki" })),
				signature: sign(null, message, privateKey),
			};
			if (i % 2 === 0) cases.push({ what: "good", ...one });
			else {
				const part = (["signature", "key", "message"] as const)[below(message.length > 0 ? 3 : 2)];
				const changed = Buffer.from(one[part]);
				changed[below(changed.length)] ^= 1 << below(8);
				cases.push({ what: "changed " + part, ...one, [part]: changed });
			}
		}
		expect(await compare(cases)).toBeGreaterThanOrEqual(CASES / 2);
	});

	test("N9 halves that are not reduced, at their edges, exchanged; keys that are no points", async () => {
		const { privateKey, publicKey } = generateKeyPairSync("ed25519");
		const key = rawKey(publicKey.export({ format: "der", type: "spki" }));
		const message = Buffer.from("a message");
		const signature = sign(null, message, privateKey);
		const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
		const cases: SignatureCase[] = [];
		const add = (what: string, first: Buffer, second: Buffer, withKey = key): void => {
			cases.push({ what, signature: Buffer.concat([first, second]), key: withKey, message });
		};
		add("good", r, s);
		// The same signature in a second form: who counts signatures must not see two.
		for (let times = 1n; number(s) + times * L < 2n ** 256n; times++)
			add("s + " + times + " L", r, little(number(s) + times * L));
		for (const edge of [0n, 1n, L - 1n, L, L + 1n, 2n ** 252n, 2n ** 255n, 2n ** 256n - 1n])
			add("s at an edge", r, little(edge));
		for (const edge of [2n, P - 1n, P - 2n, P + 2n, 2n ** 254n, 2n ** 255n + 2n]) add("r at an edge", little(edge), s);
		add("halves exchanged", s, r);
		add("all zero", Buffer.alloc(32), Buffer.alloc(32));
		add("all ones", Buffer.alloc(32, 0xff), Buffer.alloc(32, 0xff));
		for (let value = 2n; value < 40n; value++) add("key " + value, r, s, little(value));
		add("the key's sign", r, s, little(number(key) ^ (1n << 255n)));
		expect(await compare(cases)).toBe(1);
	});
});
