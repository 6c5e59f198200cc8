/** Targets: the Linux host, and a board for each folder in native/cortex-m/boards. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { path } from "./paths.ts";
import { UserError } from "./report.ts";

export interface Target {
	readonly name: string;
	readonly platform: "linux" | "cortex-m";
	readonly description: string;
	/** QEMU's machine, when it has one. */
	readonly qemu?: string;
	readonly flashBytes?: number;
	readonly ramBytes?: number;
}

const boards = path("native/cortex-m/boards");

export function targetNames(): string[] {
	return ["linux", ...readdirSync(boards).filter((name) => existsSync(boards + "/" + name + "/board.json"))];
}

export function findTarget(name: string): Target {
	if (name === "linux") return { name, platform: "linux", description: "Linux host" };
	if (!targetNames().includes(name))
		throw new UserError('there is no board "' + name + '"', "boards: " + targetNames().join(", "));
	const board = JSON.parse(readFileSync(boards + "/" + name + "/board.json", "utf8")) as Omit<
		Target,
		"name" | "platform"
	>;
	return { ...board, name, platform: "cortex-m" };
}
