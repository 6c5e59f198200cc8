/** The C half of an executor (native/xs/executor.c): alarms over the wrap of the clock, due bits, who is pended. E7, M12. */
import { expect, test } from "vitest";
import { compile, execute } from "./support/compile.ts";

test("E7: alarms are due at their tick, once, around every wrap; wakes and due bits pend", async () => {
	const { code, stdout, stderr } = await execute(
		await compile({ name: "executor", units: ["executor", "ready", "ready-fair"] }),
	);
	expect(stderr).toBe("");
	expect(stdout).toBe("ok\n");
	expect(code).toBe(0);
});
