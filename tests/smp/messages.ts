/** Requests and replies of the protocol, made and read with Node's own means and a CBOR library: what the server is held against. */
import { decode, encode } from "cborg";
import type { SmpServer } from "stator/smp";

export const READ = 0;
export const WRITE = 2;

export interface Asked {
	op?: number;
	/** 0 or 1: version 1 or 2 of the protocol. */
	version?: number;
	sequence?: number;
	/** In place of the length of what follows. */
	length?: number;
}

/** A request: header and content, a value or bytes as they are. */
export function request(group: number, id: number, content: unknown = {}, asked: Asked = {}): Buffer {
	const body = content instanceof Uint8Array ? content : encode(content);
	const header = Buffer.alloc(8);
	header[0] = ((asked.version ?? 1) << 3) | (asked.op ?? READ);
	header.writeUInt16BE(asked.length ?? body.length, 2);
	header.writeUInt16BE(group, 4);
	header[6] = asked.sequence ?? 66;
	header[7] = id;
	return Buffer.concat([header, body]);
}

/** Hands a message to a server, waits for what it waits for, and gives the reply; empty: there is none. */
export function exchange(server: SmpServer, message: Uint8Array): Buffer {
	server.bytes.set(message, server.requestAt);
	let waits = server.begin(message.length);
	while (waits) {
		if (server.wait.poll(0) !== 0) throw new Error("the store takes time");
		waits = server.resume(server.wait.take());
	}
	return Buffer.from(server.bytes.subarray(server.replyAt, server.replyAt + server.replyLength));
}

/** What a reply has as content. */
export function contentOf(reply: Uint8Array): unknown {
	return decode(reply.subarray(8));
}

/** Asks, and gives the content of the reply. */
export function ask(server: SmpServer, group: number, id: number, content: unknown = {}, asked: Asked = {}): unknown {
	return contentOf(exchange(server, request(group, id, content, asked)));
}

/** CRC-16 (XMODEM), bit by bit. */
export function crc16(bytes: Uint8Array): number {
	let crc = 0;
	for (const byte of bytes) {
		crc ^= byte << 8;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
	}
	return crc;
}

/** A message as lines of a console, each with so many characters of base64 at most. */
export function framed(message: Uint8Array, characters = 124): string {
	const length = Buffer.alloc(2);
	length.writeUInt16BE(message.length + 2);
	const crc = Buffer.alloc(2);
	crc.writeUInt16BE(crc16(message));
	const text = Buffer.concat([length, message, crc]).toString("base64");
	let lines = "";
	for (let at = 0; at < text.length; at += characters)
		lines += (at === 0 ? "\x06\x09" : "\x04\x14") + text.slice(at, at + characters) + "\n";
	return lines;
}

/** Image bytes that RamStore takes: a header with a version, a body and a hash that is all one byte. */
export function imageOf(size: number, version: number, hash: number): Buffer {
	const image = Buffer.alloc(size, 0x5a);
	image.writeUInt32LE(0x96f3b83d, 0);
	image.fill(0, 4, 32);
	image[20] = version;
	image.fill(hash, size - 32);
	return image;
}
