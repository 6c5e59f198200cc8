/**
 * SMP on a console that also carries text: a message, its length before it and a CRC-16 (XMODEM) behind it, in base64, cut into lines that
 * begin with the bytes 6 and 9, the others with 4 and 20, each of at most 127 bytes.
 */

const LINE_PAYLOAD = 93; // 124 characters of base64
const START = Buffer.from([6, 9]);
const MORE = Buffer.from([4, 20]);

export function crc16(bytes: Uint8Array): number {
	let crc = 0;
	for (const byte of bytes) {
		crc ^= byte << 8;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
	}
	return crc;
}

/** The lines of one message. */
export function frameOf(message: Uint8Array): Buffer {
	const packet = Buffer.alloc(message.length + 4);
	packet.writeUInt16BE(message.length + 2, 0);
	packet.set(message, 2);
	packet.writeUInt16BE(crc16(message), message.length + 2);
	const lines: Buffer[] = [];
	for (let at = 0; at < packet.length; at += LINE_PAYLOAD) {
		const text = packet.subarray(at, at + LINE_PAYLOAD).toString("base64");
		lines.push(at === 0 ? START : MORE, Buffer.from(text + "\n"));
	}
	return Buffer.concat(lines);
}

/** Parts what comes from a console into messages and lines of text. A frame with a wrong CRC, or one that breaks off, is dropped: the client asks again. */
export class ConsoleReader {
	private line = Buffer.alloc(0);
	private packet = Buffer.alloc(0);
	private readonly onMessage: (message: Buffer) => void;
	private readonly onText: (line: string) => void;

	constructor(onMessage: (message: Buffer) => void, onText: (line: string) => void) {
		this.onMessage = onMessage;
		this.onText = onText;
	}

	take(data: Uint8Array): void {
		this.line = Buffer.concat([this.line, data]);
		for (;;) {
			const end = this.line.indexOf(10);
			if (end < 0) return;
			const line = this.line.subarray(0, end);
			this.line = this.line.subarray(end + 1);
			this.takeLine(line.at(-1) === 13 ? line.subarray(0, -1) : line);
		}
	}

	private takeLine(line: Buffer): void {
		const head = line.subarray(0, 2);
		if (head.equals(START)) this.packet = Buffer.alloc(0);
		else if (!head.equals(MORE)) {
			this.onText(line.toString());
			return;
		}
		this.packet = Buffer.concat([this.packet, Buffer.from(line.subarray(2).toString("latin1"), "base64")]);
		if (this.packet.length < 4) return;
		const length = this.packet.readUInt16BE(0);
		if (this.packet.length < length + 2) return;
		const message = this.packet.subarray(2, length);
		if (length >= 2 && this.packet.readUInt16BE(length) === crc16(message)) this.onMessage(message);
		this.packet = Buffer.alloc(0);
	}
}
