/**
 * Firmware without an engine: a board's own C (native/cortex-m: reset, clock, console, faults) with a test's body in place of the
 * machine, compiled in a second and run in QEMU. For what has to be seen of a board and not of TypeScript, on boards of any size.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
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

export async function buildFirmware({
	name,
	board,
	clock,
	defines = {},
}: Firmware): Promise<{ image: string; target: Target }> {
	const target = findTarget(board);
	const core = chosen(target, "STATOR_CORE");
	const driver = clock ?? target.clocks?.[0];
	const folder = path("build/firmware");
	const image = folder + "/" + [name, target.name, driver, ...Object.values(defines)].join("-") + ".elf";
	mkdirSync(folder, { recursive: true });
	const native = (file: string): string => path("native", file);
	const chip = "cortex-m/chips/" + chosen(target, "STATOR_CHIP");
	const units = ["startup", "clock", "console", "fault", "memory", "vectors", core + "/core", "time/" + driver];
	const args = [
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
		...["-DSTATOR_SLOT_BITS=12", ...Object.entries(defines).map(([key, value]) => "-D" + key + "=" + value)],
		...["abi", "xs", "xs/" + (core === "armv6m" ? "masked" : "exclusive"), "cortex-m"].map(
			(part) => "-I" + native(part),
		),
		...[name, "rig"].map((part) => path("tests/qemu/firmware", part + ".c")),
		...units.map((unit) => native("cortex-m/" + unit + ".c")),
		native(chip + "/chip.c"),
		native(existsSync(native(chip + "/pins.c")) ? chip + "/pins.c" : "cortex-m/no-pins.c"),
		...["executor", "ready", "format"].map((unit) => native("xs/" + unit + ".c")),
		...["--specs=nano.specs", "-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments"],
		...["-L" + native("cortex-m"), "-T" + target.folder + "/memory.ld", "-Wl,--defsym=_stack_bytes=2048", "-o", image],
	];
	const { code, output } = await runCommand("arm-none-eabi-gcc", args);
	if (code !== 0) throw new Error(name + " for " + target.name + ":\n" + output);
	return { image, target };
}

export async function runFirmware(firmware: Firmware, options: RunOptions = {}): Promise<RunResult> {
	return run(await buildFirmware(firmware), { timeoutSeconds: 60, ...options });
}
