/** N9 The flash drivers, which no emulator here runs, on models of their controllers: what comes out of turn fails there. */
import { expect, test } from "vitest";
import { compile, execute, seedOf } from "./support/compile.ts";

test.each([
	["stm32f4", "flash-stm32f4"],
	["nrf52", "flash-nvmc"],
])(
	"N9 %s: what is programmed is there, sectors are erased whole, refusals and a stuck controller are reported",
	async (chip, name) => {
		const executable = await compile({
			name,
			units: ["../cortex-m/flash/areas", "../cortex-m/chips/" + chip + "/flash"],
			sources: ["tests/native/flash-model.c", "tests/native/flash-checks.c"],
			includes: ["tests/native/fake", "tests/native", "native/cortex-m"],
			defines: { FLASH_LOOKS: 1000 },
		});
		const { code, stdout, stderr } = await execute(executable, seedOf("flash") + "\n");
		expect(stderr).toBe("");
		expect(stdout).toBe("passed\n");
		expect(code).toBe(0);
	},
);
