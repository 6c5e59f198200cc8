/**
 * Targets: the Linux host, a board for each folder in native/cortex-m/boards, and any folder of that kind elsewhere, given by its
 * path: a product's own board lives with the product.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { path } from "./paths.ts";
import { UsageError, UserError } from "./report.ts";

export interface Target {
	readonly name: string;
	readonly platform: "linux" | "cortex-m";
	readonly description: string;
	/** The host in the place of this board, or of a host, for a record of it: the program is its. */
	readonly replays?: Target;
	/** Of a board: board.json, board.cmake, memory.ld. */
	readonly folder?: string;
	/** QEMU's machine, when it has one. */
	readonly qemu?: string;
	readonly flashBytes?: number;
	readonly ramBytes?: number;
	/** The time drivers that the board can run (native/cortex-m/time); the first is its own. */
	readonly clocks?: readonly string[];
	/** What pyocd calls the chip (pyocd list --targets), and the CMSIS pack that has it, when it is not one of pyocd's own. */
	readonly pyocd?: { readonly target: string; readonly pack?: string };
}

const boards = path("native/cortex-m/boards");

export function targetNames(): string[] {
	return ["linux", ...readdirSync(boards).filter((name) => existsSync(boards + "/" + name + "/board.json"))];
}

function readBoard(folder: string): Target {
	for (const file of ["board.json", "board.cmake", "memory.ld"])
		if (!existsSync(folder + "/" + file)) throw new UserError("the board " + folder + " has no " + file);
	let board: Omit<Target, "name" | "platform" | "folder">;
	try {
		board = JSON.parse(readFileSync(folder + "/board.json", "utf8"));
	} catch (error) {
		throw new UserError(folder + "/board.json: " + (error as Error).message);
	}
	if (board.pyocd !== undefined && typeof board.pyocd.target !== "string")
		throw new UserError(folder + '/board.json: "pyocd" has no "target"', "the chip's name in pyocd list --targets");
	for (const clock of board.clocks ?? [])
		if (!existsSync(path("native/cortex-m/time", clock + ".c")))
			throw new UserError(folder + '/board.json: there is no time driver "' + clock + '"');
	if (!board.clocks?.length)
		throw new UserError(
			folder + '/board.json names no "clocks"',
			"the time drivers that the board can run, the first its own",
		);
	return { ...board, name: basename(folder), platform: "cortex-m", folder };
}

/** By name, or a board by the path of its folder. */
export function findTarget(name: string): Target {
	if (name === "linux") return { name, platform: "linux", description: "Linux host" };
	if (name.includes("/")) return readBoard(resolve(name));
	if (!targetNames().includes(name))
		throw new UsageError(
			'there is no board "' + name + '"',
			"boards: " + targetNames().join(", ") + ", or the path of a board's folder",
		);
	return readBoard(boards + "/" + name);
}

/** The host, in the place of a board, or of the host, that a record is of. */
export function replayTarget(board: Target): Target {
	if (board.platform === "linux") return { ...board, description: "a record of the Linux host", replays: board };
	return {
		name: "replay",
		platform: "linux",
		description: "a record of " + board.name + " on the Linux host",
		replays: board,
	};
}
