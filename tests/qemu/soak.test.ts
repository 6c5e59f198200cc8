/**
 * The examples for a long time: heap delta 0 and collections 0 over STATOR_SOAK events (default 20,000; a million by
 * STATOR_SOAK=1000000). Each is the example's own source with its counts changed and its log lines taken out. X2.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { path } from "../../tools/paths.ts";
import { runProgram } from "../programs/support.ts";

const EVENTS = Number(process.env.STATOR_SOAK ?? 20_000);
const board = "netduinoplus2";
/** A million toggles are 500,000 seconds of a board that wakes every 100 ms: on a busy machine an hour. */
const timeoutSeconds = 60 + EVENTS / 200;
const limitMs = 1000 * timeoutSeconds + 140_000;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-soak-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of an example with replacements; each must find its text. */
function variant(example: string, changes: [string | RegExp, string][], sources: string[] = []): string {
	let text = readFileSync(path("examples", example, "main.ts"), "utf8");
	for (const [from, to] of changes) {
		const changed = text.replace(from, to);
		expect(changed, example + ": " + from).not.toBe(text);
		text = changed;
	}
	const place = folder + "/soak-" + example;
	mkdirSync(place);
	writeFileSync(place + "/main.ts", text);
	writeFileSync(place + "/manifest.json", JSON.stringify({ stator: { sources } }));
	return place;
}

function grewNothing(output: string, status: number, polls = EVENTS): void {
	expect(output).toContain("stator: heap growth since start-up 0 slots, 0 bytes; collections 0");
	expect(status).toBe(0);
	expect(Number(/polls (\d+)/.exec(output)?.[1])).toBeGreaterThan(polls);
}

test(
	"blinky: so many toggles",
	async () => {
		const place = variant("blinky", [
			["toggles < 10", "toggles < " + EVENTS],
			[/\n.*log\(led.*/, ""],
		]);
		const { output, status } = await runProgram(place, board, { timeoutSeconds });
		grewNothing(output, status);
	},
	limitMs,
);

test(
	"sensor-pipeline: so many readings",
	async () => {
		const place = variant("sensor-pipeline", [
			["const SAMPLES = 400", "const SAMPLES = " + EVENTS],
			[/\n.*log\(above.*/, ""],
		]);
		const { output, status } = await runProgram(place, board, { timeoutSeconds });
		expect(output).toContain("averages: " + EVENTS);
		grewNothing(output, status);
	},
	limitMs,
);

test(
	"line-echo: so many bytes",
	async () => {
		const place = variant("line-echo", [[/serial\.write\(capital\(line\[i\]\)\)/, "capital(line[i])"]]);
		const line = "x".repeat(79) + "\n";
		let typed = false;
		let seen = "";
		let type: (text: string) => void = () => {};
		const { output, status } = await runProgram(place, board, {
			timeoutSeconds,
			onInput: (typist) => {
				type = typist;
			},
			onOutput: (text) => {
				seen += text; // a word may come in two pieces
				if (typed || !seen.includes("ready")) return;
				typed = true;
				type(line.repeat(Math.ceil(EVENTS / line.length)) + ".\n");
			},
		});
		grewNothing(output, status, EVENTS / 100); // a poll takes what has come
	},
	limitMs,
);

// 100 ms apart: asleep, QEMU's timers run twice as fast as SysTick does.
test(
	"button-queue: so many presses",
	async () => {
		const finger = path("tests/programs/finger");
		const place = variant(
			"button-queue",
			[
				[
					"const DEBOUNCE_MS",
					'import { press } from "' + finger + '/finger.native.js";\npress(' + EVENTS + ", 100);\nconst DEBOUNCE_MS",
				],
				["last < 5", "last < " + EVENTS],
				[/\n.*log\("press".*/, ""],
			],
			[finger + "/finger.c"],
		);
		const { output, status } = await runProgram(place, board, { timeoutSeconds });
		grewNothing(output, status);
	},
	limitMs,
);
