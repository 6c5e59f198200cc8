/** N9 The server on Linux, over UDP, asked by clients that no one here wrote: smpclient and smpmgr. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { buildProgram, runProgram } from "../programs/support.ts";
import { askWithMcumgr, needMcumgr } from "../smp/mcumgr.ts";
import { imageOf } from "../smp/messages.ts";
import { askAll, pythonClients, smpmgr } from "../smp/python.ts";
import { stator } from "../smp/stator.ts";

const nothingGrew = "heap growth since start-up 0 slots, 0 bytes; collections 0";
/** Clients know one port; an address of this machine's own keeps servers apart. */
const host = "127." + [process.pid >> 8, process.pid & 255].map((part) => part % 254).join(".") + ".1";

let folder: string;
let image: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-smp-");
	mkdirSync(folder + "/root/folder", { recursive: true });
	writeFileSync(folder + "/outside", "not for clients");
	symlinkSync("../outside", folder + "/root/link");
	execFileSync("mkfifo", [folder + "/root/fifo"]);
	image = folder + "/image.bin";
	writeFileSync(image, imageOf(20_000, 2, 0x22));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Running {
	child: ChildProcess;
	output: () => string;
	/** Ends it in order; what it has printed. */
	end: () => Promise<string>;
}

/** Begins the server and waits until it is ready. */
async function start(ctx: TestContext): Promise<Running> {
	const { image: program } = await buildProgram("tests/programs/smp/udp.ts", "linux", { proof: true });
	const child = spawn(program, [host, folder + "/root"], { stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
	await new Promise<void>((resolve) => {
		child.stdout.on("data", (data: Buffer) => {
			output += data;
			if (output.includes("ready")) resolve();
		});
		child.on("close", () => resolve());
	});
	const refused = /stator\/io: (no io_uring|io_uring is not allowed here)[^\n]*/.exec(output);
	if (refused) ctx.skip(refused[0]);
	const end = async (): Promise<string> => {
		child.kill("SIGINT");
		await closed;
		return output;
	};
	return { child, output: () => output, end };
}

test("N9 smpclient over UDP: every group, an upload under a flood of lines, and nothing grows", async (ctx) => {
	await pythonClients(ctx);
	const server = await start(ctx);
	try {
		const replies = await askAll(["udp", host, image, "statistics", "files", "images2000"]);
		const of = (asked: string) => replies.filter((reply) => reply.asked === asked).at(-1);
		expect(of("echo")).toMatchObject({ r: "Hällo" });
		expect(of("parameters")).toMatchObject({ buf_size: 2048, buf_count: 1 });
		expect(of("tasks")).toMatchObject({ tasks: { flooding: { prio: 1, state: 2 }, root: { state: 1 } } });
		expect(of("pools")).toMatchObject({ is: "MemoryPoolStatisticsReadResponse" });
		expect(of("date")).toMatchObject({ datetime: expect.stringMatching(/^2026-11-26T06:30:0\d\.\d{3}$/) });
		expect(of("info")).toMatchObject({ output: "Stator 1.0.0" });
		expect(of("boot loader")).toMatchObject({ bootloader: "none" });
		expect(of("groups")).toMatchObject({ stat_list: ["executor", "smp_svr_stats", "app"] });
		expect(of("group")).toMatchObject({ fields: { errors: 0, dropped: 0 } });
		expect(of("no group")).toMatchObject({ err: { group: 2, rc: 2 } });
		expect(of("setting")).toMatchObject({ val: "0102" });
		expect(of("help")).toMatchObject({ ret: 0, o: expect.stringContaining("flood  print so many lines") });
		expect(of("no command")).toMatchObject({ ret: -8 });

		expect(of("upload file")).toMatchObject({ off: 20_000 });
		expect(of("status")).toMatchObject({ len: 20_000 });
		expect(of("sum")).toMatchObject({ type: "crc32", len: 20_000, output: crc32(imageOf(20_000, 2, 0x22)) });
		expect(of("sums")).toMatchObject({ types: { crc32: { format: 0, size: 4 } } });
		expect(of("download")).toMatchObject({ same: true });
		for (const [name, rc] of [
			["../outside", 2],
			["link", 2],
			["folder/none", 3],
			["folder", 4],
			["", 2],
			["/", 2],
		] as const)
			expect(of("read " + name), name).toMatchObject({ err: { group: 8, rc } });
		expect(of("read fifo")).toMatchObject({ rc: 11 });
		expect(of("write beside")).toMatchObject({ err: { group: 8, rc: 2 } });
		expect(existsSync(folder + "/made")).toBe(false);
		expect(of("write at 5")).toMatchObject({ err: { group: 8, rc: 11 } });
		expect(of("read at 10^6")).toMatchObject({ err: { group: 8, rc: 12 } });
		expect(of("close")).toMatchObject({ is: "FileCloseResponse" });

		expect(of("upload")).toMatchObject({ off: 20_000 });
		const second = { slot: 1, version: "2.0.0", hash: "22".repeat(32), pending: false, confirmed: false };
		expect(of("images")).toMatchObject({ images: [{ slot: 0, active: true }, second] });
		expect(of("test")).toMatchObject({ images: [{}, { ...second, pending: true }] });
		expect(of("confirm")).toMatchObject({ images: [{}, { permanent: true }] });
		expect(of("confirm what runs")).toMatchObject({ images: [{ confirmed: true }, {}] });
		expect(of("erase what is pending")).toMatchObject({ err: { group: 1, rc: 9 } });
		expect(of("no image")).toMatchObject({ err: { group: 1, rc: 8 } });
	} finally {
		expect(await server.end()).toContain(nothingGrew);
	}
}, 600_000);

test("N9 smpmgr over UDP, as people type it: echo, shell, upload; after a reset it is there again", async (ctx) => {
	await pythonClients(ctx);
	const server = await start(ctx);
	try {
		const said = async (...args: string[]): Promise<string> => {
			const { status, output } = await smpmgr("--ip", host, ...args);
			expect(status, output).toBe(0);
			return output;
		};
		expect(await said("os", "echo", "Hello")).toContain("Hello");
		expect(await said("shell", "mem")).toContain("slots ");
		expect(await said("image", "upload", image, "--format", "any")).toContain("100.0%");
		expect(await said("image", "state-read")).toContain("2.0.0");
		expect(await said("os", "reset")).toContain("ResetWriteResponse");
		expect(await said("os", "echo", "again")).toContain("again");
		expect(server.output().split("ready").length).toBe(3);
		expect(await said("image", "state-read")).not.toContain("2.0.0");
	} finally {
		await server.end();
	}
}, 600_000);

test("N9 mcumgr over UDP, where it is installed: every group, uploads that are taken and refused, files; nothing grows", async (ctx) => {
	needMcumgr(ctx);
	const server = await start(ctx);
	try {
		const connection = ["--conntype", "udp", "--connstring=[" + host + "]:1337"];
		await askWithMcumgr({ connection, image, hash: "22".repeat(32), folder, files: true });
	} finally {
		expect(await server.end()).toContain(nothingGrew);
	}
}, 600_000);

test("N9 stator top over UDP: tasks and pools of the server, as a table and as JSON; without a server it says what to do", async (ctx) => {
	const server = await start(ctx);
	try {
		const table = await stator(["top", "--udp", host]);
		expect([table.status, table.err]).toEqual([0, ""]);
		expect(table.out).toMatch(/^root +\d+ +ready +normal +\d+ +\d+ +\d+\.\d %$/m);
		expect(table.out).toMatch(/^flooding +\d+ +waiting +normal +\d+ +\d+ +\d+\.\d %$/m);
		expect(table.out).toMatch(/^machine slots +\d+ +\d+ +\d+ +\d+$/m);
		expect(table.out).toMatch(/^flooding +- +1 +1 +1$/m);
		const json = await stator(["top", "--udp", host, "--json", "--samples", "2", "--interval", "0.2"]);
		const samples = json.out
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(samples).toHaveLength(2);
		const [earlier, later] = samples.map(({ tasks }) =>
			tasks.find(({ name }: { name: string }) => name === "flooding"),
		);
		expect(later.polls).toBeGreaterThan(earlier.polls);
		expect(samples[1].cyclesPerSecond).toBeGreaterThan(0);
		expect(samples[1].pools).toContainEqual({ name: "flooding", blockBytes: 0, blocks: 1, free: 0, least: 0 });
	} finally {
		await server.end();
	}
	const gone = await stator(["top", "--udp", host]);
	expect(gone.status).toBe(1);
	expect(gone.err).toMatch(/nothing listens at .*:1337\n {2}start the program/);
}, 600_000);

test("N9 as many looks at the task table as a client takes in a day, one a second: nothing grows", async () => {
	const polls = process.env.STATOR_SMP_POLLS ?? "86400";
	const { output, status } = await runProgram("tests/programs/smp/polled-often.ts", "linux", {
		args: [polls],
		settings: { proof: true },
		timeoutSeconds: 240,
	});
	expect(output).toContain("requests: " + polls + "\n");
	expect(output).toContain("errors: 0\n");
	expect(output).toContain(nothingGrew);
	expect(status).toBe(0);
}, 300_000);
