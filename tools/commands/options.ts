/** Options that several commands have. */
import { Option } from "commander";
import { findTarget, targetNames } from "../targets.ts";

/** For shells that complete; any board's folder is taken, too. */
function named(option: Option, names: string[]): Option {
	option.argChoices = names;
	return option;
}

const check = (name: string): string => {
	findTarget(name);
	return name;
};

/** The target; known ones only. */
export const boardOption = (): Option =>
	named(
		new Option("-b, --board <name>", "target, or a board's folder").default("linux").argParser(check),
		targetNames(),
	);

/** The same, or the simulated machine on Node. */
export const boardOrSim = (): Option =>
	named(
		new Option("-b, --board <name>", "target, a board's folder, or sim: the simulated machine on Node")
			.default("linux")
			.argParser((name: string) => (name === "sim" ? name : check(name))),
		[...targetNames(), "sim"],
	);
