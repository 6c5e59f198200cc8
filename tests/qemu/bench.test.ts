/** The board benchmark: its keys, and the limits that it must keep. Instructions under -icount are exact, not timed. */
import { expect, test } from "vitest";
import { benchBoard } from "../../tools/bench.ts";
import { setQuiet } from "../../tools/report.ts";

test("E4 M2 costs on mps2-an385 in instructions", async () => {
	setQuiet(true);
	const figures = await benchBoard("mps2-an385");
	expect(figures.wake_poll_instr).toBeLessThanOrEqual(1400);
	expect(figures.wake_poll_instr * 7).toBeLessThanOrEqual(figures.await_native_instr);
	expect(figures.wake_poll_1000_instr).toBeLessThanOrEqual(1.3 * figures.wake_poll_instr);
	expect(figures.wake_poll_single_instr).toBeLessThanOrEqual(2300);
	// blinky: reset to the first statement of its main.ts, and its memory
	expect(figures.boot_instr).toBeLessThanOrEqual(10_000);
	expect(figures.flash_bytes).toBeLessThanOrEqual(300_000);
	expect(figures.ram_bytes).toBeLessThanOrEqual(16_384);
	for (const key of [
		"timer_instr",
		"spawn_join_instr",
		"boot_instr",
		"boot_small_instr",
		"isr_to_task_instr_max",
		"ram_bytes",
		"flash_bytes",
	])
		expect(figures[key], key).toBeGreaterThan(0);
	expect(figures.heap_delta_slots).toBe(0);
	expect(figures.heap_delta_bytes).toBe(0);
	expect(figures.collections).toBe(0);
});
