/** E7 The clock on every time driver that QEMU can run, without an engine: order, wrap, long sleeps, accuracy, nothing lost. */
import { describe, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { findTarget, targetNames } from "../../tools/targets.ts";
import { runFirmware } from "./support/firmware.ts";

/** QEMU's microbit has no RTC: that driver is tested on the host (tests/native/nrf-rtc.test.ts). */
const notInQemu = ["nrf-rtc"];

const checks = [
	"sleeps end in their tick",
	"an alarm for the present tick, one past or the next is not lost",
	"alarms come in order",
	"executors share the clock",
	"alarms over the wraps of the tick count",
	"long sleeps end in their tick",
	"time does not go back",
	"nothing much is lost by programming",
	"five thousand alarms in a row",
];

const cases = [...targetNames().filter((name) => name !== "linux"), path("tests/boards/mps2-m0")]
	.map(findTarget)
	.filter(({ qemu }) => qemu !== undefined)
	.flatMap((target) => (target.clocks ?? []).map((clock) => ({ target, clock })))
	.filter(({ clock }) => !notInQemu.includes(clock));

describe.each(cases)("E7 $target.name, $clock", ({ target, clock }) => {
	test("alarms of any number of executors", async () => {
		const { output, status } = await runFirmware({ name: "clock", board: target.folder ?? "", clock });
		for (const check of checks) expect(output).toContain(check + "... OK\n");
		expect(output).toContain("clock: 0 failed");
		expect(status).toBe(0);
	});
});
