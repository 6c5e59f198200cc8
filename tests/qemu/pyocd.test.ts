/** pyocd itself, from its registry, with a probe that serves the memory of a run in QEMU: threads in GDB, and flashing. N10 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Built } from "../../tools/build.ts";
import { debug } from "../../tools/debug.ts";
import { loadedParts } from "../../tools/flash.ts";
import { path } from "../../tools/paths.ts";
import { buildProgram } from "../programs/support.ts";
import { dumpRun, emptyBoard, installPyocd, statorWithProbe } from "./support/pyocd.ts";

beforeAll(installPyocd);

/** Lines of `info threads`: name and what the plugin says of it, in its order; the current one's with a star. */
const threads = (output: string): string[] =>
	[...output.matchAll(/^([* ]) +\d+ +Thread \d+ "([^"]*)" \((.*)\) +(?:\S+ \(|0x)/gm)].map(
		([, mark, name, text]) => (mark === "*" ? "* " : "") + name + ": " + text.replace(/until tick \d+/, "until tick N"),
	);

/** The same of `info stator`. */
const tasks = (output: string): string[] =>
	[
		...output.matchAll(/^ *\d+ {2}(\S.*?) {2,}(\S.*?) {2,}(high|normal|low) +\d+ +\d+ +\d+(?: {2}(\S+) {2}(.*))?$/gm),
	].map(
		([, name, state, level, place, text]) =>
			name + ": " + state + ", " + level + (place === undefined ? "" : ", " + place + " " + text),
	);

async function throughPyocd(built: Built, commands: string[]): Promise<{ said: string; output: string }> {
	const bin = await installPyocd();
	const { probe, said } = await dumpRun(built, "stator_port_idle");
	const before = process.env.PATH;
	process.env.PATH = bin + ":" + before;
	process.env.STATOR_FAKE_PROBE = probe;
	try {
		const { output } = await debug(built, { probe: "fake", commands: [...commands, "kill"], timeoutSeconds: 120 });
		return { said, output };
	} finally {
		process.env.PATH = before;
		delete process.env.STATOR_FAKE_PROBE;
	}
}

describe("N10 threads in GDB through pyocd", () => {
	test("every task with its name, state, priority, and what it waits for, where", async () => {
		const built = await buildProgram("suspended.ts", "mps2-an385");
		const { said, output } = await throughPyocd(built, ["info threads"]);
		const shown = threads(output);
		expect(shown).toEqual([
			expect.stringMatching(/^(\* )?loop of main: executor 0: main$/),
			"nested: waiting, high, tests/programs/suspended.ts:7 await sleep(ms) (until tick N)",
			"many #0: waiting, normal, tests/programs/suspended.ts:7 await sleep(ms) (until tick N)",
			"many #1: waiting, normal, tests/programs/suspended.ts:7 await sleep(ms) (until tick N)",
			"byHand: waiting, normal",
			"reader: waiting, normal, tests/programs/suspended.ts:21 numbers.receive()",
			"root: waiting, normal, tests/programs/suspended.ts:31 await sleep(100) (until tick N)",
		]);
		// What GDB's own commands say of the same memory, in QEMU.
		expect(shown.slice(1)).toEqual(tasks(said).map((line) => line.replace(/until tick \d+/, "until tick N")));
		// The loop has the processor's registers; a task has none.
		expect(output).toMatch(/"loop of main" .* stator_port_idle \(/);
		expect(output).toMatch(/"nested" .*0xffff0000 in \?\? \(\)/);
	});

	test("the tasks of every level", async () => {
		const built = await buildProgram(path("tests/programs/level-tasks"), "mps2-an385");
		const { said, output } = await throughPyocd(built, ["info threads"]);
		const shown = threads(output);
		const loops = [
			"loop of main: executor 0: main",
			'loop of slow: executor 1: level "slow" at vector 21',
			'loop of fast: executor 2: level "fast" at vector 20',
		];
		for (const loop of loops) expect(shown.map((line) => line.replace("* ", ""))).toContain(loop);
		expect(shown.filter((line) => !line.includes("loop of"))).toEqual(
			tasks(said).map((line) => line.replace(/until tick \d+/, "until tick N")),
		);
		expect(tasks(said)).toHaveLength(6);
	});
});

describe("N10 stator flash", () => {
	const board = "mps2-an385";

	test("writes, compares every byte, and says so; with --json too", async () => {
		const { image } = await buildProgram("examples/blinky", board);
		const { probe, written } = emptyBoard(path("build/pyocd-test/empty"));
		const text = await statorWithProbe(probe, ["flash", "blinky", "--board", board, "--uid", "fake"]);
		expect(text.err).toContain("[====");
		expect(text.out).toMatch(/^\d+ bytes on mps2-an385, compared, running\n$/);
		expect(text.status).toBe(0);
		const held = readFileSync(written);
		const parts = loadedParts(readFileSync(image));
		expect(parts.length).toBeGreaterThan(0);
		for (const { address, data } of parts)
			expect(held.subarray(address, address + data.length).equals(data), "at " + address).toBe(true);
		const json = await statorWithProbe(probe, ["-q", "flash", "blinky", "--board", board, "--uid", "fake", "--json"]);
		expect(JSON.parse(json.out)).toMatchObject({ board, target: "cortex_m", verified: true });
		expect(json.err).toBe("");
	});

	test("without a probe, or a chip that pyocd does not know: what to do", async () => {
		const none = await statorWithProbe(undefined, ["-q", "flash", "blinky", "--board", board]);
		expect(none.status).toBe(1);
		expect(none.err).toMatch(/error: no debug probe was found\n.*plug it in/);
		const { probe } = emptyBoard(path("build/pyocd-test/empty"));
		const unknown = await statorWithProbe(probe, ["-q", "flash", "blinky", "--board", "netduinoplus2"]);
		expect(unknown.status).toBe(1);
		expect(unknown.err).toMatch(/pyocd does not know the chip stm32f405rgtx\n {2}pyocd pack install stm32f405rgtx/);
	});
});
