/** The names of the portable suite's checks, read from its source: what a target has to have run. */
import { readFileSync } from "node:fs";
import { path } from "../../tools/paths.ts";

export function checkNames(): string[] {
	const names: string[] = [];
	for (const file of ["executor", "time", "ticks", "stats", "interrupt", "shared", "growth"]) {
		const source = readFileSync(path("tests/suite", file + ".ts"), "utf8");
		for (const [, name] of source.matchAll(/^\s*check(?:InTime)?\("([^"]+)"/gm)) names.push(name);
	}
	return names;
}
