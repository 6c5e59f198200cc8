/**
 * Firmware without an engine: a board's own C (native/cortex-m: reset, clock, console, faults) with a test's body in place of the
 * machine, compiled in a second and run in QEMU. For what has to be seen of a board and not of TypeScript, on boards of any size.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { path } from "../../../tools/paths.ts";
import { type RunOptions, type RunResult, run } from "../../../tools/run.ts";
import { runCommand } from "../../../tools/run-command.ts";
import { findTarget, type Target } from "../../../tools/targets.ts";

export interface Firmware {
	/** The test's body: tests/qemu/firmware/<name>.c. */
	name: string;
	/** A board's name, or its folder. */
	board: string;
	/** The time driver; the board's own unless told. */
	clock?: string;
	/** -D options. */
	defines?: Record<string, string | number>;
}

/** A word of board.cmake. */
function chosen(board: Target, name: string): string {
	const text = readFileSync(board.folder + "/board.cmake", "utf8");
	const match = new RegExp("^set\\(" + name + " (.*)\\)$", "m").exec(text);
	if (match === null) throw new Error(board.name + ": board.cmake does not set " + name);
	return match[1];
}

async function compile(what: string, args: string[], folder: string): Promise<void> {
	const { code, output } = await runCommand("arm-none-eabi-gcc", args, folder);
	if (code !== 0) throw new Error(what + ":\n" + output);
}

/** What all firmware for a board and a time driver shares, compiled once: its object files, and options for what is added. */
interface BoardObjects {
	objects: string[];
	options: string[];
}
const made = new Map<string, Promise<BoardObjects>>();
/** Tests that run side by side each have their own. */
const place = path("build/firmware", process.env.STATOR_SIDE ?? "");

async function compileBoard(target: Target, driver: string): Promise<BoardObjects> {
	const core = chosen(target, "STATOR_CORE");
	const folder = place + "/" + target.name + "-" + driver;
	mkdirSync(folder, { recursive: true });
	const native = (file: string): string => path("native", file);
	const chip = "cortex-m/chips/" + chosen(target, "STATOR_CHIP");
	const units = [
		"startup",
		"clock",
		"console",
		"cycles",
		"fault",
		"memory",
		"vectors",
		core + "/core",
		"time/" + driver,
	];
	const options = [
		...chosen(target, "STATOR_CPU").split(" "),
		...[
			"-std=gnu11",
			"-Os",
			"-g",
			"-ffunction-sections",
			"-fdata-sections",
			"-fno-common",
			"-Wall",
			"-Wextra",
			"-Werror",
		],
		...["-Wno-override-init", "-Wno-unused-parameter", "-Wno-unused-function", "-Wno-infinite-recursion"],
		"-DSTATOR_SLOT_BITS=12",
		...["abi", "xs", "xs/" + (core === "armv6m" ? "masked" : "exclusive"), "cortex-m"].map(
			(part) => "-I" + native(part),
		),
	];
	const sources = [
		path("tests/qemu/firmware/rig.c"),
		...units.map((unit) => native("cortex-m/" + unit + ".c")),
		native(chip + "/chip.c"),
		native(existsSync(native(chip + "/pins.c")) ? chip + "/pins.c" : "cortex-m/no-pins.c"),
		...["executor", "ready", "ready-fair", "format"].map((unit) => native("xs/" + unit + ".c")),
	];
	await compile("the board " + target.name, [...options, "-c", ...sources], folder);
	return { objects: sources.map((source) => folder + "/" + basename(source, ".c") + ".o"), options };
}

export async function buildFirmware({
	name,
	board,
	clock,
	defines = {},
}: Firmware): Promise<{ image: string; target: Target }> {
	const target = findTarget(board);
	const driver = clock ?? target.clocks?.[0] ?? "";
	const key = target.name + "-" + driver;
	if (!made.has(key)) made.set(key, compileBoard(target, driver));
	const { objects, options } = await (made.get(key) as Promise<BoardObjects>);
	const image = place + "/" + [name, key, ...Object.values(defines)].join("-") + ".elf";
	const args = [
		...options,
		...Object.entries(defines).map(([macro, value]) => "-D" + macro + "=" + value),
		path("tests/qemu/firmware", name + ".c"),
		...objects,
		...["--specs=nano.specs", "-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments"],
		...[
			"-L" + path("native/cortex-m"),
			"-T" + target.folder + "/memory.ld",
			"-Wl,--defsym=_stack_bytes=2048",
			"-o",
			image,
		],
	];
	await compile(name + " for " + target.name, args, place);
	return { image, target };
}

export async function runFirmware(firmware: Firmware, options: RunOptions = {}): Promise<RunResult> {
	return run(await buildFirmware(firmware), { timeoutSeconds: 120, ...options });
}
