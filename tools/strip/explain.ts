/** Why a builtin is in the image, and what is not: for `stator build --report` and `stator map --strip`. */
import { bold } from "../report.ts";
import type { Engine } from "./engine.ts";
import { type Machine, nameBuiltins } from "./machine.ts";
import type { Reach, Thing } from "./reach.ts";

export interface Explanation {
	/** Builtins that are there: name -> because of whom, the program's line last. */
	kept: Record<string, string[]>;
	leftOut: string[];
	/** Why names that are made at run time keep more; empty: they do not. */
	anyName: string[];
	/** Files of the engine: functions that are there, and in all. */
	files: Record<string, [kept: number, all: number]>;
}

/** From a thing back to who needs it. */
function because(thing: Thing, machine: Machine, reach: Reach, names: Map<number, string>): string[] {
	const path: string[] = [];
	for (
		let at: string | undefined = reach.reasons.get(thing);
		at !== undefined && path.length < 12;
		at = reach.reasons.get(at)
	) {
		const [kind, what] = [at.slice(0, at.indexOf(" ")), at.slice(at.indexOf(" ") + 1)];
		const shown =
			kind === "c" && reach.has(at)
				? what.startsWith("op:")
					? "instruction " + what.slice(11).toLowerCase()
					: what
				: kind === "name" && reach.has(at)
					? "the name " + machine.keys[Number(what)]
					: kind === "property" || kind === "object"
						? names.get(Number(what))
						: at;
		if (shown !== undefined && path.at(-1) !== shown) path.push(shown);
		if (!reach.has(at)) break;
	}
	return path;
}

export function explain(engine: Engine, machine: Machine, reach: Reach, stubs: string[]): Explanation {
	const names = nameBuiltins(machine);
	const kept: Record<string, string[]> = {};
	const leftOut: string[] = [];
	for (const slot of machine.slots.values()) {
		const name = names.get(slot.place);
		if (slot.object || name === undefined || !slot.builtin || slot.internal || slot.references.length === 0) continue;
		const thing = "property " + slot.place;
		if (reach.has(thing)) kept[name] = because(thing, machine, reach, names);
		else leftOut.push(name);
	}
	const files: Explanation["files"] = {};
	const gone = new Set(stubs);
	for (const [name, node] of Object.entries(engine.nodes)) {
		if (!node.function) continue;
		files[node.file] ??= [0, 0];
		files[node.file][1]++;
		if (!gone.has(name) && reach.has("c " + name)) files[node.file][0]++;
	}
	return { kept, leftOut: leftOut.sort(), anyName: reach.anyName, files };
}

export function formatExplanation({ kept, leftOut, anyName, files }: Explanation): string {
	const lines = [bold("Builtins in the image, and because of whom")];
	for (const name of Object.keys(kept).sort()) lines.push("  " + name.padEnd(36) + " " + kept[name].join(" <- "));
	if (anyName.length > 0) {
		lines.push("", bold("Names made at run time: every property of what is reached is there, because of"));
		for (const place of anyName) lines.push("  " + place);
	}
	const groups = new Map<string, string[]>();
	for (const name of leftOut) {
		const [group] = name.split(/[.[]/);
		if (name === group) groups.set(group, []);
		else if (groups.get(group)?.length !== 0 || !leftOut.includes(group))
			groups.set(group, [...(groups.get(group) ?? []), name]);
	}
	lines.push("", bold("Left out"));
	for (const [group, members] of groups) lines.push("  " + (members.length === 0 ? group : members.join(", ")));
	lines.push("", bold("The engine's C functions, by file: in the image, of all"));
	for (const [file, [there, all]] of Object.entries(files).sort())
		lines.push("  " + file.padEnd(24) + String(there).padStart(6) + String(all).padStart(6));
	return lines.join("\n");
}
