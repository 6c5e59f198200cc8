/** Wheels that are ticked from elsewhere (native/xs/tick.c): no edge is lost between a tick and the executor's look. R6 */
import { expect, test } from "vitest";
import { compile, executeThreaded } from "./support/compile.ts";

test.for([1, 3])(
	"R6 a thread ticks as fast as it can: 3,000 sleeps end, none early, with %i levels",
	async (levels, { skip }) => {
		const executable = await compile({
			name: "tick-threads",
			units: ["tick", "wheel", "ready", "ready-fair", "executor"],
			sanitize: "thread",
		});
		const ended = await executeThreaded(executable, [String(levels), "3000"]);
		if ("skip" in ended) return skip(ended.skip);
		expect(ended.stderr).toBe("");
		expect(ended.stdout).toBe("ok\n");
		expect(ended.code).toBe(0);
	},
);
