/**
 * N9 mcumgr's own messages, recorded and replayed byte for byte, with the answers that it has taken: version 1, datagrams of up to 512 bytes
 * of an image, lines of 124 characters of base64, and longer ones of a newer newtmgr.
 */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Device } from "../../smp/device.ts";
import { deviceOf } from "../../smp/device.ts";
import { LONG_LINES, type Recorded, SERIAL, UDP } from "../../smp/mcumgr-recorded.ts";
import { contentOf, exchange, imageOf } from "../../smp/messages.ts";

let device: Device;
let frames: typeof import("../../../src/smp/console-frames.ts");
let sim: typeof import("stator/sim");
let smp: typeof import("stator/smp");
beforeEach(async () => {
	vi.resetModules();
	sim = await import("stator/sim");
	frames = await import("../../../src/smp/console-frames.ts");
	smp = await import("stator/smp");
	device = deviceOf(smp);
});

/** A line of the server's: types a text on it, and gives what the server writes. */
function lineOf({ server }: Device): (text: string) => string {
	const reader = new frames.FrameReader(server.bytes, server.requestAt, server.bufferBytes);
	const writer = new frames.FrameWriter();
	return (text) => {
		const before = sim.sent().length;
		for (let i = 0; i < text.length; i++) {
			const length = reader.accept(text.charCodeAt(i));
			if (length === 0) continue;
			let waits = server.begin(length);
			while (waits) waits = server.resume(server.wait.take());
			writer.begin(server.bytes, server.replyAt, server.replyLength);
			while (writer.next());
		}
		return sim.sent().slice(before);
	};
}

/** The message of a text of lines. */
function unframed(text: string): Buffer {
	const lines = text.split("\n").slice(0, -1);
	return Buffer.from(lines.map((line) => line.slice(2)).join(""), "base64").subarray(2, -2);
}

const offsetIn = (answered: string): number => (contentOf(unframed(answered)) as { off: number }).off;

function replay(recorded: readonly Recorded[], answer: (sent: string) => string): void {
	for (const [command, messages] of recorded)
		for (const [sent, answered] of messages) expect(answer(sent), command).toBe(answered);
}

/** What has become of the device by the commands of a recording. */
function expectUpdated(): void {
	const slot = new smp.SlotState();
	expect(device.store.state(1, slot)).toBe(0);
	expect(slot).toMatchObject({ major: 2, pending: true, permanent: true });
	expect([...slot.hash]).toEqual(new Array(32).fill(0x22));
	expect(device.settings[0].number).toBe(0x31);
	expect(device.calls).toEqual(["save", "reset false", "reset false"]);
}

describe("recorded and replayed", () => {
	test("on a serial line", () => {
		replay(SERIAL, lineOf(device));
		expectUpdated();
	});

	test("on UDP", () => {
		device = deviceOf(smp, { bufferBytes: 2048 });
		replay(UDP, (sent) => exchange(device.server, Buffer.from(sent, "hex")).toString("hex"));
		expectUpdated();
	});

	test("lines longer than 127 bytes", () => {
		const longest = LONG_LINES.flatMap(([, messages]) => messages.flatMap(([sent]) => sent.split("\n")));
		expect(Math.max(...longest.map((line) => line.length))).toBeGreaterThan(127);
		replay(LONG_LINES, lineOf(device));
	});

	test("both transports carry the same requests, but for the pieces of an upload and what numbers them", () => {
		const contents = (recorded: readonly Recorded[], bytesOf: (sent: string) => Buffer) =>
			recorded
				.filter(([command]) => !command.startsWith("image upload"))
				.map(([command, messages]) => [
					command,
					messages.map(([sent]) => {
						const bytes = bytesOf(sent);
						bytes[6] = 0;
						return bytes.toString("hex");
					}),
				]);
		expect(contents(SERIAL, unframed)).toEqual(contents(UDP, (sent) => Buffer.from(sent, "hex")));
	});
});

describe("what goes wrong on the way", () => {
	const echo = SERIAL[0][1][0];
	const piece = (image: readonly Recorded[], index: number) =>
		(image.find(([command]) => command === "image upload image.bin") as Recorded)[1][index];

	test("noise of a terminal before and between", () => {
		const [first, second] = [piece(SERIAL, 0), piece(SERIAL, 1)];
		const typed = lineOf(device);
		expect(typed("ls\r\n" + echo[0] + "\r\n" + first[0])).toBe(echo[1] + first[1]);
		expect(typed("\n" + second[0])).toBe(second[1]);
	});

	test("a request again, as mcumgr sends it after a timeout: the same answer, nothing done twice", () => {
		const typed = lineOf(device);
		for (const [command, messages] of SERIAL.slice(0, -2))
			for (const [sent, answered] of messages) {
				expect(typed(sent), command).toBe(answered);
				// What has counted itself differs.
				if (!command.startsWith("stat ")) expect(typed(sent), command + ", again").toBe(answered);
			}
		expect(device.store.size).toBe(0);
		expect([...device.store.content(1)]).toEqual([...imageOf(1200, 2, 0x22)]);
	});

	test("a piece that was lost: the place to go on from; an upload that is begun again goes on there", () => {
		const typed = lineOf(device);
		const [first, second, third] = [0, 1, 2].map((index) => piece(SERIAL, index));
		typed(first[0]);
		expect(offsetIn(typed(third[0]))).toBe(offsetIn(first[1]));
		expect(typed(second[0])).toBe(second[1]);
		expect(offsetIn(typed(first[0]))).toBe(offsetIn(second[1]));
		expect(typed(third[0])).toBe(third[1]);
	});
});
