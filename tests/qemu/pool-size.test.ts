/** What an instance of a compiled task takes on a board: two programs that differ in the size of a pool, and nothing else. */
import { expect, test } from "vitest";
import { runProgram } from "../programs/support.ts";

/** Bytes that the program has taken for good: used slots and chunks, and what is cut from the slots' end (tables, timers). */
async function taken(name: string): Promise<number> {
	const { output, status } = await runProgram(name, "netduinoplus2", { timeoutSeconds: 120 });
	expect(status, output).toBe(0);
	const found = /(\d+) machine \(slots: (\d+) of (\d+), chunks: (\d+) of (\d+)\)/.exec(output)?.map(Number) ?? [];
	const [, machine, slots, slotRoom, chunks, chunkRoom] = found;
	return machine - slotRoom - chunkRoom + slots + chunks;
}

test("M4 an instance of a large pool takes at most 200 bytes, its helper and its sleep included", async () => {
	const each = ((await taken("pool-large.ts")) - (await taken("pool-small.ts"))) / 100;
	expect(each).toBeGreaterThan(96); // the frame object alone
	expect(each).toBeLessThanOrEqual(200);
});
