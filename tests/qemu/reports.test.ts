/** What a program's end on a board says: what, where in TypeScript, how much; and that it resets when it is told to. */
import { describe, expect, test } from "vitest";
import { runProgram } from "../programs/support.ts";

describe.each(["mps2-an385", "netduinoplus2"])("on %s", (board) => {
	test("a fault in native code names the line that called it", async () => {
		const { output, status } = await runProgram("fault", board);
		expect(output).toMatch(/^stator: BusFault \(exception 5\) at pc [0-9a-f]{8}/m);
		expect(output).toContain("  an access to cccccccc: nothing is there\n");
		expect(output).toMatch(/^ {2}C stack: \d+ of \d+ bytes in use$/m);
		expect(output).toMatch(/^ {2}in TypeScript, innermost first:\n {2}at tests\/programs\/fault\/main\.ts:6:1$/m);
		expect(status).toBe(90);
	});

	test("a C stack that overflows in native code", async () => {
		const { output, status } = await runProgram("runaway", board);
		expect(output).toMatch(/^diving\nstator: MemManage/m);
		expect(output).toContain("below the C stack, which has overflowed\n");
		expect(output).toMatch(/C stack: \d+ of \d+ bytes in use: it has overflowed; .*raise the setting cStackBytes/);
		expect(output).toMatch(/in TypeScript, innermost first:\n {2}at tests\/programs\/runaway\/main\.ts:8:3\n/);
		expect(status).toBe(90);
	});

	test("the XS stack", async () => {
		const { output, status } = await runProgram("overflow.ts", board);
		expect(output).toMatch(
			/^stator: XS stack overflow: \d+ slots of \d+ in use on the XS stack, \d+ bytes of \d+ on the C stack\n {2}what to do: .*stackSlots$/m,
		);
		expect(output).toMatch(
			/in TypeScript, innermost first:\n {2}at tests\/programs\/overflow\.ts:5:2\n {2}at tests\/programs\/overflow\.ts:5:2\n/,
		);
		expect(status).toBe(66);
	});

	test("memory", async () => {
		const { output, status } = await runProgram("out-of-memory.ts", board, { settings: { heapBytes: 80000 } });
		expect(output).toMatch(/out of memory for chunks: asked for \d+ bytes, \d+ free/);
		expect(output).toMatch(/in TypeScript, innermost first:\n {2}at tests\/programs\/out-of-memory\.ts:6:25\n/);
		expect(status).toBe(65);
	});
});

test("resets when it is told to: what the program prints comes again", async () => {
	for (const [program, text, status] of [
		["overflow.ts", "falling", 66],
		["fault", "about to fault", 90],
	] as const) {
		const { output } = await runProgram(program, "mps2-an385", {
			settings: { onEnd: "reset" },
			until: new RegExp(text + "\n(.*\n)*" + text),
		});
		expect(output).toMatch(new RegExp(text + "\n(.*\n)*stator: exit " + status + ", the board resets\n" + text));
	}
});
