/**
 * The examples on an emulated board: each prints what its README says, and grows nothing after start-up. R7, X1, X2.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import type { RunOptions } from "../../tools/run.ts";
import { runProgram } from "../programs/support.ts";

const board = "netduinoplus2";
const GREW_NOTHING = "stator: heap growth since start-up 0 slots, 0 bytes; collections 0";

/** Not one of the program's machines. */
function grewNothing(output: string): void {
	expect(output).toContain(GREW_NOTHING);
	for (const [said] of output.matchAll(/heap growth since start-up .*/g)) expect(GREW_NOTHING).toContain(said);
}

/** The program's own lines; times only when they are part of what is promised. */
function lines(output: string, times: boolean): string[] {
	// What the executor says begins with its name, and goes on in lines that are indented.
	const own = output
		.replace(/^stator: .*\n( {2}.*\n)*/gm, "")
		.split("\n")
		.filter((line) => line !== "");
	return times ? own : own.map((line) => line.replace(/^\[ *\d+\.\d+\] /, ""));
}

/** The expected output in an example's README: its first block of text. */
function promised(example: string, times: boolean): string[] {
	const readme = readFileSync(path("examples", example, "README.md"), "utf8");
	return lines(/```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? "no block of text in the README", times);
}

async function check(example: string, times: boolean, options: RunOptions = {}): Promise<void> {
	const { output, status } = await runProgram("examples/" + example, board, options);
	expect(lines(output, times)).toEqual(promised(example, times));
	grewNothing(output);
	expect(status).toBe(0);
}

/** Calls back once, when the program has said that it is ready. */
function whenReady(act: (type: (text: string) => void) => void): RunOptions {
	let seen = "";
	let acted = false;
	let type: (text: string) => void = () => {};
	return {
		onInput: (typist) => {
			type = typist;
		},
		onOutput: (text) => {
			seen += text;
			if (acted || !seen.includes("ready\n")) return;
			acted = true;
			act(type);
		},
	};
}

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-examples-");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("blinky", () => check("blinky", false));

test("sensor-pipeline", () => check("sensor-pipeline", false));

test("line-echo", () =>
	check(
		"line-echo",
		false,
		whenReady((type) => type("hello\nStator 1\n.\n")),
	));

test("button-queue: the pin's interrupt, five times", async () => {
	const example = readFileSync(path("examples/button-queue/main.ts"), "utf8");
	const finger = path("tests/programs/finger");
	const pressed = 'import { press } from "' + finger + '/finger.native.js";\npress(5, 500);\n';
	writeFileSync(folder + "/main.ts", pressed + example);
	writeFileSync(folder + "/manifest.json", JSON.stringify({ stator: { sources: [finger + "/finger.c"] } }));
	const { output, status } = await runProgram(folder, board);
	expect(lines(output, false)).toEqual(promised("button-queue", false));
	grewNothing(output);
	expect(status).toBe(0);
});

test("E6 R2 levels: a control loop preempts a computation, and its reports wait in the queue", () =>
	check("levels", false));
