/**
 * `stator test`: the test programs of an application, `*.test.ts` beside its main.ts or in its folder `tests`, each built and run by itself on a
 * target, with the application's settings and native functions. What they print is judged: lines of `check` (src/check), and the program's end.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { type App, findApp } from "./app.ts";
import { UserError } from "./report.ts";
import type { Target } from "./targets.ts";

export interface CheckResult {
	name: string;
	passed: boolean;
	/** Of a failure. */
	why?: string;
}

export interface FileResult {
	file: string;
	passed: boolean;
	checks: CheckResult[];
	/** What is wrong with the file as a whole. */
	problem?: string;
	seconds: number;
}

/** What ran: how it ended, and what it said. */
export interface Ended {
	output: string;
	/** Undefined: as it should. */
	problem: string | undefined;
}

const IS_TEST = /\.test\.ts$/;

/** The application's test programs, in the order of their names; a test file itself is the only one. */
export function findTests(given: string): { app: App; files: string[] } {
	const file = resolve(given);
	if (IS_TEST.test(given) && existsSync(file)) {
		// The application is in the folder with a main.ts: its own, or the one above `tests`.
		const folder = [dirname(file), dirname(dirname(file))].find((one) => existsSync(one + "/main.ts"));
		return { app: findApp(folder ?? file), files: [file] };
	}
	const app = findApp(given);
	const folder = dirname(app.main);
	const files: string[] = [];
	const walk = (place: string): void => {
		for (const name of readdirSync(place).sort()) {
			const path = place + "/" + name;
			if (statSync(path).isDirectory()) walk(path);
			else if (IS_TEST.test(name)) files.push(path);
		}
	};
	for (const name of readdirSync(folder).sort()) if (IS_TEST.test(name)) files.push(folder + "/" + name);
	if (existsSync(folder + "/tests")) walk(folder + "/tests");
	if (files.length === 0)
		throw new UserError(
			given + " has no tests",
			"write one: <name>.test.ts beside main.ts, or in the folder tests, with check of stator/check (docs/reference/checks.md)",
		);
	return { app, files };
}

/** A test as a program of its own: it may allocate, and has none of the application's levels. */
export function testProgram({ name, settings, boardSettings, sources, policy }: App, file: string): App {
	const part = relative(dirname(file), file).replace(IS_TEST, "");
	return {
		name: (name + "-test-" + basename(dirname(file)) + "-" + part).replace(/[^A-Za-z0-9_-]/g, "-"),
		main: file,
		settings: { ...settings, proof: false, measure: false },
		...(boardSettings === undefined ? {} : { boardSettings: { ...boardSettings, proof: false, measure: false } }),
		sources,
		...(policy === undefined ? {} : { policy }),
	};
}

/** What the program said of its checks. */
export function judge(file: string, { output, problem }: Ended, seconds: number): FileResult {
	const checks = [...output.matchAll(/^(.*)\.\.\. (OK|FAILED: (.*))$/gm)].map(
		([, name, , why]): CheckResult => ({ name, passed: why === undefined, ...(why === undefined ? {} : { why }) }),
	);
	const wrong = problem ?? (checks.length === 0 ? "it has no checks" : undefined);
	const passed = wrong === undefined && checks.every((check) => check.passed);
	return { file, passed, checks, ...(wrong === undefined ? {} : { problem: wrong }), seconds };
}

/** Builds and runs one test program. */
export async function runTest(program: App, target: Target | "sim", timeoutSeconds: number): Promise<Ended> {
	if (target === "sim") return simulateTest(program);
	const { build } = await import("./build.ts");
	const { run } = await import("./run.ts");
	const { status, output, timedOut } = await run(await build(program, target), { timeoutSeconds });
	const problem = timedOut
		? "it did not end within " + timeoutSeconds + " seconds"
		: status === 0
			? undefined
			: "it ended with status " + status + "\n" + lastWords(output);
	return { output, problem };
}

/** Of a program that failed, without what every program says at its end. */
const lastWords = (output: string): string =>
	output
		.trimEnd()
		.split("\n")
		.filter((line) => !/^stator: (RAM|flash|heap|exit) |\.\.\. (OK|FAILED: .*)$/.test(line))
		.slice(-8)
		.join("\n");

/** One run of the simulated machine, the first seed's. */
async function simulateTest(program: App): Promise<Ended> {
	const { loadProgram } = await import("./sim/program.ts");
	const { runOnce } = await import("./sim/runs.ts");
	const { DEFAULTS } = await import("./sim/defaults.ts");
	const { output, failure } = runOnce(await loadProgram(program), DEFAULTS);
	return { output: output.join("\n"), problem: failure && failure.invariant + ": " + failure.message };
}
