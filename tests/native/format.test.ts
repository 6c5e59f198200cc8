/** The little printf (native/xs/format.c) writes what the C library's does, for all that it claims to know. */
import { expect, test } from "vitest";
import { compile, execute } from "./support/compile.ts";

test("format: each conversion, width and length, in buffers of 0 to 256 bytes", async () => {
	const { code, stdout, stderr } = await execute(await compile({ name: "format", units: ["format"] }));
	expect(stderr).toBe("");
	expect(stdout).toMatch(/^2\d\d cases, 0 failures\n$/);
	expect(code).toBe(0);
});
