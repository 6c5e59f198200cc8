/** Compiled tasks at channels: native looks on a board against the methods of src/sync, step by step. */
import { expect, test } from "vitest";
import { looksOnTheSimulatedMachine } from "../programs/channel-looks-output.ts";
import { buildProgram, runProgram, symbolsOf } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";

test("N1 X1 looks at channels in C do on a board what the methods do in TypeScript; nothing grows", async () => {
	const { status, output } = await runProgram("channel-looks.ts", "netduinoplus2");
	expect(logged(output)).toEqual(looksOnTheSimulatedMachine());
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});

test("E8 a program without channels has nothing of them", async () => {
	const symbols = await symbolsOf((await buildProgram("examples/blinky", "netduinoplus2")).image);
	expect(symbols).toMatch(/ xs_stator_timer_look$/m);
	expect(symbols).not.toMatch(/xs_stator_channel/);
});
