/** The keys that images may be signed with: Ed25519 public keys, as `stator sign --public` prints them. Made at start-up. */
import { digestBytes, digestStart, digestTake } from "#hal";
import { HASH_BYTES } from "../smp/image-store.ts";
import { sameBytes } from "./bytes.ts";

export const KEY_BYTES = 32;
/** What stands before the 32 bytes of a key in an X.509 key (RFC 8410): images name their key by the hash of both. */
const PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/** The bytes of a key in hexadecimal. INIT. Throws RangeError unless it is 64 such digits. */
export function keyOf(text: string): Uint8Array {
	const key = new Uint8Array(KEY_BYTES);
	let good = text.length === 2 * KEY_BYTES;
	for (let i = 0; i < KEY_BYTES && good; i++) {
		const high = digitOf(text.charCodeAt(2 * i));
		const low = digitOf(text.charCodeAt(2 * i + 1));
		good = high >= 0 && low >= 0;
		key[i] = high * 16 + low;
	}
	if (!good)
		throw new RangeError("images: a key is 64 hexadecimal digits, as `stator sign --public` prints them, not " + text);
	return key;
}

function digitOf(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/** Keys and their names in images. */
export class Keys {
	private readonly keys: readonly Uint8Array[];
	private readonly names: readonly Uint8Array[];

	/** INIT. Throws RangeError for what is no key, or none. `digest`: one to compute with, free afterwards. */
	constructor(texts: readonly string[], digest: number) {
		if (texts.length === 0)
			throw new RangeError("images: without a key no image could be accepted; `stator sign --new-key` makes one");
		const keys: Uint8Array[] = [];
		const names: Uint8Array[] = [];
		for (let i = 0; i < texts.length; i++) {
			const key = keyOf(texts[i]);
			const encoded = new Uint8Array(PREFIX.length + KEY_BYTES);
			for (let at = 0; at < PREFIX.length; at++) encoded[at] = PREFIX[at];
			encoded.set(key, PREFIX.length);
			const name = new Uint8Array(HASH_BYTES);
			digestStart(digest);
			digestBytes(digest, encoded, 0, encoded.length);
			digestTake(digest, name);
			keys.push(key);
			names.push(name);
		}
		this.keys = keys;
		this.names = names;
	}

	/** The key of that name, or undefined: it is none of ours. HOT */
	find(name: Uint8Array): Uint8Array | undefined {
		for (let i = 0; i < this.names.length; i++) if (sameBytes(this.names[i], name, HASH_BYTES)) return this.keys[i];
		return undefined;
	}
}
