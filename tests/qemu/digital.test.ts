/** Pins as inputs and outputs on emulated boards; tests/native/digital.test.ts has the STM32F405's, whose pins QEMU does not have. */
import { expect, test } from "vitest";
import { runProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";

test("N8 microbit: an output shows what is written and can be read, inputs have their pulls; proven, nothing grows", async () => {
	const { output, status } = await runProgram("digital-microbit.ts", "microbit", {
		settings: { proof: true, measure: true },
	});
	expect(logged(output)).toEqual(["output 10", "pulls 10"]);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("N8 mps2-an385: callbacks and awaits of edges, two lights in one register, what is refused; proven, nothing grows", async () => {
	const { output, status } = await runProgram("digital-mps2.ts", "mps2-an385", { settings: { proof: true } });
	expect(output.split("\n").slice(0, 7)).toEqual([
		'TypeError: Digital: pin "LED1" is open already',
		'RangeError: Digital: pin "BUTTON1" has no mode 8 here',
		'RangeError: pin: this board has no pin "PA0"',
		'TypeError: Digital: pin "LED0" is an output, and only inputs have edges',
		'RangeError: Digital: edge of pin "BUTTON1" is Digital.Rising, Digital.Falling or both, got 7',
		"nothing",
		"TypeError: Digital: it is closed",
	]);
	expect(logged(output)).toEqual(["output 10", "both 10", "called back 3", "awaited 1", "called back 4"]);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});
