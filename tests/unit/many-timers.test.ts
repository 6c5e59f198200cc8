/** 10,000 timers on Node: tests/programs/many-timers.ts, which tests/qemu/timers.test.ts runs on a board. N2 */
import { expect, test } from "vitest";
import { freshMachine } from "./support/machine.ts";

test("N2 10,000 timers on one executor, each at its tick", async () => {
	const machine = await freshMachine();
	await import("../programs/many-timers.ts");
	expect(machine.trace).toEqual(["fired 10000, early 0, late 0, set all in time true", "growth 0 0 0"]);
});
