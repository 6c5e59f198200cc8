/**
 * X5 The simulator finds bugs: each mutation of the list within its number of runs; and it finds none in what is not mutated. STATOR_SIM_RUNS
 * sets how many runs the sound program gets (default 25): for long hunts.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Compiled } from "../../../compiler/index.ts";
import { INVARIANTS } from "../../../hal/sim/invariants.ts";
import { type App, findApp } from "../../../tools/app.ts";
import { compileFor, loadProgram } from "../../../tools/sim/program.ts";
import { runSeeds } from "../../../tools/sim/runs.ts";
import { type Mutation, mutations } from "./mutations.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const LIMITS = { seconds: 0.3, steps: 3000 };
const RUNS = Number(process.env.STATOR_SIM_RUNS ?? 25);

let app: App;
let compiled: Compiled;

beforeAll(() => {
	app = findApp(root + "tests/unit/sim/program");
	compiled = compileFor(app);
});

/** The text of a file with a mutation in it. Throws when what it replaces does not stand there exactly once. */
function mutated(mutation: Mutation, text: string): string {
	const found = text.split(mutation.from).length - 1;
	if (found !== 1)
		throw new Error('mutation "' + mutation.name + '": its text stands ' + found + " times in " + mutation.file);
	return text.replace(mutation.from, () => mutation.to);
}

test("X5 the sound program passes under every seed", { timeout: 600_000 }, async () => {
	const program = await loadProgram(app, {}, compiled);
	const { failed, runs } = runSeeds(program, 1, RUNS, LIMITS);
	expect(failed?.failure).toBeUndefined();
	expect(runs).toBe(RUNS);
});

test("X5 every invariant has a mutation that it finds, or is named here with the reason why not", () => {
	const found = new Set(mutations.flatMap((mutation) => mutation.found));
	expect(INVARIANTS.filter((name) => !found.has(name))).toEqual([]);
	expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
});

test("X5 a mutation whose text is gone is an error", () => {
	expect(() => mutated({ ...mutations[0], from: "what stands nowhere" }, "text")).toThrow("stands 0 times");
	expect(() => mutated({ ...mutations[0], from: "t" }, "text")).toThrow("stands 2 times");
});

describe("X5 is found:", () => {
	test.each(mutations)("$name", async (mutation) => {
		const file = root + mutation.file;
		mutated(mutation, readFileSync(file, "utf8"));
		const change = (path: string, text: string): string => (path === file ? mutated(mutation, text) : text);
		const program = await loadProgram(app, { change }, compiled);
		const { failed, runs } = runSeeds(program, 1, mutation.runs, LIMITS);
		expect(failed?.failure.invariant, "not found in " + runs + " runs").toBeDefined();
		expect(mutation.found).toContain(failed?.failure.invariant);
	});
});
