/** E7 The time driver for nRF's RTC, which no emulator here models as the chip is: on a stricter model, by random alarms. */
import { expect, test } from "vitest";
import { compile, execute } from "./support/compile.ts";

test("E7 nrf-rtc: no alarm is lost or late, an hour is an hour", async () => {
	const executable = await compile({
		name: "nrf-rtc",
		units: ["../cortex-m/time/nrf-rtc"],
		includes: ["tests/native/fake", "native/cortex-m"],
	});
	const seed = Number(process.env.STATOR_SEED ?? Math.floor(Math.random() * 2 ** 31));
	const { code, stdout, stderr } = await execute(executable, seed + "\n");
	expect(stderr).toBe("");
	expect(code, "seed " + seed + ": " + stdout).toBe(0);
});
