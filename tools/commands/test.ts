/** `stator test`. */
import { type Command, Option } from "commander";
import { shown } from "../paths.ts";
import { EXIT, green, note, red } from "../report.ts";
import { findTarget } from "../targets.ts";
import { type FileResult, findTests, judge, runTest, testProgram } from "../test-app.ts";
import { boardOrSim } from "./options.ts";

interface TestSwitches {
	board: string;
	timeout: number;
	json?: boolean;
}

function show({ file, passed, checks, problem, seconds }: FileResult): void {
	const count = checks.filter((check) => check.passed).length + " of " + checks.length + " checks";
	const verdict = passed ? green("passed") : red("failed", process.stdout);
	console.log(verdict + "  " + shown(file) + "  (" + count + ", " + seconds.toFixed(1) + " s)");
	for (const { name, passed: good, why } of checks) if (!good) console.log("    " + name + ": " + why);
	if (problem !== undefined) console.log("    " + problem.replaceAll("\n", "\n    "));
}

async function test(given: string, { board, timeout, json }: TestSwitches): Promise<void> {
	const target = board === "sim" ? "sim" : findTarget(board);
	const { app, files } = findTests(given);
	const results: FileResult[] = [];
	for (const [index, file] of files.entries()) {
		note("test", index + 1 + " of " + files.length + ": " + shown(file) + " on " + board);
		const began = performance.now();
		const ended = await runTest(testProgram(app, file), target, timeout);
		const result = judge(file, ended, (performance.now() - began) / 1000);
		results.push(result);
		if (!json) show(result);
	}
	const failed = results.filter(({ passed }) => !passed).length;
	if (json) console.log(JSON.stringify({ application: app.name, target: board, files: results }, undefined, "\t"));
	else console.log(results.length - failed + " passed, " + failed + " failed");
	process.exitCode = failed === 0 ? EXIT.ok : EXIT.found;
}

export function addTestCommand(program: Command): void {
	program
		.command("test <app>")
		.description(
			"build and run an application's tests, each *.test.ts beside its main.ts or in its folder tests, on a target",
		)
		.addOption(boardOrSim())
		.addOption(new Option("--timeout <seconds>", "of a test file; it has failed then").default(60).argParser(Number))
		.option("--json", "the results as JSON")
		.addHelpText(
			"after",
			"\nA test is a program with checks (docs/reference/checks.md). Exit status: 0 all passed, 3 one failed, 1 it could not be built.\n" +
				"\nExamples:\n  stator test path/to/my-app\n  stator test path/to/my-app --board netduinoplus2\n  stator test path/to/my-app/queue.test.ts --board sim --json",
		)
		.action(test);
}
