/** The board benchmark: its keys, and the limits that it must keep. Instructions under -icount are exact, not timed. */
import { expect, test } from "vitest";
import { benchBoard } from "../../tools/bench.ts";
import { setQuiet } from "../../tools/report.ts";

test("A9 E4 E6 M2 X3 costs on mps2-an385 in instructions", async () => {
	setQuiet(true);
	const figures = await benchBoard("mps2-an385");
	expect(figures.wake_poll_instr).toBeLessThanOrEqual(1400);
	expect(figures.wake_poll_instr * 7).toBeLessThanOrEqual(figures.await_native_instr);
	expect(figures.wake_poll_1000_instr).toBeLessThanOrEqual(1.3 * figures.wake_poll_instr);
	expect(figures.wake_poll_single_instr).toBeLessThanOrEqual(2300);
	// A compiled task: against the same body by hand, what finding one of 16 states costs, and against native await of the
	// same body: in the same program with its own heap, and in one with a heap so large that it hardly collects.
	expect(figures.resume_compiled_instr).toBeLessThanOrEqual(1.8 * figures.resume_by_hand_instr);
	expect(figures.resume_compiled_instr).toBeLessThanOrEqual(1250);
	expect(figures.resume_frame_instr).toBeLessThanOrEqual(1.4 * figures.resume_by_hand_instr);
	expect(figures.resume_frame_instr).toBeGreaterThan(figures.resume_compiled_instr);
	expect(figures.dispatch_of_16_instr).toBeLessThanOrEqual(500);
	expect(5 * figures.resume_compiled_instr).toBeLessThanOrEqual(figures.await_same_body_instr);
	expect(5 * figures.resume_compiled_instr).toBeLessThanOrEqual(figures.await_same_body_ample_instr);
	expect(5 * figures.resume_compiled_instr).toBeLessThanOrEqual(figures.await_same_body_woken_ample_instr);
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
	// A level that preempts: interrupt to its task's first statement, whatever the lower machine does; RAM of its machine.
	expect(figures.preempt_instr_max).toBeLessThanOrEqual(500);
	expect(figures.preempt_jitter_instr).toBeLessThanOrEqual(16);
	expect(figures.machine_ram_bytes).toBeLessThanOrEqual(4096);
	// From an interrupt to the first statement of a task that waits for it, in an executor that is idle: compiled and by hand.
	expect(figures.interrupt_to_task_instr_max).toBeLessThanOrEqual(1400);
	expect(figures.interrupt_to_hand_instr_max).toBeLessThanOrEqual(1400);
	// N2 A timer is set, given up and fired among 10,000 as among 10.
	expect(figures.timer_set10k_instr).toBeLessThanOrEqual(1.2 * figures.timer_set10_instr);
	expect(figures.timer10k_instr).toBeLessThanOrEqual(1.2 * figures.timer10_instr);
	// N1 The aim is three resumed tasks for a value; two channels miss it (docs/DESIGN.md). Not more than it is.
	expect(figures.channel_value_instr).toBeLessThanOrEqual(3 * figures.resume_compiled_instr);
	expect(figures.channel_pingpong_instr).toBeLessThanOrEqual(4.1 * figures.resume_compiled_instr);
	expect(figures.mutex_instr).toBeLessThanOrEqual(5_300);
	expect(figures.select2_instr).toBeLessThanOrEqual(19_500);
	for (const of of ["waits", "timers"])
		for (const what of ["growth_slots", "growth_bytes", "collections"]) expect(figures[of + "_" + what], of).toBe(0);
	expect(figures.heap_delta_slots).toBe(0);
	expect(figures.heap_delta_bytes).toBe(0);
	expect(figures.collections).toBe(0);
});
