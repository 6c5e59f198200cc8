/**
 * Booting from flash: the builtins and the program's functions are constants there. What a program prints is the same as
 * with both in RAM; the builtins are frozen; blinky's memory stays within its limits.
 */
import { describe, expect, test } from "vitest";
import { run } from "../../tools/run.ts";
import { buildProgram, runProgram } from "../programs/support.ts";

const targets = ["linux", "mps2-an385", "netduinoplus2"] as const;
const boards = ["mps2-an385", "netduinoplus2"] as const;

/** What the program itself has printed. */
const own = (output: string): string => output.replace(/^stator: .*\n/gm, "");

describe("builtins in flash and in RAM behave alike", () => {
	for (const target of ["linux", "mps2-an385"])
		test(target, async () => {
			const flash = await runProgram("builtins.ts", target, { timeoutSeconds: 120 });
			const ram = await runProgram("builtins.ts", target, { timeoutSeconds: 120, settings: { rom: false } });
			expect(flash.output).toContain("promise: 1Failure\n");
			expect(own(flash.output)).toBe(own(ram.output));
			expect(flash.status).toBe(0);
			expect(ram.status).toBe(0);
		});
});

const refused = [
	"add a method",
	"change a method",
	"push to a prototype",
	"set a prototype's length",
	"set an element of a prototype",
	"delete a method",
	"change a constant",
	"define",
	"redefine",
	"another prototype",
	"assign to many",
	"weak key",
	"weak set",
	"change an error's name",
	"a property of a builtin function",
];
const allowed = ["weak reference", "freeze", "own toString", "after collections"];

for (const target of targets)
	test("changing a builtin is a TypeError, not a fault: " + target, async () => {
		const { output, status } = await runProgram("frozen.ts", target, { timeoutSeconds: 120 });
		expect(status).toBe(0);
		for (const name of refused) expect(output).toContain(name + ": TypeError\n");
		for (const name of allowed) expect(output).toContain(name + ": done\n");
	});

for (const board of boards)
	test("blinky's memory: " + board, async () => {
		const built = await buildProgram("examples/blinky", board);
		const { output, status } = await run(built, { timeoutSeconds: 120 });
		const [, all, pool, poolSize] =
			/RAM (\d+) bytes: \d+ static \(pool: (\d+) of (\d+) used\)/.exec(output)?.map(Number) ?? [];
		expect(status).toBe(0);
		expect(all).toBeLessThanOrEqual(16_384);
		expect(pool).toBeLessThan((poolSize ?? 0) - 128); // room for one more `try`
		const [, slots, slotRoom] = /slots: (\d+) of (\d+)/.exec(output)?.map(Number) ?? [];
		expect(slots).toBeLessThan(1800);
		expect(slotRoom).toBeLessThanOrEqual(16 * (built.machine.computed.initialSlots ?? 0)); // not a step more
		expect(Number(/flash (\d+) bytes/.exec(output)?.[1])).toBeLessThan(160_000);
		expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	});

test("the portable suite with the builtins in RAM", async () => {
	const { output } = await runProgram("tests/suite/short.ts", "mps2-an385", {
		timeoutSeconds: 300,
		// With room: a collection that marks every builtin takes longer than checks of time allow, and the computed machine collects often.
		settings: { rom: false, initialSlots: 16_000, initialChunkBytes: 65_536 },
	});
	expect(output).toMatch(/^suite: \d+ passed, 0 failed$/m);
});

test("blinky's memory: linux", async () => {
	const { output, status } = await runProgram("examples/blinky", "linux");
	expect(status).toBe(0);
	expect(Number(/slots: (\d+) of/.exec(output)?.[1])).toBeLessThan(12_000);
});
