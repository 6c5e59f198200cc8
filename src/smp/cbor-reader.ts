/**
 * CBOR (RFC 8949) read where it lies: a pull parser over one static buffer. It makes nothing, not even a number of its own for what it
 * passes over: who wants a value goes to it and reads it.
 *
 * The payload of a request is a map with texts as keys. `check` goes over it once, bit by bit; after that `find` and the readers meet
 * nothing that is not well-formed. What is well-formed and of no use here (floats, tags) is passed over.
 *
 * Task context; nothing allocates. Finding a key is linear in what stands before it.
 */
import { isText } from "#hal";

const UNSIGNED = 0;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const SIMPLE = 7;

const BREAK = 0xff;
const NULL = 0xf6;
const FALSE = 20;
const TRUE = 21;

/** How deep arrays and maps may lie in each other. */
const DEPTH_MAX = 8;
/** What `left` holds of an item of indefinite length: it ends with a break. In a map keys and values alternate. */
const OPEN = -1;
const OPEN_KEY = -2;
const OPEN_VALUE = -3;

/** Reads a message. Made at start-up, for one buffer. */
export class CborReader {
	/** The buffer. */
	readonly bytes: Uint8Array;
	/** Where the next item begins. */
	at = 0;
	/** Where the string begins that was read last. */
	start = 0;
	/** And where it ends, the byte not included. */
	end = 0;
	private first = 0;
	private limit = 0;
	private major = 0;
	private info = 0;
	private value = 0;
	private readonly left: number[] = new Array(DEPTH_MAX).fill(0);

	/** INIT */
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	/** Whether bytes `from` to `to` (not included) are one map with texts as keys, and nothing behind it. Begins to read there. */
	check(from: number, to: number): boolean {
		this.first = from;
		this.at = from;
		this.limit = to;
		if (!this.head() || this.major !== MAP) return false;
		let items = this.indefinite() ? OPEN : this.value;
		while (items !== 0) {
			if (items === OPEN && this.at < to && this.bytes[this.at] === BREAK) {
				this.at++;
				break;
			}
			if (!this.string(TEXT) || !this.skip()) return false;
			if (items > 0) items--;
		}
		return this.at === to;
	}

	/** Goes to the value of a key of the map; false: there is none, or it is null, which clients write for what they have not. */
	find(key: string): boolean {
		this.at = this.first;
		this.head();
		let items = this.indefinite() ? OPEN : this.value;
		while (items !== 0) {
			if (items === OPEN && this.bytes[this.at] === BREAK) return false;
			this.string(TEXT);
			if (isText(key, this.bytes, this.start, this.end)) return this.bytes[this.at] !== NULL;
			this.skip();
			if (items > 0) items--;
		}
		return false;
	}

	/** Reads a whole number from 0; -1: the item is none, or above 2^53 - 1. */
	unsigned(): number {
		if (!this.head() || this.major !== UNSIGNED || this.value > Number.MAX_SAFE_INTEGER) return -1;
		return this.value;
	}

	/** Reads a truth value: 1 or 0; -1: the item is none. */
	truth(): number {
		if (!this.head() || this.major !== SIMPLE) return -1;
		return this.info === TRUE ? 1 : this.info === FALSE ? 0 : -1;
	}

	/** Reads a text: it is from `start` to `end`. False: the item is none. */
	text(): boolean {
		return this.string(TEXT);
	}

	/** Reads a byte string, likewise. */
	byteString(): boolean {
		return this.string(BYTES);
	}

	/** Whether the string that was read last is that text. */
	is(text: string): boolean {
		return isText(text, this.bytes, this.start, this.end);
	}

	/** Enters an array: how many items it has; -1: no array of known length. */
	array(): number {
		if (!this.head() || this.major !== ARRAY || this.indefinite()) return -1;
		return this.value;
	}

	/** A string in one piece; one in several counts as none. */
	private string(major: number): boolean {
		if (!this.head() || this.major !== major || this.indefinite()) return false;
		if (this.value > this.limit - this.at) return false;
		this.start = this.at;
		this.at += this.value;
		this.end = this.at;
		return true;
	}

	private indefinite(): boolean {
		return this.info === 31;
	}

	/** Passes over one item and what is in it. False: it is not well-formed, or too deep. */
	skip(): boolean {
		const { left } = this;
		let depth = -1;
		for (;;) {
			if (depth >= 0 && left[depth] < 0 && this.at < this.limit && this.bytes[this.at] === BREAK) {
				if (left[depth] === OPEN_VALUE) return false;
				this.at++;
				depth--;
			} else {
				if (!this.head()) return false;
				const items = this.itemsWithin();
				if (items < OPEN_VALUE) return false;
				if (depth >= 0) {
					if (left[depth] === OPEN_KEY) left[depth] = OPEN_VALUE;
					else if (left[depth] === OPEN_VALUE) left[depth] = OPEN_KEY;
					else if (left[depth] > 0) left[depth]--;
				}
				if (items !== 0) {
					depth++;
					if (depth === DEPTH_MAX) return false;
					left[depth] = items;
				}
			}
			while (depth >= 0 && left[depth] === 0) depth--;
			if (depth < 0) return true;
		}
	}

	/** Of the item whose head was read: how many items follow that are parts of it, or OPEN…; less: it is not well-formed. */
	private itemsWithin(): number {
		const { major, value } = this;
		const room = this.limit - this.at;
		if (major === BYTES || major === TEXT) {
			if (this.indefinite()) return this.pieces(major) ? 0 : OPEN_VALUE - 1;
			if (value > room) return OPEN_VALUE - 1;
			this.at += value;
			return 0;
		}
		if (major === TAG) return 1;
		if (major === ARRAY) return this.indefinite() ? OPEN : value > room ? OPEN_VALUE - 1 : value;
		if (major === MAP) return this.indefinite() ? OPEN_KEY : 2 * value > room ? OPEN_VALUE - 1 : 2 * value;
		return 0;
	}

	/** Passes over the pieces of a string: each a string of the same kind, of known length. */
	private pieces(major: number): boolean {
		while (this.at < this.limit) {
			if (this.bytes[this.at] === BREAK) {
				this.at++;
				return true;
			}
			if (!this.string(major)) return false;
		}
		return false;
	}

	/** Reads an item's head. False: it is cut off, or none (a break, for one). */
	private head(): boolean {
		if (this.at >= this.limit) return false;
		const byte = this.bytes[this.at];
		const info = byte & 31;
		const major = byte >> 5;
		this.at++;
		this.major = major;
		this.info = info;
		this.value = info;
		if (info < 24) return true;
		if (info > 27) return info === 31 && major >= BYTES && major <= MAP;
		const count = 1 << (info - 24);
		if (count > this.limit - this.at) return false;
		let value = 0;
		for (let i = 0; i < count; i++) value = value * 256 + this.bytes[this.at + i];
		this.at += count;
		this.value = value;
		// A simple value below 32 has a shorter form, which is the only one.
		return major !== SIMPLE || info !== 24 || value >= 32;
	}
}
