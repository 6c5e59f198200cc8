/**
 * `npm test`: everything that is checked, in one command, for people and for CI alike.
 *
 *   npm test                          all of it
 *   npm test -- --only unit           one vitest project (may be repeated)
 *   npm test -- --only unit -- -t timer   what follows the second -- goes to vitest
 *
 * Steps: types, lint and format, layers, then the tests. A failing step does not stop the next. Each of the first three
 * counts as one test. A skipped test must say why (`ctx.skip("reason")`): one that does not fails the run, and so does a
 * run in which vitest found nothing to run. The last line is always `N passed, N failed, N skipped`.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrap } from "./bootstrap.mjs";
import { bold, coloured, duration, green, isMain, red } from "./terminal.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const resultsPath = join(root, "build", "test-results.json");
const usage = "usage: npm test -- [--only <project>]... [-- <vitest arguments>]";

/** Options of the command line, or `{ error }`. */
export function parseArguments(argv) {
	const only = [];
	let index = 0;
	while (index < argv.length && argv[index] !== "--") {
		const argument = argv[index++];
		if (argument === "--help" || argument === "-h") return { help: true };
		if (argument === "--only") {
			const project = argv[index++];
			if (project === undefined || project.startsWith("-")) return { error: "--only needs the name of a project" };
			only.push(project);
		} else if (argument.startsWith("--only=") && argument.length > 7) {
			only.push(argument.slice(7));
		} else {
			return { error: "unknown argument: " + argument };
		}
	}
	return { only, rest: argv.slice(index + 1) };
}

/** What vitest reported (undefined: it wrote no results) and its exit code, as counts and lists. */
export function judgeVitest(results, exitCode) {
	if (results === undefined) {
		const message = "ended with code " + exitCode + " before it wrote any results";
		return { passed: 0, failed: 1, skipped: 0, failures: [{ name: "vitest", message }], skips: [] };
	}
	const judged = { ...results, failures: [...results.failures], skips: [...results.skips] };
	const fail = (name, message) => {
		judged.failed++;
		judged.failures.push({ name, message });
	};
	const mute = judged.skips.filter((skip) => skip.reason === null || skip.reason.trim() === "").length;
	if (mute > 0) fail("skips", mute + (mute === 1 ? " test was" : " tests were") + " skipped without a reason");
	if (judged.passed + judged.failed + judged.skipped === 0) fail("vitest", "no test ran");
	if (exitCode !== 0 && judged.failed === 0) fail("vitest", "ended with code " + exitCode + " though no test failed");
	return judged;
}

const firstLine = (text) => text.trim().split("\n")[0];

/** The lines that end a run; the last one is the counts and nothing else. */
export function summaryLines({ passed, failed, skipped, failures, skips }) {
	return [
		...skips.map(
			({ name, reason }) => "skipped: " + name + ": " + (reason?.trim() ? reason.trim() : "no reason given"),
		),
		...failures.map(({ name, message }) => "failed: " + name + ": " + firstLine(message)),
		passed + " passed, " + failed + " failed, " + skipped + " skipped",
	];
}

export const exitCodeOf = ({ passed, failed }) => (failed > 0 || passed === 0 ? 1 : 0);

/** Our environment for a child; where we print no colour, it prints none either. */
function childEnvironment(more) {
	const env = { ...process.env, ...more };
	if (!coloured) {
		env.NO_COLOR = "1";
		delete env.FORCE_COLOR;
	}
	return env;
}

/** Runs a command in the root with our output; resolves to its exit code. */
function run(command, args, env = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			env: childEnvironment(env),
			stdio: ["ignore", "inherit", "inherit"],
		});
		child.once("error", (error) => {
			process.stdout.write("cannot start " + command + ": " + error.message + "\n");
			resolve(127);
		});
		child.once("close", (code, signal) => {
			if (signal) process.stdout.write(command + " was ended by " + signal + "\n");
			resolve(code ?? 1);
		});
	});
}

/** Heading, the action's own output, and a line that says how it ended. */
async function step(title, action) {
	process.stdout.write("\n" + bold("== " + title) + "\n");
	const start = performance.now();
	const outcome = await action();
	const verdict = outcome.failed === 0 ? green("pass") : red("FAIL");
	process.stdout.write(
		"-- " + title.split(":")[0] + ": " + verdict + " (" + duration(performance.now() - start) + ")\n",
	);
	return outcome;
}

const executable = (name) => join(root, "node_modules", ".bin", name);

async function check(name, shown, command, args) {
	return step(name + ": " + shown, async () => {
		const code = await run(command, args);
		const failures = code === 0 ? [] : [{ name, message: shown + " ended with code " + code }];
		return { passed: code === 0 ? 1 : 0, failed: failures.length, skipped: 0, failures, skips: [] };
	});
}

async function vitest({ only, rest }) {
	const args = ["run", "--reporter=default", "--reporter=./scripts/vitest-reporter.mjs"];
	for (const project of only) args.push("--project", project);
	args.push(...rest);
	const shown = ["npx vitest run", ...only.map((project) => "--project " + project), ...rest].join(" ");
	return step("tests: " + shown, async () => {
		mkdirSync(dirname(resultsPath), { recursive: true });
		rmSync(resultsPath, { force: true });
		const code = await run(executable("vitest"), args, { STATOR_TEST_RESULTS: resultsPath });
		let results;
		try {
			results = JSON.parse(readFileSync(resultsPath, "utf8"));
		} catch {
			// No file, or half of one: vitest crashed, and judgeVitest says so.
		}
		return judgeVitest(results, code);
	});
}

async function main(argv) {
	const options = parseArguments(argv);
	if (options.help || options.error) {
		process.stdout.write((options.error ? options.error + "\n" : "") + usage + "\n");
		return options.error ? 2 : 0;
	}
	await bootstrap({ purpose: "to run the tests" });
	const outcomes = [
		await check("typecheck", "npx tsc --noEmit", executable("tsc"), ["--noEmit"]),
		await check("lint", "npx biome check", executable("biome"), ["check"]),
		await check("layers", "node scripts/check-layers.mjs", process.execPath, ["scripts/check-layers.mjs"]),
		await vitest(options),
	];
	const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
	const total = {
		passed: sum("passed"),
		failed: sum("failed"),
		skipped: sum("skipped"),
		failures: outcomes.flatMap((outcome) => outcome.failures),
		skips: outcomes.flatMap((outcome) => outcome.skips),
	};
	process.stdout.write("\n" + summaryLines(total).join("\n") + "\n");
	return exitCodeOf(total);
}

if (isMain(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
