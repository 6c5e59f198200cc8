/**
 * The differential fuzzer: random programs, compiled and as native async functions; and cancelled at a random time, compiled
 * and as generators whose `return` runs what `finally` blocks are pending.
 *
 * STATOR_FUZZ_RUNS: how many programs (default 6,000). STATOR_FUZZ_SEED: where to begin; it is printed.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ASYNC, GENERATOR, print, program, SUPPORT, type Tree } from "./generator.ts";
import { runGenerator } from "./generator-driver.ts";
import { compileAndLoad, evaluate, Native, pathOf, runCompiled, type Seen } from "./harness.ts";

const ALL = Number(process.env.STATOR_FUZZ_RUNS ?? 6_000);
/** In two files, fuzz-1 and fuzz-2, which run side by side. */
const RUNS = Math.ceil(ALL / 2);
const GIVEN = Number(process.env.STATOR_FUZZ_SEED ?? (Date.now() ^ (process.pid << 8)) | 0);
const BATCH = 200;
/** Every second program has a frame object. */
const FORMS = ["", "{ pool: 9 }, "];

const HEAD = 'import { fail, task, trace, wait } from "./prelude.ts";\n' + SUPPORT;

interface Difference {
	index: number;
	form: string;
	expected: Seen;
	seen: Seen;
}

/** Runs programs in all forms; the first difference. */
async function compare(
	programs: readonly (readonly Tree[])[],
	cancelAt: readonly number[],
): Promise<Difference | undefined> {
	let source = HEAD;
	let generators = HEAD;
	programs.forEach((bodies, index) => {
		source +=
			print(bodies, "p" + index, ASYNC) +
			"export const main" +
			index +
			" = task(" +
			FORMS[index & 1] +
			"p" +
			index +
			"h0);\n";
		generators += print(bodies, "p" + index, GENERATOR) + "export const main" + index + " = p" + index + "h0;\n";
	});
	const compiled = compileAndLoad({ "main.ts": source }).exports;
	const native = new Native();
	const load = (text: string) =>
		evaluate({ [pathOf("main.ts")]: text }, pathOf("main.ts"), { "/prelude.ts": native.prelude });
	const plain = load(source);
	const generator = evaluate({ [pathOf("main.ts")]: generators }, pathOf("main.ts"), {
		"/prelude.ts": runGenerator.prelude,
	});
	for (let index = 0; index < programs.length; index++) {
		const name = "main" + index;
		const expected = await native.run(plain[name], [1, 2]);
		const seen = runCompiled(compiled[name], [1, 2]);
		if (JSON.stringify(seen) !== JSON.stringify(expected)) return { index, form: "native", expected, seen };
		const at = cancelAt[index];
		const cancelled = runGenerator(generator[name], [1, 2], at);
		const seenCancelled = runCompiled(compiled[name], [1, 2], at);
		if (JSON.stringify(seenCancelled) !== JSON.stringify(cancelled))
			return { index, form: "cancelled at " + at, expected: cancelled, seen: seenCancelled };
	}
	return undefined;
}

const both = fc.tuple(
	program,
	fc.nat(12).map((n) => 2 * n + 1),
);

async function minimise(seed: number, index: number): Promise<never> {
	let last: { source: string; difference: Difference | string } | undefined;
	await fc.check(
		fc.asyncProperty(both, async ([bodies, at]) => {
			let difference: Difference | string | undefined;
			try {
				difference = await compare([bodies], [at]);
			} catch (error) {
				difference = error instanceof Error ? String(error.stack) : String(error);
			}
			if (difference === undefined) return;
			last = { source: print(bodies, "p", ASYNC), difference };
			throw new Error("differs");
		}),
		{ seed, path: String(index), endOnFailure: false, interruptAfterTimeLimit: 25_000 },
	);
	throw new Error(
		"seed " + seed + ", program " + index + "\n" + JSON.stringify(last?.difference, undefined, 1) + "\n" + last?.source,
	);
}

/** Declares the test of one half of the programs. */
export function fuzz(half: 0 | 1): void {
	const first = (GIVEN + half * Math.ceil(RUNS / BATCH)) | 0;
	test(RUNS + " random programs do the same compiled and uncompiled", () => hunt(first), 3_600_000);
}

async function hunt(first: number): Promise<void> {
	console.log("fuzz: " + RUNS + " programs, STATOR_FUZZ_SEED=" + first);
	let done = 0;
	for (let batch = 0; done < RUNS; batch++) {
		const seed = (first + batch) | 0;
		const begun = performance.now();
		const samples = fc.sample(both, { seed, numRuns: Math.min(BATCH, RUNS - done) });
		let failed: number | undefined;
		try {
			failed = (
				await compare(
					samples.map(([bodies]) => bodies),
					samples.map(([, at]) => at),
				)
			)?.index;
		} catch {
			// The batch as a whole was refused or crashed: look for the program that did it.
			for (let i = 0; i < samples.length && failed === undefined; i++)
				try {
					if ((await compare([samples[i][0]], [samples[i][1]])) !== undefined) failed = i;
				} catch {
					failed = i;
				}
		}
		if (process.env.STATOR_FUZZ_VERBOSE)
			console.log("fuzz: " + samples.length + " in " + (performance.now() - begun).toFixed(0) + " ms");
		if (failed !== undefined) await minimise(seed, failed);
		done += samples.length;
	}
	expect(done).toBe(RUNS);
}
