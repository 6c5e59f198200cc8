/**
 * The application that waits for everything (tests/programs/soak-all.ts) on a board in virtual time: 10,000 seconds, or as many as
 * STATOR_SOAK_SECONDS says (a million: 1000000). Heap delta 0, collections 0, no drift. N1 N2 R6 X2
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runProgram } from "../programs/support.ts";

const SECONDS = Number(process.env.STATOR_SOAK_SECONDS ?? 10_000);
const beats = SECONDS / 10;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-soak-");
});
afterAll(() => rmSync(folder, { recursive: true }));

test(
	"N1 N2 R6 " + SECONDS + " seconds of everything that can be waited for: nothing grows, nothing drifts",
	async () => {
		const text = readFileSync(path("tests/programs/soak-all.ts"), "utf8");
		expect(text).toContain("const BEATS = 200;");
		writeFileSync(folder + "/main.ts", text.replace("const BEATS = 200;", "const BEATS = " + beats + ";"));
		writeFileSync(folder + "/manifest.json", JSON.stringify({ modules: { "*": "./main" } }));
		const { output, status } = await runProgram(folder, "mps2-an385", { timeoutSeconds: 120 + SECONDS / 100 });
		const sum = 6 * beats;
		expect(output).toContain(
			"wrong 0, turned " + beats + ", heard " + beats + ", account " + sum + ", table " + sum + "\n",
		);
		expect(output).toContain("drift 0 ms in " + SECONDS + " seconds, beats late by 0 to ");
		expect(output).toContain("growth 0 0 0\n");
		expect(status).toBe(0);
	},
	240_000 + SECONDS * 15,
);
