/** N8 Pins of chips whose GPIO no emulator here has, on a model of it. */
import { expect, test } from "vitest";
import { compile, execute, seedOf } from "./support/compile.ts";

test("N8 STM32F405: 20,000 random opens, writes and closes of all its pins; each shows what it should, and none another's", async () => {
	const executable = await compile({
		name: "digital-stm32f4",
		units: ["../cortex-m/chips/stm32f4/digital"],
		includes: ["tests/native/fake", "native/cortex-m"],
	});
	const { code, stdout, stderr } = await execute(executable, seedOf("digital") + "\n");
	expect(stderr).toBe("");
	expect(code, stdout).toBe(0);
});
