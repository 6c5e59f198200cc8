/** How `npm test` counts and judges: skips with and without a reason, failing files, crashes, and the last line. */
import { describe, expect, test } from "vitest";
import { exitCodeOf, judgeVitest, parseArguments, type Results, summaryLines } from "../../scripts/test.mjs";
import { type ModuleNode, type SuiteNode, summarise, type TestNode } from "../../scripts/vitest-reporter.mjs";

const testNode = (fullName: string, state: string, more: { note?: string; message?: string } = {}): TestNode => ({
	type: "test",
	name: fullName.split(" > ").at(-1) ?? "",
	fullName,
	result: () => ({ state, note: more.note, errors: more.message === undefined ? [] : [{ message: more.message }] }),
});
const suiteNode = (fullName: string, children: TestNode[], errors: string[] = []): SuiteNode => ({
	type: "suite",
	name: fullName,
	fullName,
	children,
	errors: () => errors.map((message) => ({ message })),
});
const moduleNode = (file: string, children: (TestNode | SuiteNode)[], errors: string[] = []): ModuleNode => ({
	type: "module",
	moduleId: "/repo/" + file,
	children,
	errors: () => errors.map((message) => ({ message })),
});

describe("the reporter", () => {
	test("counts, and names each skip with its reason", () => {
		const tree = moduleNode("tests/a.test.ts", [
			testNode("one", "passed"),
			suiteNode("s", [testNode("s > two", "skipped", { note: "no Renode here" }), testNode("s > three", "skipped")]),
			testNode("four", "failed", { message: "\u001b[31mexpected\u001b[39m 1 to be 2" }),
		]);
		expect(summarise([tree], [], "failed", "/repo")).toEqual({
			passed: 1,
			failed: 1,
			skipped: 2,
			failures: [{ name: "tests/a.test.ts > four", message: "expected 1 to be 2" }],
			skips: [
				{ name: "tests/a.test.ts > s > two", reason: "no Renode here" },
				{ name: "tests/a.test.ts > s > three", reason: null },
			],
		});
	});
	test("a file that fails to load, a failing hook, a stray error and an interruption are failures", () => {
		const trees = [
			moduleNode("tests/broken.test.ts", [], ["Cannot find module x"]),
			moduleNode("tests/hook.test.ts", [suiteNode("s", [testNode("s > one", "skipped")], ["beforeAll failed"])]),
			moduleNode("tests/stuck.test.ts", [testNode("one", "pending")]),
		];
		const summary = summarise(trees, [{ message: "unhandled" }], "interrupted", "/repo");
		expect(summary.failures.map(({ name }) => name)).toEqual([
			"tests/broken.test.ts",
			"tests/hook.test.ts > s",
			"tests/stuck.test.ts > one",
			"outside any test",
			"the run",
		]);
		expect(summary.skips).toEqual([{ name: "tests/hook.test.ts > s > one", reason: "its file or suite failed" }]);
	});
	test("what a name filter left out is not counted", () => {
		const tree = { ...moduleNode("a.test.ts", [testNode("timer fires", "passed"), testNode("other", "skipped")]) };
		tree.project = { config: { testNamePattern: /timer/ } };
		expect(summarise([tree], [], "passed", "/repo")).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
	});
});

describe("the verdict", () => {
	const results = (more: Partial<Results> = {}): Results => ({
		passed: 3,
		failed: 0,
		skipped: 0,
		failures: [],
		skips: [],
		...more,
	});

	test("a clean run passes", () => {
		expect(exitCodeOf(judgeVitest(results(), 0))).toBe(0);
	});
	test("a skip with a reason passes, one without fails", () => {
		const told = judgeVitest(results({ skipped: 1, skips: [{ name: "a", reason: "no SDK" }] }), 0);
		expect([exitCodeOf(told), told.failed]).toEqual([0, 0]);
		const mute = judgeVitest(results({ skipped: 1, skips: [{ name: "a", reason: null }] }), 0);
		expect([exitCodeOf(mute), mute.failed]).toEqual([1, 1]);
		expect(judgeVitest(results({ skipped: 1, skips: [{ name: "a", reason: " " }] }), 0).failed).toBe(1);
	});
	test("a crash, a non-zero end and an empty run are one failure each", () => {
		expect(judgeVitest(undefined, 134)).toMatchObject({ passed: 0, failed: 1 });
		expect(judgeVitest(results(), 1).failed).toBe(1);
		expect(judgeVitest(results({ passed: 0 }), 0).failed).toBe(1);
	});
	test("nothing passed is a failure", () => {
		expect(exitCodeOf(results({ passed: 0 }))).toBe(1);
	});
	test("the last line is the counts, after each skip and failure", () => {
		const lines = summaryLines(
			results({
				failed: 1,
				skipped: 2,
				failures: [{ name: "x > y", message: "expected 1\nto be 2" }],
				skips: [
					{ name: "a", reason: "no SDK" },
					{ name: "b", reason: null },
				],
			}),
		);
		expect(lines).toEqual([
			"skipped: a: no SDK",
			"skipped: b: no reason given",
			"failed: x > y: expected 1",
			"3 passed, 1 failed, 2 skipped",
		]);
	});
});

test("arguments", () => {
	expect(parseArguments([])).toEqual({ only: [], rest: [] });
	expect(parseArguments(["--only", "unit", "--only=qemu", "--", "-t", "timer"])).toEqual({
		only: ["unit", "qemu"],
		rest: ["-t", "timer"],
	});
	expect(parseArguments(["--only"])).toHaveProperty("error");
	expect(parseArguments(["--only", "--", "x"])).toHaveProperty("error");
	expect(parseArguments(["--fast"])).toHaveProperty("error");
	expect(parseArguments(["-h"])).toEqual({ help: true });
});
