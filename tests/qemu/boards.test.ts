/**
 * Boards as folders: one added by the steps of CONTRIBUTING.md ("Add a board") is built and runs; the board that has no emulator here
 * is built and fits.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { buildProgram, runProgram } from "../programs/support.ts";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-board-");
});
afterAll(() => {
	rmSync(folder, { recursive: true });
	rmSync(path("build/my-board"), { recursive: true, force: true });
});

test("a board of one's own is a folder of three files, and no other file names it", async () => {
	const board = folder + "/my-board";
	cpSync(path("native/cortex-m/boards/mps2-an385"), board, { recursive: true });
	const description = JSON.parse(readFileSync(board + "/board.json", "utf8"));
	writeFileSync(board + "/board.json", JSON.stringify({ ...description, clocks: ["cmsdk-timer", "systick"] }));
	const { output, status } = await runProgram("examples/blinky", board);
	expect(output).toMatch(/led on\n(.*\n)*stator: exit 0\n/);
	expect(status).toBe(0);
}, 900_000);

test("a board whose files are not right says which, and what is wrong", () => {
	const board = folder + "/wrong";
	cpSync(path("native/cortex-m/boards/mps2-an385"), board, { recursive: true });
	writeFileSync(board + "/board.json", '{ "clocks": ["sundial"] }');
	expect(() => findTarget(board)).toThrow(/board\.json: there is no time driver "sundial"/);
	writeFileSync(board + "/board.json", "{}");
	expect(() => findTarget(board)).toThrow(/board\.json names no "clocks"/);
	rmSync(board + "/memory.ld");
	expect(() => findTarget(board)).toThrow(/has no memory\.ld/);
});

test("a clock that the board does not have is refused, with those that it has", async () => {
	await expect(buildProgram("examples/blinky", "mps2-an385", { clock: "nrf-rtc" })).rejects.toThrow(
		/the setting clock is "nrf-rtc", which mps2-an385 does not have/,
	);
});

// The smallest board: all that it has is for the program.
test("R7 blinky on microbit: 16 KB RAM and 256 KB flash hold it, it toggles ten times and grows nothing", async () => {
	const built = await buildProgram("examples/blinky", "microbit");
	const { output, status } = await run(built, { timeoutSeconds: 120 });
	const toggles = [...output.matchAll(/^\[ *\d+\.\d+\] led (on|off)$/gm)].map(([, state]) => state);
	expect(toggles).toEqual(Array.from({ length: 10 }, (_, i) => (i % 2 ? "off" : "on")));
	expect(output).toContain("stator: heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
	const [, ram, left] = /RAM (\d+) bytes: .* (\d+) left$/m.exec(output)?.map(Number) ?? [];
	const flash = Number(/flash (\d+) bytes/.exec(output)?.[1]);
	expect(ram + left).toBeLessThanOrEqual(built.target.ramBytes ?? 0);
	expect(flash).toBeLessThanOrEqual(built.target.flashBytes ?? 0);
	expect([built.target.ramBytes, built.target.flashBytes]).toEqual([16_384, 262_144]);
	// Measured on the board itself, and without giving up a margin.
	expect(built.machine.measured?.numbers.peak_slots).toBeLessThan(built.machine.computed.initialSlots ?? 0);
}, 900_000);

// No emulator of it here: Renode runs it (tests/renode).
test("nrf52840dk is built and fits", async () => {
	const { report, target, folder: built } = await buildProgram("examples/blinky", "nrf52840dk");
	expect(report.tasks.length).toBeGreaterThan(0);
	const map = readFileSync(built + "/program.map", "utf8");
	const symbol = (name: string): number => Number(new RegExp("^ +(0x[0-9a-f]+) +" + name + " = ", "m").exec(map)?.[1]);
	expect(symbol("_data_load")).toBeGreaterThan(20_000);
	expect(symbol("_data_load")).toBeLessThan(target.flashBytes ?? 0);
	expect(symbol("_block_start") - 0x20000000).toBeLessThan(12_288);
}, 900_000);
