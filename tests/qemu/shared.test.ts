/**
 * Shared channels, signals and pipes on an emulated board: a handler in C and a level put things in, tasks in thread mode wait for them.
 */
import { expect, test } from "vitest";
import { LEVEL_TIMES, TIMES } from "../programs/shared/names.ts";
import { runProgram } from "../programs/support.ts";

const board = "mps2-an385";

test("N1 a storm from a handler and a level: none lost, none twice, in order, what was refused is counted", async () => {
	const settings = { proof: true, measure: false };
	const { output, status } = await runProgram("shared", board, { timeoutSeconds: 400, settings });
	expect(output).toContain("numbers " + TIMES + ", sent " + TIMES + ", wrong 0\n");
	const counts = (line: RegExp): number[] => line.exec(output)?.slice(1).map(Number) ?? [];
	const [refused] = counts(/^refused (\d+)$/m);
	expect(refused, output).toBeGreaterThan(0);
	const [read, sent, cut] = counts(/^bytes (\d+), sent (\d+), cut short (\d+)$/m);
	expect(read).toBe(sent);
	expect(read).toBeGreaterThan(TIMES / 16);
	expect(cut, output).toBeGreaterThan(0);
	const [last, signals, speed, speeds] = counts(/^latest (\d+) of (\d+), speed ([\d.]+) of (\d+)$/m);
	expect(last).toBe(TIMES - (TIMES % 16));
	expect(speed).toBe(LEVEL_TIMES / 4);
	for (const some of [signals, speeds]) expect(some).toBeGreaterThan(10);
	const [fromLevel, levelRefused, records] = counts(/^level (\d+), refused (\d+), records (\d+) and \d+$/m);
	expect(fromLevel).toBe(LEVEL_TIMES);
	expect(levelRefused).toBeGreaterThan(0);
	expect(records).toBeGreaterThan(100);
	// The level's own count is the channel's, and neither machine has allocated anything.
	expect(output).toContain("level: refused as counted " + levelRefused + "\n");
	expect(output).toContain("growth 0\n");
	expect(output).toMatch(/level "level": .*\n.*heap growth since start-up 0 slots, 0 bytes; collections 0/);
	expect(status).toBe(0);
}, 600_000);
