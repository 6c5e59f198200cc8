/**
 * Robot Framework for the tests here: installed once into build/robot, as Renode 1.16.1 wants it, and what a suite holds.
 */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { path } from "../../../tools/paths.ts";
import { runCommand } from "../../../tools/run-command.ts";
import { pythonWith } from "../../support/venv.ts";

/** What Renode 1.16.1 asks for in its tests/requirements.txt. */
const PACKAGE = "robotframework==6.1";

export const suitesFolder = path("tests/renode");

/** The suites: one for each board, of its name. */
export function suiteNames(): string[] {
	return readdirSync(suitesFolder)
		.filter((file) => file.endsWith(".robot"))
		.map((file) => basename(file, ".robot"))
		.sort();
}

export function suiteFile(name: string): string {
	return suitesFolder + "/" + name + ".robot";
}

/** The names of the test cases in the text of a suite. */
export function testsOf(text: string): string[] {
	const [, cases = ""] = text.split(/^\*{3} *Test Cases *\*{3}.*$/m);
	return cases
		.split(/^\*{3}/m)[0]
		.split("\n")
		.filter((line) => /^[^\s#]/.test(line))
		.map((line) => line.trim());
}

/** The variables that the text of a suite sets: `${NAME}    value`. */
export function variablesOf(text: string): Map<string, string> {
	return new Map([...text.matchAll(/^\$\{(\w+)\}\s{2,}(.+?)\s*$/gm)].map(([, name, value]) => [name, value]));
}

/** Makes sure of build/robot; the path of its `robot`. */
export async function installRobot(): Promise<string> {
	return (await pythonWith("robot", [PACKAGE])) + "/robot";
}

export interface RobotResult {
	status: string;
	message: string;
}

function plain(text: string): string {
	return text
		.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")
		.replace(/&lt;/g, "<")
		.replace(/&gt;/g, ">")
		.replace(/&quot;/g, '"')
		.replace(/&apos;/g, "'")
		.replace(/&amp;/g, "&");
}

/** The outcome of each test in Robot's output file. A test's own status is the last in its element. */
export function readResults(xml: string): Map<string, RobotResult> {
	const results = new Map<string, RobotResult>();
	for (const [, attributes, body] of xml.matchAll(/<test\s([^>]*)>([\s\S]*?)<\/test>/g)) {
		const name = /\bname="([^"]*)"/.exec(attributes)?.[1];
		const statuses = [...body.matchAll(/<status\s([^>]*?)(?:\/>|>([\s\S]*?)<\/status>)/g)];
		const last = statuses[statuses.length - 1];
		if (name === undefined || last === undefined) continue;
		const status = /\bstatus="([^"]*)"/.exec(last[1])?.[1] ?? "without a status";
		results.set(plain(name), { status, message: plain(last[2] ?? "") });
	}
	return results;
}

/** `robot --dryrun` of one suite against the stub library (stub/stub.py). */
export async function dryRun(file: string): Promise<{ code: number; output: string }> {
	const robot = await installRobot();
	const results = path("build/renode/dryrun", basename(file, ".robot"));
	const args = ["--dryrun", "--pythonpath", suitesFolder + "/stub", "--prerunmodifier", "stub.GiveKeywords"];
	args.push("--outputdir", results, "--log", "NONE", "--report", "NONE", "--consolecolors", "off", file);
	return runCommand("env", ["PYTHONDONTWRITEBYTECODE=1", robot, ...args], suitesFolder);
}
