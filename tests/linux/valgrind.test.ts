/**
 * Programs on XS under valgrind's memcheck, engine, ring and threads with them. The engine's heap is one block that is zero at first: inside of
 * it memcheck sees no object's bounds, and the sanitizers' builds do not either.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../tools/run-command.ts";
import { MEMCHECK, withoutValgrind } from "../native/support/compile.ts";
import { buildProgram } from "../programs/support.ts";
import { logged } from "../programs/sync-output.ts";
import { files, sockets } from "./io-output.ts";
import { skipWithoutRing } from "./ring.ts";

/** What a whole program loses is a mistake, too. */
const LEAKS = ["--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"];

let directory: string;
beforeAll(() => {
	directory = mkdtempSync(tmpdir() + "/stator-valgrind-");
});
afterAll(() => rmSync(directory, { recursive: true }));

const threads = ["sum 1", ...[0, 1, 2, 3, 4].map((n) => "ran on " + n), "ended"];

test.for([
	["M7 M9 M10 files", "tests/programs/io/files.ts", files],
	["M8 M9 sockets", "tests/programs/io/sockets.ts", sockets],
	["A5 M3 four threads", "threads", threads],
] as const)("%s: clean under valgrind", async ([, program, expected], ctx) => {
	const missing = withoutValgrind();
	if (missing !== undefined) return ctx.skip(missing);
	const { image } = await buildProgram(program, "linux");
	const [command, ...args] = [...MEMCHECK, ...LEAKS];
	const { code, output } = await runCommand(command, [...args, image, "a", "b"], directory);
	skipWithoutRing(ctx, output);
	expect(logged(output)).toEqual(expected);
	expect(output).not.toMatch(/^==\d+==/m);
	expect(code).toBe(0);
});
