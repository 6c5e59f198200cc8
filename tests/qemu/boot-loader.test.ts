/**
 * N9 A program for a boot loader: `stator build --boot-loader mcuboot` and `stator sign` make an image that one starts, here a stand-in of ours
 * (tests/qemu/firmware/boot-loader.c), which leaves the vector table as MCUboot may: as its own.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IMAGE_HEADER_BYTES } from "../../tools/app.ts";
import { path } from "../../tools/paths.ts";
import { run } from "../../tools/run.ts";
import { runCommand } from "../../tools/run-command.ts";
import { programOf, readVersion, signImage } from "../../tools/sign.ts";
import { buildProgram } from "../programs/support.ts";

const AREA = 0x0802_0000;
const AREA_BYTES = 384 * 1024;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-boot-");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bootLoader(): Promise<string> {
	const image = folder + "/boot-loader.elf";
	const sources = [path("tests/qemu/firmware/boot-loader.c"), path("native/xs/sha256.c")];
	const { code, output } = await runCommand(
		"arm-none-eabi-gcc",
		[
			...["-mcpu=cortex-m4", "-mthumb", "-std=gnu11", "-Os", "-Wall", "-Wextra", "-Werror"],
			...["-I" + path("native/abi"), "-DAREA=" + AREA, ...sources, "-o", image],
			...["--specs=nano.specs", "-nostartfiles", "-Wl,--section-start=.vectors=0x08000000", "-Wl,-Ttext=0x08000400"],
			...[
				"-Wl,-Tbss=0x20000000",
				"-Wl,-Tdata=0x20000400",
				"-Wl,--defsym=_loader_stack=0x20002000",
				"-Wl,-e,0x08000400",
			],
		],
		folder,
	);
	expect(code, output).toBe(0);
	return image;
}

test("N9 blinky, linked behind the header and signed, is started by a boot loader; its interrupts are its own", async () => {
	const built = await buildProgram("examples/blinky", "netduinoplus2", { bootLoader: "mcuboot" });
	const { privateKey } = generateKeyPairSync("ed25519");
	const signed = signImage(programOf(readFileSync(built.image)), privateKey, {
		version: readVersion("1.0.0"),
		headerBytes: IMAGE_HEADER_BYTES,
		areaBytes: AREA_BYTES,
	});
	writeFileSync(folder + "/signed.bin", signed);
	const { output, status } = await run(
		{ target: built.target, image: await bootLoader() },
		{
			timeoutSeconds: 60,
			qemuArgs: ["-device", "loader,addr=" + AREA + ",file=" + folder + "/signed.bin,force-raw=on"],
		},
	);
	const toggles = [...output.matchAll(/^\[ *\d+\.\d+\] led (on|off)$/gm)].map(([, state]) => state);
	expect(toggles).toEqual(Array.from({ length: 10 }, (_, i) => (i % 2 ? "off" : "on")));
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N9 a board without areas for images says so", async () => {
	await expect(buildProgram("examples/blinky", "mps2-an385", { bootLoader: "mcuboot" })).rejects.toThrow(
		/mps2-an385 has no areas for images/,
	);
});
