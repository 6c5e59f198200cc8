/**
 * Messages on a line that also carries text. A message, its length before it and a CRC-16 (XMODEM) behind it, is written in base64 and cut
 * into lines: the first begins with the bytes 6 and 9, the others with 4 and 20; each is at most 127 bytes, newline included. Whatever
 * else stands on the line is text, and none of its characters is one of these.
 *
 * Task context; nothing allocates. A byte that comes in costs about a thousand instructions on a board.
 */
import { writeBytes } from "#hal";

export const LINE_BYTES = 127;
/** Bytes that a line has room for: 124 characters of base64 between its first two bytes and the newline. */
const LINE_PAYLOAD = 93;
const LENGTH_BYTES = 2;
const CRC_BYTES = 2;

const START_1 = 6;
const START_2 = 9;
const CONTINUE_1 = 4;
const CONTINUE_2 = 20;
const NEWLINE = 10;
const RETURN = 13;
const PAD = 61;

/** What the place in a line says of what comes next. */
const IN_TEXT = 0;
const AFTER_START = 1;
const AFTER_CONTINUE = 2;
const IN_FRAME = 3;

/** CRC-16, polynomial 0x1021, first 0, of one more byte. */
export function crcOf(crc: number, byte: number): number {
	let high = (crc >> 8) ^ byte;
	high ^= high >> 4;
	return ((crc << 8) ^ (high << 12) ^ (high << 5) ^ high) & 0xffff;
}

/** The six bits of a character of base64; -1: it is none. */
function sextet(code: number): number {
	if (code >= 97 && code <= 122) return code - 71;
	if (code >= 65 && code <= 90) return code - 65;
	if (code >= 48 && code <= 57) return code + 4;
	return code === 43 ? 62 : code === 47 ? 63 : -1;
}

function character(bits: number): number {
	if (bits < 26) return bits + 65;
	if (bits < 52) return bits + 71;
	if (bits < 62) return bits - 4;
	return bits === 62 ? 43 : 47;
}

/**
 * Takes messages out of what comes in. The length's two bytes are not kept: the message goes to `at` of the buffer, the CRC behind it. What
 * breaks off, is too long or has the wrong CRC is dropped, and counted.
 */
export class FrameReader {
	/** Frames that were begun and came to nothing. */
	dropped = 0;
	private readonly bytes: Uint8Array;
	private readonly at: number;
	private readonly limit: number;
	private place = IN_TEXT;
	/** A message is under way: its first line has come. */
	private open = false;
	/** Bytes that have come of it, with its length; and how many it has. */
	private have = 0;
	private want = 0;
	private crc = 0;
	/** Bits of base64 that make no byte yet, how many characters they are from, and how many of these are padding. */
	private bits = 0;
	private characters = 0;
	private padding = 0;

	/** INIT. Messages of at most `size` bytes; the buffer has 2 more behind them. */
	constructor(bytes: Uint8Array, at: number, size: number) {
		this.bytes = bytes;
		this.at = at;
		this.limit = size;
	}

	/** One byte of the line. How long the message is that is complete with it; 0: none is. */
	accept(byte: number): number {
		if (byte === START_1 || byte === CONTINUE_1) {
			// Neither is a character of text or of base64: a line begins here, whatever was before.
			if (this.place === IN_FRAME) this.drop();
			this.place = byte === START_1 ? AFTER_START : AFTER_CONTINUE;
			return 0;
		}
		const { place } = this;
		if (place === IN_TEXT) return 0;
		if (place === IN_FRAME) return byte === NEWLINE ? this.endLine() : this.payload(byte);
		this.place = IN_TEXT;
		if (place === AFTER_START && byte === START_2) this.begin();
		else if (place === AFTER_CONTINUE && byte === CONTINUE_2 && this.open) this.place = IN_FRAME;
		return 0;
	}

	private begin(): void {
		if (this.open) this.dropped++;
		this.open = true;
		this.have = 0;
		this.want = 0;
		this.crc = 0;
		this.place = IN_FRAME;
	}

	private drop(): void {
		this.dropped++;
		this.open = false;
		this.place = IN_TEXT;
		this.characters = 0;
		this.padding = 0;
	}

