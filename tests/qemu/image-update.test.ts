/**
 * N9 A firmware update of an emulated board over its line, by smpmgr, and by mcumgr where it is installed: upload, test, reset, confirm; what is
 * refused, with the image group's own codes. RAM stands for flash and outlives a reset; tests/programs/image-update/boot.ts stands for the boot loader.
 */
import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { publicText, readVersion, signImage } from "../../tools/sign.ts";
import { buildProgram } from "../programs/support.ts";
import { startOnPty } from "../smp/board-on-pty.ts";
import { needMcumgr } from "../smp/mcumgr.ts";
import { pythonClients, runToEnd, smpmgr } from "../smp/python.ts";

const program = path("build/image-update");
const key = generateKeyPairSync("ed25519").privateKey;
const stranger = generateKeyPairSync("ed25519").privateKey;
const bytes = Buffer.from(Array.from({ length: 1500 }, (_, i) => (i * 11) & 0xff));
const DENIED = /rc=11|EACCESSDENIED/;

/** A code of the image group, as smpmgr shows it with a name of its own. */
const code = (number: number): RegExp => new RegExp("IMG_MGMT_ERR\\.\\w+: " + number + ">");

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-update-");
	rmSync(program, { recursive: true, force: true });
	mkdirSync(program, { recursive: true });
	cpSync(path("tests/programs/image-update"), program, { recursive: true });
	writeFileSync(program + "/key.ts", 'export const KEY = "' + publicText(key) + '";\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, image: Buffer): string {
	writeFileSync(folder + "/" + name, image);
	return folder + "/" + name;
}

const hashOf = (image: Buffer): string => image.subarray(32 + bytes.length + 8, 32 + bytes.length + 40).toString("hex");

const signed = (version: string, by = key, contents = bytes): Buffer =>
	signImage(contents, by, { version: readVersion(version), headerBytes: 32 });

test("N9 upload, test, reset, confirm; refused: without an unlock, by another key, cut short, an older version, too large", async (ctx) => {
	await pythonClients(ctx);
	const built = await buildProgram(program + "/main.ts", "mps2-an385", { measure: false });
	const { child, device } = await startOnPty(built);
	const ask = async (...args: string[]) => (await smpmgr("--port", device, "--timeout", "20", ...args)).output;
	const upload = (name: string, image: Buffer) => ask("image", "upload", "--format", "any", file(name, image));
	const states = () => ask("image", "state-read");
	const unlock = () => ask("shell", "unlock");
	const reset = async () => {
		await ask("os", "reset");
		await unlock();
	};
	try {
		const [first, second] = [signed("1.0.0"), signed("1.1.0")];
		expect(await upload("first.bin", first)).toMatch(DENIED);
		await unlock();

		// A device as it comes: nothing in either area; its first image is for good.
		await upload("first.bin", first);
		await ask("image", "state-write", hashOf(first), "--confirm");
		await reset();

		expect(await upload("stranger.bin", signed("1.1.0", stranger))).toMatch(code(5));
		expect(await upload("short.bin", second.subarray(0, -10))).toMatch(code(7));
		expect(await upload("older.bin", signed("0.9.9"))).toMatch(code(27));
		expect(await upload("large.bin", signed("1.1.0", key, Buffer.alloc(131_072)))).toMatch(code(30));
		const only = await states();
		expect(only).toMatch(/1\.0\.0[\s\S]*confirmed=True[\s\S]*active=True/);
		expect(only).not.toContain("slot=1");

		await upload("second.bin", second);
		await ask("image", "state-write", hashOf(second));
		await reset();
		expect(await states()).toMatch(
			/1\.1\.0[\s\S]*confirmed=False[\s\S]*active=True[\s\S]*1\.0\.0[\s\S]*confirmed=True/,
		);
		await ask("image", "state-write", "--confirm");
		expect(await states()).toMatch(/1\.1\.0[\s\S]*confirmed=True[\s\S]*active=True/);
	} finally {
		child.kill("SIGKILL");
	}
}, 580_000);

test("N9 by mcumgr, where it is installed: refused, which ends it; unlocked, uploaded, tested, confirmed", async (ctx) => {
	needMcumgr(ctx);
	const built = await buildProgram(program + "/main.ts", "mps2-an385", { measure: false });
	const { child, device } = await startOnPty(built);
	const connection = ["--conntype", "serial", "--connstring", "dev=" + device + ",baud=115200,mtu=512"];
	const ask = async (...args: string[]) => {
		const { status, output } = await runToEnd(
			"mcumgr",
			[...connection, "--timeout", "5", "--tries", "8", ...args],
			120,
		);
		expect(status, output).toBe(0);
		return output;
	};
	const unlock = () => ask("shell", "exec", "unlock");
	try {
		const [first, second] = [signed("1.0.0"), signed("1.1.0+7")];
		expect(await ask("image", "upload", file("first.bin", first))).toContain("Error: 11");
		expect(await ask("image", "confirm", hashOf(first))).toContain("Error: 11");
		expect(await unlock()).toBe("status=0\nunlocked\n");
		expect(await ask("image", "upload", file("first.bin", first))).toMatch(/100\.00%[\s\S]*Done\n$/);
		expect(await ask("image", "confirm", hashOf(first))).toMatch(/slot=1[\s\S]*flags: pending permanent\n/);
		await ask("reset");
		await unlock();

		expect(await ask("image", "upload", file("stranger.bin", signed("1.1.0", stranger)))).toContain("Error: 1\n");
		expect(await ask("image", "upload", file("older.bin", signed("0.9.9")))).toContain("Error: 6");
		expect(await ask("image", "upload", "--upgrade", file("first.bin", first))).toContain("Error: 6");
		expect(await ask("image", "list")).toMatch(
			/slot=0\n +version: 1\.0\.0\n.*\n +flags: active confirmed\n(?![\s\S]*slot=1)/,
		);

		await ask("image", "upload", file("second.bin", second));
		expect(await ask("image", "test", hashOf(second))).toMatch(/slot=1\n +version: 1\.1\.0\.7\n.*\n +flags: pending\n/);
		await ask("reset");
		await unlock();
		expect(await ask("image", "list")).toMatch(
			/slot=0\n +version: 1\.1\.0\.7\n.*\n +flags: active\n[\s\S]*slot=1\n +version: 1\.0\.0\n.*\n +flags: confirmed\n/,
		);
		expect(await ask("image", "confirm")).toMatch(/slot=0\n +version: 1\.1\.0\.7\n.*\n +flags: active confirmed\n/);
	} finally {
		child.kill("SIGKILL");
	}
}, 580_000);
