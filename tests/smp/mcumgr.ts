/**
 * Apache Mynewt's mcumgr, as people type it, against a server of ours: for where it is installed. What it sends is replayed byte for byte in
 * tests/unit/smp/line.test.ts, everywhere.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, type TestContext } from "vitest";
import { onPath } from "../../scripts/bootstrap.mjs";
import { runToEnd } from "./python.ts";

/** Skips the test where there is none. */
export function needMcumgr(ctx: TestContext): void {
	if (!onPath("mcumgr"))
		ctx.skip("mcumgr is not on the PATH: go install github.com/apache/mynewt-mcumgr-cli/mcumgr@latest");
}

/** What a run of it is given. */
export interface Asking {
	/** Its options of how it reaches the server. */
	connection: string[];
	/** An image that the server takes: version 2.0.0, this hash. */
	image: string;
	hash: string;
	/** A directory for files of the test's own. */
	folder: string;
	/** The server has files. */
	files?: boolean;
}

/** What a command has shown. */
type Say = (...args: string[]) => Promise<string>;

/**
 * Every command of it that the servers of tests/programs/smp have something for. It knows no other commands than these, `res` and
 * `interactive` (CoAP), `conn` and `version` (nothing is sent).
 */
export async function askWithMcumgr(asking: Asking): Promise<void> {
	// A datagram that comes while the server begins anew is lost: it is sent again.
	const options = [...asking.connection, "--timeout", "5", "--tries", "8"];
	const say: Say = async (...args) => {
		const { status, output } = await runToEnd("mcumgr", [...options, ...args], 120);
		expect(status, args.join(" ") + ": " + output).toBe(0);
		return output;
	};
	// Its status is 0 whatever the server has answered.
	const said: Say = async (...args) => {
		const output = await say(...args);
		expect(output, args.join(" ")).not.toMatch(/error/i);
		return output;
	};
	await askOs(said);
	await askOthers(said, say);
	await askImages(asking, said, say);
	if (asking.files) await askFiles(asking.folder, said, say);
	await said("reset");
	expect(await said("echo", "again")).toContain("again");
}

async function askOs(said: Say): Promise<void> {
	expect(await said("echo", "hello")).toBe("hello\n");
	expect(await said("taskstat")).toMatch(/^ *flooding\s+1 +\d+ [\s\S]*^ *root\s+1 +\d+ /m);
	const pools = await said("mpstat");
	expect(pools).toMatch(/^ *flooding +0 +1 +0 +0$/m);
	expect(pools).toMatch(/^ *machine slots +(16|32) +\d+ +\d+ +\d+$/m);
	for (const [set, shown] of [
		["2026-11-26T06:30:00", "2026-11-26T06:3"],
		["2016-03-02T22:44:00Z", "2016-03-02T22:4"],
		["2016-03-02T22:44:00-08:00", "2016-03-03T06:4"],
		["2016-03-02T22:44:00.101+05:30", "2016-03-02T17:1"],
		["now", "20"],
	]) {
		expect(await said("datetime", set)).toContain("Done");
		expect(await said("datetime")).toContain("Datetime(RFC 3339 format): " + shown);
	}
}

async function askOthers(said: Say, say: Say): Promise<void> {
	expect(await said("stat", "list")).toMatch(/executor\n *smp_svr_stats\n/);
	expect(await said("stat", "executor")).toMatch(/^ *\d+ wakes$/m);
	expect(await say("stat", "nothing")).toContain("Error: 5");
	expect(await said("config", "number", "12")).toContain("Done");
	expect(await said("config", "number")).toContain("Value: 12\n");
	expect(await said("shell", "exec", "mem")).toMatch(/^status=0\nslots \d+ of /);
	expect(await said("shell", "exec", "nothing")).toBe("status=-8\nnothing: command not found\n");
	for (const none of [
		["log", "list"],
		["run", "list"],
		["crash", "div0"],
		["image", "corelist"],
		["config", "save"],
	])
		expect(await say(...none), none.join(" ")).toMatch(/error: 8/i);
}

async function askImages({ image, hash, folder }: Asking, said: Say, say: Say): Promise<void> {
	const running = /image=0 slot=0\n +version: 1\.0\.0\n +bootable: true\n +flags: active confirmed\n/;
	const second = (flags: string) =>
		new RegExp("slot=1\n +version: 2\\.0\\.0\n +bootable: true\n +flags: " + flags + "\n +hash: " + hash + "\n");
	// One that is refused has an end, too: what it is, its length.
	for (const [bytes, what] of [
		[Buffer.alloc(3000), "no image"],
		[Buffer.alloc(30_000), "too large"],
	] as const) {
		writeFileSync(folder + "/refused.bin", bytes);
		const refused = await say("image", "upload", folder + "/refused.bin");
		expect(refused, what).toContain("Error: 3");
		expect(refused, what).not.toContain("Done");
	}
	expect(await said("image", "list")).not.toContain("slot=1");

	const uploaded = await said("image", "upload", image);
	const percents = [...uploaded.matchAll(/ (\d+\.\d\d)%/g)].map(([, percent]) => Number(percent));
	expect(percents.length).toBeGreaterThan(1);
	expect(percents).toEqual([...percents].sort((a, b) => a - b));
	expect(percents.at(-1)).toBe(100);
	expect(uploaded).toMatch(/Done\n$/);
	const listed = await said("image", "list");
	expect(listed).toMatch(running);
	expect(listed).toMatch(second(""));
	expect(await said("image", "erase")).toContain("Done");
	expect(await said("image", "list")).not.toContain("slot=1");
	await said("image", "upload", "--upgrade", image);
	expect(await said("image", "test", hash)).toMatch(second("pending"));
	expect(await said("image", "confirm")).toMatch(running);
	expect(await said("image", "confirm", hash)).toMatch(second("confirmed pending permanent"));
	expect(await say("image", "erase")).toContain("Error: 6");
}

/** A file that is empty makes the command itself panic. */
async function askFiles(folder: string, said: Say, say: Say): Promise<void> {
	const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
	writeFileSync(folder + "/file.bin", bytes);
	for (const name of ["/mcumgr.bin", "folder/mcumgr.bin"]) {
		const progress = await said("fs", "upload", folder + "/file.bin", name);
		const offsets = progress.split("\n").slice(0, -2).map(Number);
		expect(offsets.length).toBeGreaterThan(4);
		expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
		expect(offsets.at(-1)).toBe(bytes.length);
		expect(progress).toMatch(/\nDone\n$/);
		expect(await said("fs", "download", name, folder + "/back.bin")).toMatch(/^0\n\d+\n[\s\S]*\nDone\n$/);
		expect(readFileSync(folder + "/back.bin")).toEqual(bytes);
	}
	expect(await say("fs", "download", "none", folder + "/back.bin")).toContain("Error: 5");
	expect(await say("fs", "upload", folder + "/file.bin", "../outside")).toContain("Error: 3");
	expect(readFileSync(folder + "/outside", "utf8")).toBe("not for clients");
}
