/** N9 What mcumgr sends over a serial line, character by character, and what it gets: version 1, lines of 124 characters of base64. */
import { beforeEach, expect, test, vi } from "vitest";
import type { Device } from "../../smp/device.ts";
import { deviceOf } from "../../smp/device.ts";

const ECHO = "\x06\tABMCAAAJAAAAAKFhZGVoZWxsbyVv\n";
const ECHOED = "\x06\tABQDAAAKAAAAAL9hcmVoZWxsb/8GPg==\n";
const UPLOAD =
	"\x06\tALgCAACuAAEHAaZkZGF0YVhkAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElK\n" +
	"\x04\x14S0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2VpbWFnZQBjbGVuGRAAY29mZgBjc2hhWCAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eH2d1cGdyYWRl9K3r\n";
const UPLOADED = "\x06\tABIDAAAIAAEHAb9jb2ZmGGT/xlU=\n";

let device: Device;
let frames: typeof import("../../../src/smp/console-frames.ts");
let sim: typeof import("stator/sim");
beforeEach(async () => {
	vi.resetModules();
	sim = await import("stator/sim");
	frames = await import("../../../src/smp/console-frames.ts");
	device = deviceOf(await import("stator/smp"));
});

/** Types a text on the line; what the server writes. */
function typed(text: string): string {
	const { server } = device;
	const before = sim.sent().length;
	const reader = new frames.FrameReader(server.bytes, server.requestAt, server.bufferBytes);
	const writer = new frames.FrameWriter();
	for (let i = 0; i < text.length; i++) {
		const length = reader.accept(text.charCodeAt(i));
		if (length === 0) continue;
		let waits = server.begin(length);
		while (waits) waits = server.resume(server.wait.take());
		writer.begin(server.bytes, server.replyAt, server.replyLength);
		while (writer.next());
	}
	return sim.sent().slice(before);
}

test("echo hello", () => expect(typed(ECHO)).toBe(ECHOED));

test("image upload: the first piece, with all that mcumgr says of an image", () => {
	expect(typed(UPLOAD)).toBe(UPLOADED);
	expect(device.store.offset).toBe(100);
	expect(device.store.size).toBe(4096);
});

test("both, behind what a terminal has left on the line", () => {
	expect(typed("ls\r\n" + ECHO + "\r\n" + UPLOAD)).toBe(ECHOED + UPLOADED);
});
