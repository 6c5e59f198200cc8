/**
 * The application that waits for everything (tests/programs/soak-all.ts), compiled, on Node in virtual time: 100,000 seconds, or as many
 * as STATOR_SOAK_SECONDS says (a million: 1000000). What Node's heap does is not looked at: that is tests/qemu/soak-all.test.ts. N1 N2 R6 X2
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { onPrint } from "../../hal/sim/index.ts";
import { path } from "../../tools/paths.ts";
import { compileAndLoad } from "./harness.ts";

const SECONDS = Number(process.env.STATOR_SOAK_SECONDS ?? 100_000);
const beats = SECONDS / 10;

test("N1 N2 R6 " + SECONDS + " seconds of everything that can be waited for: every beat at its millisecond", () => {
	const text = readFileSync(path("tests/programs/soak-all.ts"), "utf8");
	expect(text).toContain("const BEATS = 200;");
	const lines: string[] = [];
	const code = text.replace("const BEATS = 200;", "const BEATS = " + beats + ";");
	onPrint((line) => lines.push(line));
	compileAndLoad({ "main.ts": code });
	const sum = 6 * beats;
	expect(lines).toEqual([
		"wrong 0, turned " + beats + ", heard " + beats + ", account " + sum + ", table " + sum,
		"drift 0 ms in " + SECONDS + " seconds, beats late by 0 to 0 ms",
		"growth 0 0 0",
	]);
}, 240_000);
