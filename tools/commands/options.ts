/** Options that several commands have. */
import { Option } from "commander";
import { findTarget } from "../targets.ts";

/** The target; known ones only. */
export const boardOption = (): Option =>
	new Option("-b, --board <name>", "target, or a board's folder").default("linux").argParser((name: string) => {
		findTarget(name);
		return name;
	});
