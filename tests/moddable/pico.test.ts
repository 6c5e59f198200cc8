/** A Raspberry Pi Pico: images that mcconfig builds with the Pico SDK, in the emulator rp2040js. */
import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { buildForPico, missingForPico } from "./mcconfig.ts";
import { type Emulated, emulate } from "./rp2040.ts";

const LED = 25;
const INPUT = 15;
/** The first image of an application compiles the SDK's engine. */
const MINUTES_10 = 600_000;

setQuiet(true);

beforeEach((context) => {
	const reason = missingForPico();
	if (reason !== undefined) context.skip(reason);
});

const start = (image: string): Emulated => emulate(image, process.env.RP2040_BOOTROM ?? "");

/** `static` as the image has it, whatever manifests were included: the last number but one of its creation. */
function staticOf(source: string): number {
	const creation = /^\t\{ ((?:\d+, ){12}\d+)\},$/m.exec(readFileSync(source, "utf8"));
	return Number(creation?.[1].split(", ").at(-2));
}

test(
	"A7 E3 blinky toggles the light every 500 ms on a Pico, in 24 KB of static memory",
	async () => {
		const { image, source } = await buildForPico(findApp("blinky"));
		expect(staticOf(source)).toBeGreaterThan(0);
		expect(staticOf(source)).toBeLessThanOrEqual(24 * 1024);
		const board = start(image);
		const toggles = board.changes(LED);
		expect(board.runUntil(() => toggles.length === 4, 2200)).toBe(true);
		expect(toggles.map(({ high }) => high)).toEqual([true, false, true, false]);
		const [{ milliseconds: first }] = toggles;
		// After start-up; later ones by the SDK's milliseconds, of which one may have begun.
		expect(first).toBeGreaterThanOrEqual(500);
		expect(first).toBeLessThan(600);
		for (const [i, { milliseconds }] of toggles.entries())
			expect(Math.abs(milliseconds - first - 500 * i), "toggle " + i).toBeLessThan(1);
	},
	MINUTES_10,
);

test(
	"N8 an interrupt of a pin wakes a task on a Pico, at once",
	async () => {
		const app = { ...findApp(path("tests/moddable/programs/edge.ts")), settings: { proof: false } };
		const board = start((await buildForPico(app)).image);
		const toggles = board.changes(LED);
		board.drive(INPUT, true);
		expect(board.runUntil(() => toggles.length > 0, 150)).toBe(false); // nobody has come
		for (const high of [true, false]) {
			const came = board.milliseconds();
			board.drive(INPUT, false);
			expect(
				board.runUntil(() => toggles.at(-1)?.high === high, 50),
				"light " + high,
			).toBe(true);
			// Far less than the second after which the watch would have found it.
			expect(board.milliseconds() - came).toBeLessThan(5);
			board.drive(INPUT, true);
			board.runUntil(() => false, 20);
		}
		expect(toggles).toHaveLength(2);
	},
	MINUTES_10,
);
