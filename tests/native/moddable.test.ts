/** The executor in the SDK's event loop (native/moddable), on a model of that loop: a queue of four messages, for all of the program, that drops. */
import { beforeAll, expect, test } from "vitest";
import { compile, execute } from "./support/compile.ts";

const STORMS = Number(process.env.STATOR_STORMS ?? 300);

let executable: string;

beforeAll(async () => {
	executable = await compile({
		name: "moddable-storm",
		units: ["executor", "ready", "ready-fair"],
		sources: ["native/moddable/turn.c", "native/moddable/port.c", "native/moddable/device/loop.c"],
		includes: ["tests/native/fake/moddable", "native/moddable"],
	});
});

for (const [how, silent] of [
	["says so", 0],
	["does not say so", 1],
] as const)
	test("E4 A9 no wake from an interrupt is lost in a storm, though the message pool is full and " + how, async () => {
		const seed = Number(process.env.STATOR_SEED ?? Math.floor(Math.random() * 2 ** 31));
		const { code, stdout, stderr } = await execute(executable, "", [String(seed), String(STORMS), String(silent)]);
		expect(stderr).toBe("");
		expect(code, "seed " + seed + ": " + stdout).toBe(0);
		expect(stdout).toContain("of our messages dropped");
	});
