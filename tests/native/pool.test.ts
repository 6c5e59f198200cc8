/** The pool behind c_malloc (native/xs/pool.c): no block overlaps another, all comes back, running out is reported. A7. */
import { describe, expect, test } from "vitest";
import { compile, execute, seedOf } from "./support/compile.ts";

const build = (bytes: number) => compile({ name: "pool", units: ["pool"], defines: { STATOR_POOL_BYTES: bytes } });

describe("the static pool", () => {
	test("200,000 random allocations, moves and frees: nothing overlaps, nothing leaks, all of it merges again", async () => {
		const executable = await build(16_384);
		const seed = seedOf("pool");
		const { code, stdout, stderr } = await execute(executable, "", [String(seed), "200000"]);
		expect(stderr).toBe("");
		expect(code).toBe(0);
		const [, made, moved, freed, refused] = (
			/(\d+) made, (\d+) moved, (\d+) freed, (\d+) refused/.exec(stdout) ?? []
		).map(Number);
		// It has seen all of its life: a run that never filled up would have shown little.
		for (const times of [made, moved, freed, refused]) expect(times).toBeGreaterThan(1000);
	});

	test.each([16_384, 8192, 4000, 1001, 1007])("the edges, in a pool of %d bytes", async (bytes) => {
		const { code, stdout, stderr } = await execute(await build(bytes), "", ["edges"]);
		expect(stderr).toBe("");
		expect(code).toBe(0);
		expect(stdout).toBe("ok\n");
	});
});
