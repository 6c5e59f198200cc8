/** N9 N10 `stator sign`: what it writes is what the store takes and what MCUboot's own tool verifies; where a secret key may go. */
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";
import { programOf, publicText, readKey, readVersion, signCommand, signImage, writeNewKey } from "../../tools/sign.ts";
import { hashOf } from "./image/images.ts";
import { freshRig } from "./image/rig.ts";

let folder: string;
let keyFile: string;

beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-sign-");
	keyFile = folder + "/key.pem";
	signCommand(undefined, { newKey: keyFile, headerBytes: 512 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = Buffer.from(Array.from({ length: 3001 }, (_, i) => (i * 13) & 0xff));

test("N9 what is signed is taken, with and without a protected part", async () => {
	const secret = readKey(keyFile);
	for (const more of [{}, { securityCounter: 7 }]) {
		const signed = signImage(program, secret, { version: readVersion("2.1.3+9"), headerBytes: 512, ...more });
		const rig = await freshRig();
		rig.store = new rig.image.FlashImages({ keys: [publicText(secret)] });
		expect(rig.upload(signed)).toBe(0);
		const state = rig.state(1);
		expect(state).toMatchObject({ major: 2, minor: 1, revision: 3, build: 9, bootable: true });
		expect(Buffer.from(state?.hash ?? [])).toEqual(hashOf(signed));
	}
});

/** MCUboot's imgtool in a folder of its own under build, installed once. */
async function imgtool(): Promise<string | undefined> {
	const place = path("build/imgtool");
	const tool = place + "/bin/imgtool";
	if (existsSync(tool)) return tool;
	mkdirSync(path("build"), { recursive: true });
	const made = await runCommand("python3", ["-m", "venv", "--clear", place]);
	if (made.code !== 0) return undefined;
	const args = ["install", "--quiet", "--disable-pip-version-check", "imgtool==2.5.0"];
	return (await runCommand(place + "/bin/pip", args)).code === 0 ? tool : undefined;
}

test("N9 imgtool verifies what is signed, refuses what was changed, and reads the key; its images are taken", async (ctx) => {
	const tool = await imgtool();
	if (tool === undefined) ctx.skip("imgtool cannot be installed by pip here");
	else {
		const secret = readKey(keyFile);
		const out = folder + "/signed.bin";
		writeFileSync(folder + "/program.bin", program);
		const version = "1.2.3+4";
		signCommand(folder + "/program.bin", { key: keyFile, version, out, headerBytes: 512, securityCounter: 3 });
		const verified = await runCommand(tool, ["verify", "-k", keyFile, out]);
		expect(verified.output).toContain("Image was correctly validated");
		expect(verified.output).toContain("Image version: " + version);
		const bytes = readFileSync(out);
		bytes[600] ^= 1;
		writeFileSync(folder + "/changed.bin", bytes);
		expect((await runCommand(tool, ["verify", "-k", keyFile, folder + "/changed.bin"])).code).not.toBe(0);

		const theirs = folder + "/theirs.bin";
		const args = [
			"--key",
			keyFile,
			"--header-size",
			"512",
			"--pad-header",
			"--slot-size",
			"16384",
			"--version",
			"2.0.0",
		];
		const made = await runCommand(tool, ["sign", ...args, "--align", "8", folder + "/program.bin", theirs]);
		expect(made.code, made.output).toBe(0);
		const rig = await freshRig();
		rig.store = new rig.image.FlashImages({ keys: [publicText(secret)] });
		expect(rig.upload(readFileSync(theirs))).toBe(0);
		expect(rig.state(1)).toMatchObject({ major: 2 });
	}
}, 120_000);

describe("N9 a secret key", () => {
	test("N9 is for its owner alone, and never written over another file", () => {
		expect(statSync(keyFile).mode & 0o777).toBe(0o600);
		expect(createPrivateKey(readFileSync(keyFile)).asymmetricKeyType).toBe("ed25519");
		const before = readFileSync(keyFile);
		expect(() => writeNewKey(keyFile, true)).toThrow("cannot be written");
		expect(readFileSync(keyFile)).toEqual(before);
	});

	test("N9 does not go into a repository's work tree unless that is asked for", () => {
		const repository = folder + "/repository";
		mkdirSync(repository + "/deep/er", { recursive: true });
		execFileSync("git", ["init", "-q", repository]);
		expect(() => writeNewKey(repository + "/deep/er/key.pem", false)).toThrow("a secret key has no place");
		expect(existsSync(repository + "/deep/er/key.pem")).toBe(false);
		writeNewKey(repository + "/deep/er/key.pem", true);
		expect(existsSync(repository + "/deep/er/key.pem")).toBe(true);
		const ignored = execFileSync("git", ["check-ignore", "-v", "any/place/device.pem"], {
			cwd: path(),
			encoding: "utf8",
		});
		expect(ignored).toContain("*.pem");
	});

	test("N9 of another kind, or none, is refused in words", () => {
		writeFileSync(folder + "/no.pem", "no key");
		expect(() => readKey(folder + "/no.pem")).toThrow("is no secret key");
		expect(() => readKey(folder + "/missing.pem")).toThrow("there is no key");
	});
});

describe("N9 what can be no image", () => {
	test("N9 versions", () => {
		expect(readVersion("1")).toEqual({ major: 1, minor: 0, revision: 0, build: 0 });
		for (const text of ["", "1.2.3.4", "256", "1.256", "1.2.65536", "1+4294967296", "-1", "1.x"])
			expect(() => readVersion(text), text).toThrow("is no version");
	});

	test("N9 a program that does not fit into its area, or is empty", () => {
		const secret = readKey(keyFile);
		const version = readVersion("1");
		expect(() => signImage(program, secret, { version, headerBytes: 512, areaBytes: 4096 })).toThrow(
			"more than an area",
		);
		expect(() => signImage(Buffer.alloc(0), secret, { version, headerBytes: 512 })).toThrow("empty");
		expect(() => signImage(program, secret, { version, headerBytes: 31 })).toThrow("a header has");
	});

	test("N10 an ELF file's loaded parts, at their places", () => {
		const elf = Buffer.alloc(52 + 2 * 32 + 12);
		elf.write("\x7fELF\x01\x01", "latin1");
		elf.writeUInt32LE(52, 28);
		elf.writeUInt16LE(32, 42);
		elf.writeUInt16LE(2, 44);
		const segment = (at: number, offset: number, address: number, length: number): void => {
			const fields = [1, offset, 0x1000, address, length];
			for (let i = 0; i < fields.length; i++) elf.writeUInt32LE(fields[i], at + 4 * i);
		};
		segment(52, 116, 0x8020200, 8);
		segment(84, 124, 0x8020210, 4);
		elf.write("abcdefghijkl", 116, "latin1");
		expect(programOf(elf)).toEqual(Buffer.from("abcdefgh\xff\xff\xff\xff\xff\xff\xff\xffijkl", "latin1"));
		expect(programOf(program)).toEqual(program);
	});
});
