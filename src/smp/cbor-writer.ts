/**
 * CBOR (RFC 8949) written into one static buffer. Maps and arrays are of indefinite length, so nobody has to count before; numbers and
 * strings have their shortest head, but for `beginText`. What does not fit is left out and `full` says so.
 *
 * Task context; nothing allocates.
 */
import { copyText } from "#hal";

const BREAK = 0xff;
const MAP = 0xbf;
const ARRAY = 0x9f;
const FALSE = 0xf4;
const UNSIGNED = 0 << 5;
const NEGATIVE = 1 << 5;
const BYTES = 2 << 5;
const TEXT = 3 << 5;
const TWO_BYTES = 25;
const WORD = 0x1_0000_0000;
/** The longest head of a text whose length comes later. */
const HEAD_BYTES = 3;

/** Writes a message. Made at start-up, for one buffer. */
export class CborWriter {
	/** The buffer. */
	readonly bytes: Uint8Array;
	/** Where the next item goes. */
	at = 0;
	/** Something did not fit. */
	full = false;
	private limit = 0;
	private text0 = 0;

	/** INIT */
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	/** Begins to write: from `from`, not beyond `to`. */
	begin(from: number, to: number): void {
		this.at = from;
		this.limit = to;
		this.full = false;
	}

	/** How many bytes there is room for. */
	get room(): number {
		return this.full ? 0 : this.limit - this.at;
	}

	/** Begins a map; `close` ends it. */
	map(): void {
		this.byte(MAP);
	}

	/** Begins an array; `close` ends it. */
	array(): void {
		this.byte(ARRAY);
	}

	/** Ends the map or array begun last. */
	close(): void {
		this.byte(BREAK);
	}

	/** A whole number from -(2^53) to 2^53. */
	integer(value: number): void {
		if (value < 0) this.head(NEGATIVE, -1 - value);
		else this.head(UNSIGNED, value);
	}

	truth(value: boolean): void {
		this.byte(value ? FALSE + 1 : FALSE);
	}

	/** A text, or a key. */
	text(text: string): void {
		const from = this.at;
		// The head is as long as the text wants it: it is put in front when that is known.
		const length = this.fits(1) ? copyText(text, this.bytes, from + 1, this.limit) : -1;
		if (length < 0) this.full = true;
		else this.putHead(from, TEXT, length);
	}

	/** A text of bytes that lie in the buffer, a request's for one. */
	textOf(start: number, end: number): void {
		this.head(TEXT, end - start);
		this.copy(start, end);
	}

	/** A byte string, from another array or the same. */
	byteString(bytes: Uint8Array, start: number, end: number): void {
		this.head(BYTES, end - start);
		if (!this.fits(end - start)) return;
		for (let i = start; i < end; i++) this.bytes[this.at + i - start] = bytes[i];
		this.at += end - start;
	}

	/** Begins a byte string of up to `length` bytes that somebody else writes to `at`; `endBytes` says how many it were. False: no room. */
	beginBytes(length: number): boolean {
		if (!this.fits(HEAD_BYTES + length)) return false;
		this.text0 = this.at;
		this.at += HEAD_BYTES;
		return true;
	}

	/** So many bytes were written. */
	endBytes(length: number): void {
		this.at += length;
		this.longHead(BYTES);
	}

	/** Begins a text whose parts are `part`, `partOf`, `digits` and `code`; `endText` ends it. */
	beginText(): void {
		if (!this.fits(HEAD_BYTES)) return;
		this.text0 = this.at;
		this.at += HEAD_BYTES;
	}

	/** A part of a text. */
	part(text: string): void {
		const length = copyText(text, this.bytes, this.at, this.limit);
		if (length < 0) this.full = true;
		else this.at += length;
	}

	/** A part that lies in the buffer. */
	partOf(start: number, end: number): void {
		this.copy(start, end);
	}

	/** A character below 128. */
	code(code: number): void {
		this.byte(code);
	}

	/** A whole number in decimal digits, with zeros in front up to a width. */
	digits(value: number, width = 1): void {
		if (value < 0) {
			this.byte(45);
			value = -value;
		}
		let divisor = 1;
		let count = 1;
		while (value / divisor >= 10) {
			divisor *= 10;
			count++;
		}
		for (; count < width; count++) this.byte(48);
		for (; divisor >= 1; divisor /= 10) this.byte(48 + (Math.floor(value / divisor) % 10));
	}

	/** The text's end. */
	endText(): void {
		if (!this.full) this.longHead(TEXT);
	}

	private longHead(major: number): void {
		const length = this.at - this.text0 - HEAD_BYTES;
		this.bytes[this.text0] = major | TWO_BYTES;
		this.bytes[this.text0 + 1] = length >> 8;
		this.bytes[this.text0 + 2] = length & 255;
	}

	private copy(start: number, end: number): void {
		if (!this.fits(end - start)) return;
		this.bytes.copyWithin(this.at, start, end);
		this.at += end - start;
	}

	/** A text's head at `from`, before its bytes, which stand behind a head of one byte. */
	private putHead(from: number, major: number, length: number): void {
		const size = length < 24 ? 1 : length < 256 ? 2 : 3;
		if (!this.fits(size + length)) return;
		if (size > 1) this.bytes.copyWithin(from + size, from + 1, from + 1 + length);
		this.head(major, length);
		this.at += length;
	}

	private head(major: number, value: number): void {
		if (value < 24) {
			this.byte(major | value);
			return;
		}
		const size = value < 0x100 ? 0 : value < 0x1_0000 ? 1 : value < WORD ? 2 : 3;
		if (!this.fits(1 + (1 << size))) return;
		this.byte(major | (24 + size));
		if (size === 3) this.word(Math.floor(value / WORD), 4);
		this.word(value % WORD, size === 3 ? 4 : 1 << size);
	}

	private word(value: number, count: number): void {
		for (let shift = 8 * (count - 1); shift >= 0; shift -= 8) this.byte((value >>> shift) & 255);
	}

	private byte(byte: number): void {
		if (!this.fits(1)) return;
		this.bytes[this.at] = byte;
		this.at++;
	}

	private fits(count: number): boolean {
		if (this.full || count > this.limit - this.at) {
			this.full = true;
			return false;
		}
		return true;
	}
}
