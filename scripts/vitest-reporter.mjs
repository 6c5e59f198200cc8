/**
 * Vitest reporter that writes what happened as JSON, for scripts/test.mjs: build/test-results.json, or the file that
 * STATOR_TEST_RESULTS names.
 *
 *   { passed, failed, skipped, failures: [{ name, message }], skips: [{ name, reason }] }
 *
 * `reason` is null where a test was skipped without a note (`test.skip`, `test.skipIf`, `test.todo`); `ctx.skip(note)`
 * gives one. A file that cannot be loaded, a failing suite hook, an unhandled error and an interrupted run are failures.
 * Tests that a name filter (`-t`) left out were not asked for, and are not counted.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes in the messages of assertions start with ESC.
const colourCodes = /\u001b\[[0-9;]*m/g;

const messageOf = (errors) => (errors?.[0]?.message ?? "failed without a message").replace(colourCodes, "");

/** Collects the outcome of a run. `directory` is what file names are relative to. */
export function summarise(testModules, unhandledErrors, endReason, directory) {
	const summary = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
	const fail = (name, message) => {
		summary.failed++;
		summary.failures.push({ name, message });
	};
	const skip = (name, reason) => {
		summary.skipped++;
		summary.skips.push({ name, reason });
	};

	function visit(node, file, namePattern, setUpFailed) {
		for (const child of node.children) {
			const name = file + " > " + child.fullName;
			if (child.type === "suite") {
				const errors = child.errors();
				if (errors.length > 0) fail(name, messageOf(errors));
				visit(child, file, namePattern, setUpFailed || errors.length > 0);
				continue;
			}
			const result = child.result();
			if (result.state === "passed") summary.passed++;
			else if (result.state === "failed") fail(name, messageOf(result.errors));
			else if (result.state === "skipped") {
				const filtered = namePattern && result.note === undefined && !namePattern.test(spacedName(child));
				if (!filtered) skip(name, result.note ?? (setUpFailed ? "its file or suite failed" : null));
			} else fail(name, "did not finish");
		}
	}

	for (const module of testModules) {
		const file = relative(directory, module.moduleId);
		const errors = module.errors();
		if (errors.length > 0) fail(file, messageOf(errors));
		visit(module, file, patternOf(module), errors.length > 0);
	}
	for (const error of unhandledErrors) fail("outside any test", messageOf([error]));
	if (endReason === "interrupted") fail("the run", "was interrupted");
	return summary;
}

/** The name that `-t` is matched against: suites and test joined by spaces. */
function spacedName(test) {
	const names = [test.name];
	for (let up = test.parent; up && up.type === "suite"; up = up.parent) names.unshift(up.name);
	return names.join(" ");
}

function patternOf(module) {
	const pattern = module.project?.config?.testNamePattern;
	return pattern ? new RegExp(pattern.source ?? pattern, (pattern.flags ?? "").replace("g", "")) : undefined;
}

export default class ResultsReporter {
	onTestRunEnd(testModules, unhandledErrors, reason) {
		const path = process.env.STATOR_TEST_RESULTS || join(root, "build", "test-results.json");
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, JSON.stringify(summarise(testModules, unhandledErrors, reason, root), null, "\t") + "\n");
	}
}
