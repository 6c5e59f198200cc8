/** Interrupts masked while a task runs, as each executor chooses (feature A10), on an emulated board. */
import { expect, test } from "vitest";
import { findApp, type Level } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { path } from "../../tools/paths.ts";
import { run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { buildProgram, symbolsOf } from "../programs/support.ts";

const board = "mps2-an385";

function buildMasked(thread: boolean, level: boolean): Promise<Built> {
	const app = findApp(path("tests/programs/masked-levels"));
	const levels = [{ ...(app.levels as Level[])[0], maskWhilePolling: level } as Level];
	const settings = { ...app.settings, maskWhilePolling: thread, measure: false };
	const name = "masked-" + (thread ? "thread" : "") + (level ? "level" : "");
	return build({ ...app, name, levels, settings }, findTarget(board));
}

test.each([
	[true, false],
	[false, true],
])(
	"A10 thread masks: %s, level masks: %s: a handler runs in the middle of a turn of the one and not of the other",
	async (thread, level) => {
		const { output, status } = await run(await buildMasked(thread, level), { timeoutSeconds: 120 });
		const lines = output
			.split("\n")
			.filter((line) => line.startsWith("["))
			.map((line) => line.replace(/^\[.*?\] /, ""));
		expect(lines.slice(0, 4)).toEqual([
			"main, in its turn " + (thread ? 0 : 1),
			"main, after it 1",
			"level, in its turn " + (level ? 0 : 1),
			"level, after it 1",
		]);
		// The level is an interrupt like others: it comes in the middle of main's turn, unless main masks.
		const turn = lines.slice(lines.indexOf("main begins") + 1, lines.indexOf("main ends"));
		expect(turn.length > 0, turn.join()).toBe(!thread);
		expect(turn.every((line) => line === "level runs")).toBe(true);
		expect(output).toMatch(/heap growth since start-up 0 slots, 0 bytes; collections 0/);
		expect(status).toBe(0);
	},
	300_000,
);

test("A10 a program in which no executor masks has nothing of it, one in which a level alone does has it", async () => {
	const symbols = async (built: Built) => symbolsOf(built.image);
	expect(await symbols(await buildMasked(false, true))).toMatch(/stator_leave_poll/);
	expect(await symbols(await buildProgram("level", board))).not.toMatch(/stator_leave_poll|stator_poll_masks/);
}, 300_000);