	private payload(code: number): number {
		if (code === RETURN) return 0;
		const bits = sextet(code);
		if (bits < 0 && code === PAD) this.padding++;
		else if (bits < 0 || this.padding > 0) {
			this.drop();
			return 0;
		}
		this.bits = ((this.bits << 6) | Math.max(bits, 0)) & 0xff_ffff;
		this.characters++;
		if (this.characters < 4) return 0;
		const { bits: three, padding } = this;
		this.characters = 0;
		this.put(three >> 16);
		if (padding < 2) this.put((three >> 8) & 255);
		if (padding < 1) this.put(three & 255);
		if (padding > 2 || !this.fits()) this.drop();
		return 0;
	}

	/** Whether what has come can be a message: one that is not empty, and not larger than the buffer. */
	private fits(): boolean {
		if (this.have < LENGTH_BYTES) return true;
		return this.want > CRC_BYTES && this.want <= this.limit + CRC_BYTES && this.have <= this.want + LENGTH_BYTES;
	}

	private put(byte: number): void {
		if (this.have < LENGTH_BYTES) this.want = (this.want << 8) | byte;
		else if (this.have < this.want + LENGTH_BYTES && this.want <= this.limit + CRC_BYTES) {
			this.crc = crcOf(this.crc, byte);
			this.bytes[this.at + this.have - LENGTH_BYTES] = byte;
		}
		this.have++;
	}

	private endLine(): number {
		if (this.characters !== 0) {
			this.drop();
			return 0;
		}
		this.place = IN_TEXT;
		const { padding } = this;
		this.padding = 0;
		if (this.have < this.want + LENGTH_BYTES || this.have < LENGTH_BYTES) {
			if (padding > 0) this.drop();
			return 0;
		}
		this.open = false;
		// The CRC of a message and its own CRC is 0.
		if (this.crc === 0) return this.want - CRC_BYTES;
		this.dropped++;
		return 0;
	}
}

/** Writes messages to the console, line by line, each in one piece. Made at start-up. */
export class FrameWriter {
	private readonly line = new Uint8Array(LINE_BYTES);
	private bytes: Uint8Array = this.line;
	private at = 0;
	/** Bytes of the frame: length, message, CRC. */
	private size = 0;
	private done = 0;
	private crc = 0;

	/** Begins to write a message. */
	begin(bytes: Uint8Array, at: number, length: number): void {
		this.bytes = bytes;
		this.at = at;
		this.size = length + LENGTH_BYTES + CRC_BYTES;
		this.done = 0;
		this.crc = 0;
		for (let i = 0; i < length; i++) this.crc = crcOf(this.crc, bytes[at + i]);
	}

	/** Makes and writes the next line. False: that was the last. */
	next(): boolean {
		const { line, size } = this;
		const first = this.done === 0;
		line[0] = first ? START_1 : CONTINUE_1;
		line[1] = first ? START_2 : CONTINUE_2;
		const end = Math.min(size, this.done + LINE_PAYLOAD);
		let to = 2;
		for (let from = this.done; from < end; from += 3) {
			const three = (this.byteAt(from) << 16) | (this.byteAt(from + 1) << 8) | this.byteAt(from + 2);
			line[to] = character(three >> 18);
			line[to + 1] = character((three >> 12) & 63);
			line[to + 2] = from + 1 < end ? character((three >> 6) & 63) : PAD;
			line[to + 3] = from + 2 < end ? character(three & 63) : PAD;
			to += 4;
		}
		line[to] = NEWLINE;
		writeBytes(line, 0, to + 1);
		this.done = end;
		return end < size;
	}

	private byteAt(index: number): number {
		const { size, crc } = this;
		if (index < LENGTH_BYTES) {
			const length = size - LENGTH_BYTES;
			return index === 0 ? length >> 8 : length & 255;
		}
		if (index < size - CRC_BYTES) return this.bytes[this.at + index - LENGTH_BYTES];
		if (index >= size) return 0;
		return index === size - CRC_BYTES ? crc >> 8 : crc & 255;
	}
}
