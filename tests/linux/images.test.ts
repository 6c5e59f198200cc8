/** N9 The image store over a file on Linux: what a program wrote, the next one finds. */
import { readFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { imageStore } from "../programs/images-output.ts";
import { runProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";

const file = path("build/test-images.bin");

test("N9 X2 upload, refusal, mark: proven, nothing grows, and it is in the file", async () => {
	rmSync(file, { force: true });
	const { status, output } = await runProgram("images", "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(imageStore);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
	const flash = readFileSync(file);
	expect(flash.length).toBe(2 * 65536);
	expect(flash.readUInt32LE(65536)).toBe(0x96f3b83d);
	expect(flash.subarray(-16).toString("hex")).toBe("77c295f360d2ef7f3552500f2cb67980");
	// What is marked is still marked in the next run: it is not erased.
	const again = await runProgram("images", "linux", { settings: { proof: true } });
	expect(logged(again.output)[0]).toBe("erased 9");
	rmSync(file);
});
