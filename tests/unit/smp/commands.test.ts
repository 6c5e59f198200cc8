/** N9 Each command of the server: what it answers, byte for byte where bytes say more than values, and what it refuses with which error. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Device, deviceOf } from "../../smp/device.ts";
import { ask, contentOf, exchange, imageOf, READ, request, WRITE } from "../../smp/messages.ts";

const [OS, IMAGE, STAT, SETTINGS, SHELL] = [0, 1, 2, 3, 9];
const [UNKNOWN, INVALID, NO_ENTRY, BAD_STATE, TOO_LARGE, NOT_SUPPORTED, CORRUPT, BUSY, DENIED, TOO_NEW] = [
	1, 3, 5, 6, 7, 8, 9, 10, 11, 13,
];

let device: Device;
let stator: typeof import("stator");
let sim: typeof import("stator/sim");
beforeEach(async () => {
	vi.resetModules();
	stator = await import("stator");
	sim = await import("stator/sim");
	device = deviceOf(await import("stator/smp"));
});

const read = (group: number, id: number, content: unknown = {}) => ask(device.server, group, id, content);
const write = (group: number, id: number, content: unknown = {}) =>
	ask(device.server, group, id, content, { op: WRITE });
const error = (group: number, rc: number) => ({ err: { group, rc } });

describe("bytes", () => {
	test.each([
		["echo, version 2", "0a00000900004200a1616465" + "68656c6c6f", "0b00000a00004200bf617265" + "68656c6c6fff"],
		["echo, version 1", "0200000400000100a1616460", "0300000500000100bf617260ff"],
		["parameters", "0800000100000506a0", "09000019000005" + "06bf686275665f73697a65190200696275665f636f756e7401ff"],
		["mode of the boot loader", "0800000c00000708a165717565727964" + "6d6f6465", "0900000800000708bf646d6f646503ff"],
		["no such group, version 2", "0800000100630700a0", "0900000600630700bf62726308ff"],
		["no such group, version 1", "0000000100630700a0", "0100000600630700bf62726308ff"],
		[
			"an error of a group, version 2",
			"0800000800020000a1646e616d656178",
			"0900001300020000bf63657272bf6567726f757002627263" + "02ffff",
		],
		["an error of a group, version 1", "0000000800020000a1646e616d656178", "0100000600020000bf62726305ff"],
		["reset", "0a00000100000905a0", "0b00000200000905bfff"],
		[
			"statistics",
			"0800000a00020000a1646e616d6563" + "617070",
			"0900001a00020000bf646e616d6563617070666669656c6473bf61610061620" + "0ffff",
		],
		[
			"an upload's first piece",
			"0a00001300010301a3636f66660063" + "6c656e1864646461746141aa",
			"0b00000700010301bf636f666601ff",
		],
	])("%s", (_name, asked, answered) => {
		device.calls.push("so that it may reset");
		expect(exchange(device.server, Buffer.from(asked, "hex")).toString("hex")).toBe(answered);
	});

	test("the reply has the request's group, command and sequence number, and the op after it", () => {
		for (const op of [READ, WRITE])
			for (const sequence of [0, 1, 255]) {
				const reply = exchange(device.server, request(OS, 0, { d: "" }, { op, sequence, version: 0 }));
				expect([...reply.subarray(0, 8)]).toEqual([op + 1, 0, 0, 5, 0, 0, sequence, 0]);
			}
	});

	test("what is no request gets no answer", () => {
		const whole = request(OS, 0, { d: "x" });
		for (const [length, op] of [
			[0, READ],
			[7, READ],
			[whole.length, 1],
			[whole.length, 3],
			[whole.length, 4],
			[whole.length, 7],
		]) {
			const message = Buffer.from(whole.subarray(0, length));
			if (length > 0) message[0] = 8 + op;
			expect(exchange(device.server, message).length).toBe(0);
		}
		expect(device.server.dropped).toBe(6);
		expect(device.server.requests).toBe(0);
	});

	test("shorter than its header says; longer is as long as it says", () => {
		expect(contentOf(exchange(device.server, request(OS, 0, { d: "x" }, { length: 6 })))).toEqual({ rc: CORRUPT });
		expect(
			contentOf(exchange(device.server, Buffer.concat([request(OS, 0, { d: "x" }), Buffer.from("more")]))),
		).toEqual({ r: "x" });
	});

	test("versions above 2 are refused in the words of version 2", () => {
		for (const version of [2, 3]) {
			const reply = exchange(device.server, request(OS, 0, { d: "x" }, { version }));
			expect(reply[0]).toBe((1 << 3) | 1);
			expect(contentOf(reply)).toEqual({ rc: TOO_NEW });
		}
	});

	test.each(["", "80", "00", "a1", "a1616401ff", "a10102", "a1616478ff61", "ff", "bf6164"])(
		"content %j is none",
		(hex) => {
			expect(contentOf(exchange(device.server, request(OS, 0, Buffer.from(hex, "hex"))))).toEqual({ rc: INVALID });
		},
	);

	test("a reply that does not fit is an error that does", async () => {
		const small = deviceOf(await import("stator/smp"), { replyBytes: 64 });
		expect(ask(small.server, OS, 0, { d: "a".repeat(300) })).toEqual({ rc: TOO_LARGE });
		expect(ask(small.server, OS, 3)).toEqual({ rc: TOO_LARGE });
		expect(ask(small.server, OS, 0, { d: "a".repeat(40) })).toEqual({ r: "a".repeat(40) });
	});

	test("unknown commands, and those that are there with the other op", () => {
		for (const [group, id, op] of [
			[OS, 1, READ],
			[OS, 9, READ],
			[OS, 2, WRITE],
			[OS, 6, WRITE],
			[OS, 5, READ],
			[IMAGE, 1, READ],
			[IMAGE, 2, WRITE],
			[IMAGE, 5, READ],
			[STAT, 0, WRITE],
			[STAT, 2, READ],
			[SETTINGS, 1, READ],
			[SETTINGS, 2, READ],
			[SETTINGS, 4, WRITE],
			[SHELL, 0, READ],
			[SHELL, 1, WRITE],
			[64, 0, READ],
		])
			expect(ask(device.server, group, id, { name: "number", argv: ["help"] }, { op })).toEqual({ rc: NOT_SUPPORTED });
	});
});

describe("access", () => {
	const writes: [number, number, unknown][] = [
		[OS, 4, { datetime: "2026-01-01T00:00:00" }],
		[OS, 5, {}],
		[IMAGE, 0, { confirm: true }],
		[IMAGE, 1, { off: 0, len: 64, data: new Uint8Array(8) }],
		[IMAGE, 5, {}],
		[SETTINGS, 0, { name: "number", val: new Uint8Array(1) }],
		[SETTINGS, 1, { name: "number" }],
		[SETTINGS, 2, {}],
		[SETTINGS, 3, {}],
		[SHELL, 0, { argv: ["add", "1"] }],
	];

	test("closed: everything that changes something is refused, echo and what only shows is not", () => {
		device.access.open = false;
		for (const [group, id, content] of writes) expect(write(group, id, content)).toEqual({ rc: DENIED });
		expect(write(OS, 0, { d: "x" })).toEqual({ r: "x" });
		expect(write(SHELL, 0, { argv: ["mem"] })).toMatchObject({ ret: 0 });
		expect(read(IMAGE, 0)).toMatchObject({ images: [{ slot: 0 }] });
		device.access.open = true;
		expect(write(SETTINGS, 0, writes[5][2])).toEqual({});
	});

	test("nobody is told who may: nobody may", async () => {
		const smp = await import("stator/smp");
		const server = new smp.SmpServer({ groups: [new smp.OsGroup()] });
		expect(ask(server, OS, 5, {}, { op: WRITE })).toEqual({ rc: DENIED });
		expect(server.restarts).toBe(false);
	});

	test("reads may be closed, too", async () => {
		const closed = deviceOf(await import("stator/smp"), { closedReads: true });
		closed.access.open = false;
		expect(ask(closed.server, OS, 6)).toEqual({ rc: DENIED });
		expect(ask(closed.server, STAT, 1)).toEqual({ rc: DENIED });
		expect(ask(closed.server, SHELL, 0, { argv: ["mem"] }, { op: WRITE })).toEqual({ rc: DENIED });
		expect(ask(closed.server, SHELL, 0, { argv: ["help"] }, { op: WRITE })).toMatchObject({ ret: 0 });
		closed.access.open = true;
		expect(ask(closed.server, OS, 6)).toEqual({ buf_size: 512, buf_count: 1 });
	});
});

describe("OS", () => {
	test("echo of any text; without one it is an error", () => {
		for (const text of ["", "ä€😀", "x".repeat(400)]) expect(read(OS, 0, { more: [1], d: text })).toEqual({ r: text });
		expect(read(OS, 0, { d: 5 })).toEqual({ rc: INVALID });
		expect(read(OS, 0)).toEqual({ rc: INVALID });
	});

	test("tasks: name, level, slot, state, polls", () => {
		const { spawn, pollTask, runFor, PENDING } = stator;
		const task = pollTask({ name: "pair", pool: 2, priority: "high" }, () => ({
			poll: () => PENDING,
			cancel: () => PENDING,
		}));
		const [first] = [spawn(task()), spawn(task())];
		runFor(2, 0);
		stator.wake(first.id);
		spawn(pollTask({ name: "one" }, () => ({ poll: () => PENDING }))());
		const none = { stkuse: 0, stksiz: 0, runtime: 0, last_checkin: 0, next_checkin: 0 };
		expect(read(OS, 2)).toEqual({
			tasks: {
				"pair/0": { prio: 0, tid: 0, state: 1, cswcnt: 1, ...none },
				"pair/1": { prio: 0, tid: 1, state: 2, cswcnt: 1, ...none },
				one: { prio: 1, tid: 2, state: 1, cswcnt: 0, ...none },
			},
		});
		stator.cancel(first.id);
		expect(read(OS, 2)).toMatchObject({ tasks: { "pair/0": { state: 3 } } });
	});

	test("pools: of tasks, the machine's, the program's", () => {
		const { spawn, pollTask, PENDING } = stator;
		const three = pollTask({ name: "three", pool: 3 }, () => ({ poll: () => PENDING }));
		const all = [spawn(three()), spawn(three()), spawn(three())];
		// `min` remembers the time when none was free.
		expect(read(OS, 3)).toMatchObject({ mpools: { three: { nfree: 0, min: 0 } } });
		for (const { id } of all.slice(1)) stator.cancel(id);
		stator.runFor(3);
		expect(read(OS, 3)).toEqual({
			mpools: {
				"machine slots": { blksize: 0, nblks: 0, nfree: 0, min: 0 },
				"machine chunks": { blksize: 1, nblks: 0, nfree: 0, min: 0 },
				three: { blksize: 0, nblks: 3, nfree: 2, min: 0 },
				blocks: { blksize: 64, nblks: 10, nfree: 7, min: 2 },
			},
		});
		expect(ask(device.server, OS, 3, {}, { version: 0 }), "version 1 has another name for it").toMatchObject({
			mpools: { blocks: { blksiz: 64, nblks: 10 } },
		});
	});

	test("date and time: not set, set, and going on over days", () => {
		expect(read(OS, 4)).toEqual(error(OS, 4));
		expect(write(OS, 4, { datetime: "2024-02-28T23:59:59" })).toEqual({});
		expect(read(OS, 4)).toEqual({ datetime: "2024-02-28T23:59:59.000" });
		sim.shift(1001);
		expect(read(OS, 4)).toEqual({ datetime: "2024-02-29T00:00:00.001" });
		for (let days = 0; days < 366; days += 6) {
			sim.shift(6 * 86_400_000);
			read(OS, 4);
		}
		expect(read(OS, 4)).toEqual({ datetime: "2025-03-01T00:00:00.001" });
	});

	test("every day of 130 years, there and back", () => {
		for (let day = 0; day < 47_500; day += 13) {
			const text = new Date(day * 86_400_000 + ((day * 7919) % 86_400) * 1000).toISOString().slice(0, 23);
			expect(write(OS, 4, { datetime: text })).toEqual({});
			expect(read(OS, 4)).toEqual({ datetime: text });
		}
	});

	test.each([
		["2026-11-26T06:30:00.5", "2026-11-26T06:30:00.500"],
		["2026-11-26T06:30:00.123456Z", "2026-11-26T06:30:00.123"],
		["2026-11-26T06:30:00+01:30", "2026-11-26T05:00:00.000"],
		["2026-12-31T23:00:00-02:00", "2027-01-01T01:00:00.000"],
	])("%s is %s", (given, kept) => {
		expect(write(OS, 4, { datetime: given })).toEqual({});
		expect(read(OS, 4)).toEqual({ datetime: kept });
	});

	test.each([
		"",
		"now",
		"2026-02-29T00:00:00",
		"2026-13-01T00:00:00",
		"1969-12-31T23:59:59",
		"2026-11-26 06:30:00",
		"2026-11-26T24:00:00",
		"2026-11-26T06:30:0",
		"2026-11-26T06:30:00.",
		"2026-11-26T06:30:00+1",
		"2026-11-26T06:30:00x",
	])("%j is no date", (text) => expect(write(OS, 4, { datetime: text })).toEqual(error(OS, 2)));

	test("reset: asked, refused, forced", () => {
		expect(write(OS, 5)).toEqual({ rc: BUSY });
		expect(device.server.restarts).toBe(false);
		expect(write(OS, 5, { force: 1 })).toEqual({});
		expect(device.server.restarts).toBe(true);
		expect(device.calls).toEqual(["reset false", "reset true"]);
	});

	test("info: fields in the order of the protocol", () => {
		expect(read(OS, 7)).toEqual({ output: "Stator" });
		expect(read(OS, 7, { format: "vr" })).toEqual({ output: "1.2.3 4" });
		expect(read(OS, 7, { format: "a" })).toEqual({
			output: "Stator unknown 1.2.3 4 today unknown unknown here Stator",
		});
		expect(read(OS, 7, { format: "sx" })).toEqual(error(OS, 2));
	});

	test("boot loader", () => {
		expect(read(OS, 8)).toEqual({ bootloader: "MCUboot" });
		expect(read(OS, 8, { query: "mode" })).toEqual({ mode: 3 });
		expect(read(OS, 8, { query: "age" })).toEqual(error(OS, 3));
	});
});

describe("images", () => {
	const running = {
		slot: 0,
		version: "1.0.0",
		bootable: true,
		pending: false,
		confirmed: true,
		active: true,
		permanent: false,
	};
	const hash = (byte: number) => new Uint8Array(32).fill(byte);

	function upload(image: Buffer, piece: number, more: object = {}): unknown {
		let reply: unknown = write(IMAGE, 1, { off: 0, len: image.length, data: image.subarray(0, piece), ...more });
		for (;;) {
			const { off } = reply as { off?: number };
			if (off === undefined || off >= image.length) return reply;
			reply = write(IMAGE, 1, { off, data: image.subarray(off, off + piece) });
		}
	}

	test("a whole update: upload, list, test, confirm, erase", () => {
		const image = imageOf(1000, 2, 0x22);
		expect(upload(image, 300, { sha: hash(9) })).toEqual({ off: 1000 });
		const second = {
			slot: 1,
			version: "2.0.0",
			hash: hash(0x22),
			bootable: true,
			pending: false,
			confirmed: false,
			active: false,
			permanent: false,
		};
		expect(read(IMAGE, 0)).toEqual({ images: [{ ...running, hash: hash(0) }, second] });
		expect(write(IMAGE, 0, { hash: hash(0x22) })).toMatchObject({ images: [running, { ...second, pending: true }] });
		expect(write(IMAGE, 5)).toEqual(error(IMAGE, 9));
		expect(write(IMAGE, 0, { hash: hash(0x22), confirm: true })).toMatchObject({
			images: [running, { permanent: true }],
		});
		expect(write(IMAGE, 0, { confirm: true })).toMatchObject({ images: [running, {}] });
		expect(write(IMAGE, 0, { hash: null, confirm: true })).toMatchObject({ images: [running, {}] });
	});

	test("erase", () => {
		expect(upload(imageOf(100, 2, 1), 300)).toEqual({ off: 100 });
		expect(write(IMAGE, 5)).toEqual({});
		expect(read(IMAGE, 0)).toMatchObject({ images: [running] });
		expect(write(IMAGE, 5, { slot: 0 })).toEqual(error(IMAGE, 9));
		expect(write(IMAGE, 5, { slot: 2 })).toEqual(error(IMAGE, 14));
		expect(write(IMAGE, 5, { slot: "1" })).toEqual({ rc: INVALID });
	});

	test("an upload goes on where it stood; another begins anew", () => {
		const image = imageOf(1000, 2, 0x22);
		const first = { off: 0, len: 1000, sha: hash(9), data: image.subarray(0, 400) };
		expect(write(IMAGE, 1, first)).toEqual({ off: 400 });
		expect(write(IMAGE, 1, first), "begun again by the same name").toEqual({ off: 400 });
		expect(write(IMAGE, 1, { off: 300, data: image.subarray(300, 500) }), "a piece for another place").toEqual({
			off: 400,
		});
		expect(write(IMAGE, 1, { off: 500, data: image.subarray(500, 600) })).toEqual({ off: 400 });
		expect(write(IMAGE, 1, { ...first, sha: hash(8) })).toEqual({ off: 400 });
		expect(write(IMAGE, 1, { ...first, sha: hash(8), data: new Uint8Array(0) })).toEqual({ off: 400 });
		expect(write(IMAGE, 1, { ...first, sha: hash(7), data: new Uint8Array(0) })).toEqual({ off: 0 });
		expect(write(IMAGE, 1, { off: 10, data: image.subarray(0, 10) }), "nothing is there yet").toEqual({ off: 0 });
	});

	test("refused, each with its error", () => {
		expect(write(IMAGE, 1, { data: new Uint8Array(1) })).toEqual(error(IMAGE, 20));
		expect(write(IMAGE, 1, { off: 0, data: new Uint8Array(1) })).toEqual(error(IMAGE, 21));
		expect(write(IMAGE, 1, { off: 0, len: 10, data: new Uint8Array(11) })).toEqual(error(IMAGE, 31));
		expect(write(IMAGE, 1, { off: 0, len: 5000, data: new Uint8Array(1) })).toEqual(error(IMAGE, 30));
		expect(write(IMAGE, 1, { off: 0, len: 100, image: 1, data: new Uint8Array(1) })).toEqual(error(IMAGE, 14));
		expect(write(IMAGE, 1, { off: 0, len: 100, sha: new Uint8Array(33), data: new Uint8Array(1) })).toEqual(
			error(IMAGE, 24),
		);
		expect(write(IMAGE, 1, { off: 0, len: 100, data: "text" })).toEqual({ rc: INVALID });
		expect(upload(imageOf(200, 1, 3), 100, { upgrade: true })).toEqual(error(IMAGE, 27));
		expect(upload(Buffer.alloc(200), 100)).toEqual(error(IMAGE, 23));
		expect(write(IMAGE, 0, {})).toEqual(error(IMAGE, 24));
		expect(write(IMAGE, 0, { hash: new Uint8Array(31) })).toEqual(error(IMAGE, 24));
		expect(write(IMAGE, 0, { hash: hash(77) })).toEqual(error(IMAGE, 8));
		expect(write(IMAGE, 0, { hash: hash(77), confirm: "yes" })).toEqual({ rc: INVALID });
	});

	test("in version 1 the errors are the protocol's", () => {
		const v1 = (content: unknown, id = 1) => ask(device.server, IMAGE, id, content, { op: WRITE, version: 0 });
		expect(v1({ data: new Uint8Array(1) })).toEqual({ rc: INVALID });
		expect(v1({ slot: 0 }, 5)).toEqual({ rc: BAD_STATE });
		expect(v1({ hash: hash(77) }, 0)).toEqual({ rc: UNKNOWN });
	});

	test("an upload that is refused in version 1 says its length as `off`, too: what ends mcumgr's", () => {
		const v1 = (content: unknown) => ask(device.server, IMAGE, 1, content, { op: WRITE, version: 0 });
		expect(v1({ off: 0, len: 5000, data: new Uint8Array(1) })).toEqual({ rc: INVALID, off: 5000 });
		expect(v1({ off: 1, data: new Uint8Array(1) }), "a piece that was under way").toEqual({ rc: INVALID, off: 5000 });
		device.access.open = false;
		expect(v1({ off: 0, len: 300, data: new Uint8Array(1) })).toEqual({ rc: DENIED, off: 300 });
		expect(v1({ off: 1, data: new Uint8Array(1) })).toEqual({ rc: DENIED, off: 300 });
		device.access.open = true;
		expect(v1({ off: 0, len: 200, data: Buffer.alloc(100) })).toEqual({ off: 100 });
		expect(v1({ off: 100, data: Buffer.alloc(100) }), "verified, and found to be no image").toEqual({
			rc: INVALID,
			off: 200,
		});
		const cut = request(IMAGE, 1, { off: 0, len: 5000, data: new Uint8Array(1) }, { op: WRITE, version: 0 });
		cut.writeUInt16BE(1000, 2);
		expect(contentOf(exchange(device.server, cut)), "nothing is read of what cannot be read").toEqual({ rc: CORRUPT });
	});

	test("the last piece again, as a client sends whose reply was lost: all is there; until it is erased", () => {
		const image = imageOf(400, 2, 0x22);
		const last = { off: 200, data: image.subarray(200) };
		upload(image, 200);
		expect(write(IMAGE, 1, last)).toEqual({ off: 400 });
		expect(write(IMAGE, 1, { off: 100, data: image.subarray(100, 200) }), "another than the last").toEqual({ off: 0 });
		expect(read(IMAGE, 0)).toMatchObject({ images: [running, { version: "2.0.0" }] });
		expect(write(IMAGE, 5)).toEqual({});
		expect(write(IMAGE, 1, last)).toEqual({ off: 0 });
	});

	test("after a failure each piece has its error, until an upload begins", () => {
		const image = Buffer.alloc(400);
		expect(upload(image, 200)).toEqual(error(IMAGE, 23));
		expect(write(IMAGE, 1, { off: 200, data: image.subarray(200) })).toEqual(error(IMAGE, 23));
		expect(upload(imageOf(400, 2, 0x22), 200)).toEqual({ off: 400 });
	});
});

describe("statistics", () => {
	test("groups and counters", () => {
		device.counters.add(1, 70_000);
		device.counters.add(0);
		expect(read(STAT, 1)).toEqual({ stat_list: ["app", "smp_svr_stats"] });
		expect(read(STAT, 0, { name: "app" })).toEqual({ name: "app", fields: { a: 1, b: 70_000 } });
		expect(read(STAT, 0, { name: "apps" })).toEqual(error(STAT, 2));
		expect(read(STAT, 0)).toEqual({ rc: INVALID });
		expect(read(STAT, 0, { name: "smp_svr_stats" })).toEqual({
			name: "smp_svr_stats",
			fields: { requests: 5, errors: 2, dropped: 0 },
		});
	});

	test("the executor's", async () => {
		const { ExecutorStatistics, StatGroup, SmpServer } = await import("stator/smp");
		const server = new SmpServer({ groups: [new StatGroup([new ExecutorStatistics()])] });
		expect(ask(server, STAT, 0, { name: "executor" })).toMatchObject({
			fields: { growth_slots: 0, cycles_per_second: 1000 },
		});
	});
});

describe("settings", () => {
	test("set, read, read a part, deleted", () => {
		const val = Uint8Array.of(0x10, 0x27);
		expect(write(SETTINGS, 0, { name: "number", val })).toEqual({});
		expect(device.settings[0].number).toBe(10_000);
		expect(read(SETTINGS, 0, { name: "number" })).toEqual({ val });
		expect(read(SETTINGS, 0, { name: "number", max_size: 1 })).toEqual({ val: val.subarray(0, 1) });
		expect(write(SETTINGS, 1, { name: "number" })).toEqual({});
		expect(read(SETTINGS, 0, { name: "number" })).toEqual({ val: new Uint8Array(0) });
	});

	test("secrets, fixed ones, names and lengths that are none", () => {
		expect(write(SETTINGS, 0, { name: "key", val: new Uint8Array(32) })).toEqual({});
		expect(read(SETTINGS, 0, { name: "key" })).toEqual(error(SETTINGS, 4));
		expect(write(SETTINGS, 0, { name: "serial", val: new Uint8Array(1) })).toEqual(error(SETTINGS, 6));
		expect(write(SETTINGS, 1, { name: "serial" })).toEqual(error(SETTINGS, 7));
		expect(read(SETTINGS, 0, { name: "nothing" })).toEqual(error(SETTINGS, 3));
		expect(write(SETTINGS, 0, { name: "number", val: new Uint8Array(5) })).toEqual({ rc: INVALID });
		expect(write(SETTINGS, 0, { name: "number" })).toEqual({ rc: INVALID });
		expect(ask(device.server, SETTINGS, 0, { name: "nothing" }, { version: 0 })).toEqual({ rc: NO_ENTRY });
	});

	test("commit, save, load", () => {
		expect(write(SETTINGS, 2)).toEqual({});
		expect(write(SETTINGS, 3)).toEqual({});
		expect(read(SETTINGS, 3), "which fails").toEqual({ rc: UNKNOWN });
		expect(device.calls).toEqual(["commit", "save", "load"]);
	});

	test("as mcumgr has it: a value is a text, saved with it or by itself", () => {
		expect(write(SETTINGS, 0, { name: "number", val: "1" })).toEqual({});
		expect(read(SETTINGS, 0, { name: "number" })).toEqual({ val: Uint8Array.of(0x31) });
		expect(device.calls).toEqual([]);
		expect(write(SETTINGS, 0, { save: true })).toEqual({});
		expect(write(SETTINGS, 0, { name: "number", val: "22", save: true })).toEqual({});
		expect(device.calls).toEqual(["save", "save"]);
		expect(write(SETTINGS, 0, { name: "number", val: "22222", save: true })).toEqual({ rc: INVALID });
		expect(write(SETTINGS, 0, { name: "number", val: 2 })).toEqual({ rc: INVALID });
		expect(write(SETTINGS, 0, { save: false })).toEqual({ rc: INVALID });
		expect(device.calls).toEqual(["save", "save"]);
	});
});

describe("shell", () => {
	const shell = (...argv: string[]) => write(SHELL, 0, { argv });

	test("the program's commands, their arguments and what they say", () => {
		expect(shell("add", "1", "-20", "300")).toEqual({ o: "281", ret: 0 });
		expect(shell("add", "1", "x2")).toEqual({ o: "x2: no number", ret: -22 });
		expect(shell("add")).toEqual({ o: "0", ret: 0 });
	});

	test("help, and what is not there", () => {
		expect(shell("help")).toMatchObject({
			ret: 0,
			o: expect.stringMatching(/^tasks {2}[\s\S]*^mem {2}[\s\S]*^trace {2}[\s\S]*^add {2}the sum of numbers\n$/m),
		});
		expect(shell("rm", "-rf")).toEqual({ o: "rm: command not found", ret: -8 });
		const v1 = (...argv: string[]) => ask(device.server, SHELL, 0, { argv }, { op: WRITE, version: 0 });
		expect(v1("rm"), "as version 1 had it").toEqual({ o: "rm: command not found", ret: -8, rc: -8 });
		expect(v1("add", "1")).toEqual({ o: "1", ret: 0 });
	});

	test("tasks, mem, trace", () => {
		const { spawn, pollTask, runFor, PENDING } = stator;
		spawn(pollTask({ name: "one" }, () => ({ poll: () => PENDING }))());
		runFor(1, 0);
		expect(shell("tasks")).toEqual({ o: "one 1 waiting 1 0\n", ret: 0 });
		expect(shell("mem")).toMatchObject({ o: "slots 0 of 0, chunks 0 of 0, block free 0 of 0\n" });
		expect(shell("trace")).toEqual({ o: "", ret: 0 });
	});

	test.each([[undefined], [[]], ["help"], [[1]], [new Array(9).fill("a")]])("argv %j is none", (argv) => {
		expect(write(SHELL, 0, argv === undefined ? {} : { argv })).toEqual({ rc: INVALID });
	});
});

test("a group of the program's own, and one that waits", async () => {
	const { SmpGroup, SmpServer, Settled, SMP_WAIT } = await import("stator/smp");
	class Own extends SmpGroup {
		readonly id = 64;
		private readonly settled = new Settled();
		private rounds = 0;
		handle(command: import("stator/smp").Command): number {
			this.rounds = 0;
			command.wait = this.settled.start(5);
			return SMP_WAIT;
		}
		override resume(command: import("stator/smp").Command, status: number): number {
			command.wait = this.settled.start(status + 1);
			if (++this.rounds < 3) return SMP_WAIT;
			command.reply.text("status");
			command.reply.integer(status);
			return 0;
		}
	}
	const server = new SmpServer({ groups: [new Own()] });
	expect(ask(server, 64, 3)).toEqual({ status: 7 });
});

test("a server says what is wrong with its sizes", async () => {
	const { SmpServer } = await import("stator/smp");
	for (const options of [
		{ bufferBytes: 63 },
		{ replyBytes: 0 },
		{ bufferBytes: 70_000 },
		{ bytes: new Uint8Array(100) },
	])
		expect(() => new SmpServer({ groups: [], ...options })).toThrow(RangeError);
});
