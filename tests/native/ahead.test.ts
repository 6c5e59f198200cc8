/** What is fetched ahead of polls on Linux (native/linux/ahead.c), and that a thread that ends leaves nothing of it behind. */
import { expect, test } from "vitest";
import { compile, execute, seedOf } from "./support/compile.ts";

test("A5 E4 of every ready task of a noted pool, and of no other, what its poll touches is asked for; a thread's notes are in its machine's block", async () => {
	const executable = await compile({
		name: "ahead",
		units: [],
		sources: ["native/linux/ahead.c"],
		includes: ["tests/native/fake/xs", "native/xs/own-machine"],
		defines: { __builtin_prefetch: "note_prefetch" },
		preludes: ["tests/native/fake/xs/prefetch.h"],
	});
	const { code, stdout, stderr } = await execute(executable, seedOf("ahead") + "\n");
	expect(stderr).toBe("");
	expect(code, stdout).toBe(0);
});
