/**
 * N9 libFuzzer on the C that takes bytes from outside, under AddressSanitizer and UBSan: the console's rings, digests and signatures, the flash
 * that images are written to, pipes and channels, texts in formats. Each target (tests/native/fuzz-*.c) says what must hold.
 * A short run with one seed; STATOR_FUZZ_SECONDS=600 hunts so long in each target, with another seed in every run unless STATOR_SEED says which.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { beforeAll, expect, type TestContext, test } from "vitest";
import { probe, requirements } from "../../scripts/bootstrap.mjs";
import { fetchMonocypher } from "../../tools/monocypher.ts";
import { compile, execute, type Program, root } from "./support/compile.ts";

const SECONDS = Number(process.env.STATOR_FUZZ_SECONDS ?? 0);
const SEED = process.env.STATOR_SEED ?? (SECONDS > 0 ? String(1 + Math.floor(Math.random() * 2 ** 31)) : "1");
const RUNS = 2000;

const run = promisify(execFile);
const monocypher = root + "build/monocypher/clang.o";
let missing: string | undefined;

beforeAll(async () => {
	const needed = requirements.filter(({ package: name }) => ["clang", "libclang-rt-dev"].includes(name));
	missing = needed.find(({ probe: how }) => !probe(how))?.tool;
	if (missing !== undefined) return;
	await fetchMonocypher();
	// Without sanitizers, with which it takes minutes to compile: it is ours to use, not to test.
	await run("clang", ["-O2", "-c", root + "build/monocypher/monocypher.c", "-o", monocypher]);
}, 180_000);

const chipFlash = (chip: string, model: string): Partial<Program> => ({
	units: ["../cortex-m/flash/areas", "../cortex-m/chips/" + chip + "/flash"],
	sources: ["fuzz-flash-model", "flash-model", model].map((name) => "tests/native/" + name + ".c"),
	includes: ["tests/native/fake", "tests/native", "native/cortex-m"],
	defines: { FLASH_LOOKS: 1000, CHIP: chip },
});
const boardConsole: Partial<Program> = {
	units: ["../cortex-m/console"],
	includes: ["native/cortex-m"],
	preludes: ["tests/native/fake/core.h"],
};

/** What it is, the target, what it is linked with. */
const targets: [string, string, Partial<Program>][] = [
	["the console of boards", "fuzz-console", boardConsole],
	[
		"SHA-256 and Ed25519",
		"fuzz-digest",
		{ units: ["sha256", "signature"], includes: ["build/monocypher"], libraries: [monocypher] },
	],
	["the flash of stm32f4", "fuzz-flash", chipFlash("stm32f4", "flash-stm32f4")],
	["the flash of nrf52", "fuzz-flash", chipFlash("nrf52", "flash-nvmc")],
	[
		"the flash of Linux",
		"fuzz-flash",
		{ sources: ["tests/native/fuzz-flash-file.c", "native/linux/flash-file.c"], defines: { CHIP: "linux" } },
	],
	["pipes, channels and signals", "fuzz-ring", { units: ["ring", "wait-list"] }],
	["texts in formats", "fuzz-format", { units: ["format"] }],
];

interface Hunted {
	code: number | null;
	output: string;
	/** Inputs that were tried. */
	executions: number;
	/** The input that fails, if one does. */
	found: Buffer | undefined;
}

async function hunt(ctx: TestContext, name: string, program: Partial<Program>): Promise<Hunted> {
	if (missing !== undefined) ctx.skip(missing + " is not there");
	const executable = await compile({ name, units: [], ...program, sanitize: "fuzzer,address,undefined" });
	const folder = mkdtempSync(tmpdir() + "/stator-fuzz-");
	const length = SECONDS > 0 ? ["-max_total_time=" + SECONDS] : ["-runs=" + RUNS];
	const args = [...length, "-seed=" + SEED, "-max_len=512", "-len_control=0", "-print_final_stats=1"];
	const { code, stderr } = await execute(executable, "", [...args, "-artifact_prefix=" + folder + "/"], []);
	const [artifact] = readdirSync(folder);
	const found = artifact === undefined ? undefined : readFileSync(folder + "/" + artifact);
	rmSync(folder, { recursive: true });
	const executions = Number(/number_of_executed_units: (\d+)/.exec(stderr)?.[1]);
	return { code, output: stderr, executions, found };
}

test.for(targets)("N9 %s", { timeout: (SECONDS + 120) * 1000 }, async ([what, name, program], ctx) => {
	const { code, output, executions, found } = await hunt(ctx, name, program);
	console.log(what + ": seed " + SEED + ", " + executions + " inputs");
	expect(code, "input " + found?.toString("hex") + "\n" + output.slice(-4000)).toBe(0);
	expect(executions).toBeGreaterThanOrEqual(SECONDS > 0 ? SECONDS : RUNS);
});

test("N9 a driver that receives although there is no room is found", async (ctx) => {
	const { code, output, found } = await hunt(ctx, "fuzz-console", { ...boardConsole, defines: { PLANTED: 1 } });
	expect(code).not.toBe(0);
	expect(output).toContain("not so: byte ==");
	expect(found?.length).toBeGreaterThan(0);
}, 120_000);
