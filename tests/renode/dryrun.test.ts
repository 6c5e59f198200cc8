/**
 * The suites against a stub of Renode's keywords: syntax, names and arguments, where there is no Renode. X4.
 * What `robot --dryrun` finds is shown on suites with a planted mistake.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dryRun, installRobot, readResults, suiteFile, suiteNames, suitesFolder, testsOf } from "./support/robot.ts";

const names = suiteNames();

beforeAll(async () => {
	await installRobot();
});

test("there are suites for three boards, each with tests", () => {
	expect(names).toEqual(["mps2-an385", "netduinoplus2", "nrf52840dk"]);
	for (const name of names) expect(testsOf(readFileSync(suiteFile(name), "utf8")).length).toBeGreaterThanOrEqual(6);
});

describe.each(names)("%s", (name) => {
	test("X4 every keyword of the suite is one of Renode 1.16.1, with arguments that it has", async () => {
		const { code, output } = await dryRun(suiteFile(name));
		expect(output).toContain(testsOf(readFileSync(suiteFile(name), "utf8")).length + " tests");
		expect(code, output).toBe(0);
	});
});

describe("a planted mistake is found", () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(tmpdir() + "/stator-robot-");
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	async function planted(find: string, replacement: string): Promise<string> {
		const resource = readFileSync(suitesFolder + "/stator.resource", "utf8");
		expect(resource).toContain(find);
		writeFileSync(folder + "/stator.resource", resource.replace(find, replacement));
		copyFileSync(suiteFile("netduinoplus2"), folder + "/planted.robot");
		const { code, output } = await dryRun(folder + "/planted.robot");
		expect(code).toBeGreaterThan(0);
		return output;
	}

	test("a keyword that Renode does not have", async () => {
		expect(await planted("Create Led Tester", "Create Lamp Tester")).toContain(
			"No keyword with name 'Create Lamp Tester' found",
		);
	});

	test("an argument that it does not take", async () => {
		expect(await planted("timeout=0.01    pauseEmulation=true", "0.01    1    true    5")).toMatch(
			/expected .* arguments, got 5/,
		);
	});

	test("an argument that is missing", async () => {
		expect(await planted("Create Led Tester    ${LED}", "Create Led Tester")).toMatch(/expected .* arguments, got 0/);
	});
});

test("results are read one by one, with the message of the one that failed", () => {
	const xml = `<suite><test id="s1-t1" name="A &amp; B" line="3"><kw name="K"><status status="FAIL" start="1">inner</status></kw>
<status status="PASS" starttime="1" endtime="2"></status></test>
<test id="s1-t2" name="C"><kw name="K"><status status="PASS"/></kw><status status="FAIL" starttime="1">took &lt; 5</status></test></suite>`;
	expect([...readResults(xml)]).toEqual([
		["A & B", { status: "PASS", message: "" }],
		["C", { status: "FAIL", message: "took < 5" }],
	]);
});
