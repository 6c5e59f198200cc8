/** N9 The image store with the device's own cryptography on an emulated board, whose RAM stands for flash; what a program without images pays. */
import { expect, test } from "vitest";
import { imageStore } from "../programs/images-output.ts";
import { buildProgram, runProgram, symbolsOf } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";

test("N9 X2 upload, refusal, mark: proven, nothing grows", async () => {
	const { status, output } = await runProgram("images", "mps2-an385", { settings: { proof: true } });
	expect(logged(output)).toEqual(imageStore);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N9 a program that keeps no images has nothing of it", async () => {
	const names = await symbolsOf((await buildProgram("examples/blinky", "mps2-an385")).image);
	expect(names).not.toMatch(/flash_open|sha256|ed25519|chip_flash|xs_stator_digest/);
});
