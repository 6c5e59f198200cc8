/** The programs of tests/compiler/hostile-cases.ts that the proof accepts grow nothing on XS. X2. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { hostile, modules } from "../compiler/hostile-cases.ts";
import { runProgram } from "../programs/support.ts";

test("X2 what the proof accepts grows nothing", async () => {
	const folder = mkdtempSync(tmpdir() + "/stator-hostile-");
	const accepted = hostile.filter(({ refused }) => refused === undefined);
	for (const [name, text] of Object.entries(modules(accepted))) writeFileSync(folder + "/" + name, text);
	const { output, status } = await runProgram(folder, "linux", { settings: { proof: false } });
	rmSync(folder, { recursive: true });
	expect(output).toMatch(/^\[ *\d+\.\d+\] grown 0$/m);
	expect(status).toBe(0);
});
