/** Runs the portable suite on a target and makes a test of each line that it prints. */
import { beforeAll, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { type RunResult, run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { checkNames } from "./names.ts";

/** What the suite printed for a check: OK, or FAILED and why. */
export function outcomeOf(output: string, name: string): string {
	const line = output.split("\n").find((candidate) => candidate.startsWith(name + "... "));
	return line === undefined ? "did not run" : line.slice(name.length + 4);
}

/** Which of the suite's programs: with loops of 100,000 turns, or of 10,000. */
export type Length = "main" | "short";

/** The suite's image for a target. */
export function buildSuite(target: string, length: Length = "main"): Promise<Built> {
	setQuiet(true);
	// Its scripted tasks allocate at will: growth.ts is what demands that nothing grows.
	const app = { ...findApp(path("tests/suite", length + ".ts")), name: "suite", settings: { proof: false } };
	return build(app, findTarget(target));
}

export function suiteOn(target: string, length: Length = "main"): void {
	let result: RunResult;
	beforeAll(async () => {
		result = await run(await buildSuite(target, length), { timeoutSeconds: 600 });
	});
	for (const name of checkNames()) test(name, () => expect(outcomeOf(result.output, name)).toBe("OK"));
	test("nothing else was checked, nothing failed", () => {
		expect(result.output).toContain("suite: " + checkNames().length + " passed, 0 failed");
		expect(result.status).toBe(0);
	});
}
