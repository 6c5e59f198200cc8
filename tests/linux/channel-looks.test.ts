/** Compiled tasks at channels: native looks on Linux against the methods of src/sync, step by step. */
import { expect, test } from "vitest";
import { looksOnTheSimulatedMachine } from "../programs/channel-looks-output.ts";
import { runProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";

test("N1 X1 looks at channels in C do what the methods do in TypeScript, in 4,000 random steps; nothing is lost, nothing grows", async () => {
	const expected = looksOnTheSimulatedMachine();
	expect(expected).toContain("lost 0");
	expect(expected).toContain("waiting 0");
	expect(new Set(expected).size).toBe(expected.length);
	const { status, output } = await runProgram("channel-looks.ts", "linux", { settings: { proof: true } });
	expect(logged(output)).toEqual(expected);
	expect(output).toContain("heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
});
