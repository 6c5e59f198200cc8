/** `stator bench board`: the costs on an emulated board, in instructions. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { findApp } from "./app.ts";
import { build } from "./build.ts";
import { path } from "./paths.ts";
import { UserError } from "./report.ts";
import { run } from "./run.ts";
import { findTarget } from "./targets.ts";

/** QEMU's virtual clock: one instruction takes 2^6 ns. */
const ICOUNT_SHIFT = 6;
/** The measuring counter of the MPS2 boards. */
const COUNTER_HZ = 25_000_000;

export interface BoardFigures {
	[key: string]: number;
}

/**
 * Runs the programs in bench/board. Figures ending in _instr are instructions, exact; the others are bytes and counts,
 * those of memory what examples/blinky takes.
 */
export async function benchBoard(board: string): Promise<BoardFigures> {
	const figures: BoardFigures = {};
	for (const file of ["boot/main", "thousand", "compiled/main", "interrupt", "waits/main", "timers/main", "main"]) {
		const app = findApp(path("bench/board", file + ".ts"));
		const built = await build({ ...app, name: "bench-" + file.replace("/main", "") }, findTarget(board));
		const { status, output } = await run(built, { timeoutSeconds: 300, icountShift: ICOUNT_SHIFT });
		if (status !== 0) throw new UserError("the benchmark ended with status " + status + ":\n" + output);
		read(output, figures);
	}
	if (board.startsWith("mps2")) {
		// Its level is woken by a timer that only these boards have.
		const levels = await build(findApp(path("bench/board/levels")), findTarget(board));
		const { status, output } = await run(levels, { timeoutSeconds: 300, icountShift: ICOUNT_SHIFT });
		if (status !== 0) throw new UserError("the benchmark of levels ended with status " + status + ":\n" + output);
		read(output, figures);
		figures.machine_ram_bytes = Number(/level "urgent": RAM (\d+) bytes/.exec(output)?.[1]);
	}
	// Lock and unlock: a turn with it less the same turn without.
	figures.mutex_instr = Math.round((figures.mutex_and_turn_instr - figures.turn_alone_instr) * 10) / 10;
	figures.boot_small_instr = figures.boot_instr;
	const { boot_instr } = await measureBoot(board);
	figures.boot_instr = boot_instr;
	const blinky = await run(await build(findApp(path("examples/blinky")), findTarget(board)), { timeoutSeconds: 60 });
	figures.ram_bytes = Number(/RAM (\d+) bytes/.exec(blinky.output)?.[1]);
	figures.flash_bytes = Number(/flash (\d+) bytes/.exec(blinky.output)?.[1]);
	return figures;
}

/** examples/blinky with one statement before its first: what the counter, which starts with the board, says there. */
async function measureBoot(board: string): Promise<BoardFigures> {
	const folder = path("build/bench/blinky");
	mkdirSync(folder, { recursive: true });
	const text = readFileSync(path("examples/blinky/main.ts"), "utf8");
	const first = /^(?!import|\/|\s|$)/m.exec(text)?.index;
	if (first === undefined) throw new Error("examples/blinky/main.ts has no statement");
	const measure =
		'import { cycles } from "#hal";\nimport { report } from ' +
		JSON.stringify(path("bench/board/measure.ts")) +
		';\nreport("boot", cycles(), 1);\n';
	writeFileSync(folder + "/main.ts", text.slice(0, first) + measure + text.slice(first));
	copyFileSync(path("examples/blinky/manifest.json"), folder + "/manifest.json");
	const app = { ...findApp(folder), name: "bench-blinky" };
	const { output } = await run(await build(app, findTarget(board)), { timeoutSeconds: 60, icountShift: ICOUNT_SHIFT });
	const figures: BoardFigures = {};
	read(output, figures);
	if (figures.boot_instr === undefined) throw new UserError("blinky did not start:\n" + output);
	return figures;
}

/** Lines `bench key steps operations` (steps of the counter) and `bench key value`. */
function read(output: string, figures: BoardFigures): void {
	for (const [, key, first, second] of output.matchAll(/^bench (\S+) (-?\d+)(?: (\d+))?$/gm)) {
		if (second === undefined) figures[key] = Number(first);
		else {
			const nanoseconds = ((Number(first) >>> 0) * 1e9) / COUNTER_HZ;
			const instructions = nanoseconds / 2 ** ICOUNT_SHIFT / Number(second);
			const name = key.endsWith("_max") ? key.slice(0, -4) + "_instr_max" : key + "_instr";
			figures[name] = Math.round(instructions * 10) / 10;
		}
	}
}
