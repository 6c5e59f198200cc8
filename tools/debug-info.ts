/**
 * What a debugger needs beside the C debug information, as sections of the image that no board loads: `.stator.tasks`, where
 * each compiled function is suspended for which state, and `.debug_gdb_scripts`, which names the script that GDB loads
 * (tools/gdb). Written as a C file of the program (debug.c).
 */
import { resolve } from "node:path";
import type { MachineReport } from "../compiler/report.ts";
import { type CompiledModule, originalsOf } from "./lines.ts";
import { path, root } from "./paths.ts";

export interface TaskPlaces {
	machines: MachineReport[];
	/** From where to where in which module's bytecode a function of which machine lies: its poll function is among them. */
	entries: [module: number, begin: number, end: number, machine: number][];
}

/** The program's bundles, in its order, each with the functions that were compiled in it. */
export function taskPlaces(modules: readonly (CompiledModule & { machines: MachineReport[] })[]): TaskPlaces {
	const places: TaskPlaces = { machines: [], entries: [] };
	for (const [module, compiled] of modules.entries()) {
		const first = places.machines.length;
		for (const [begin, end, machine] of entriesOf(compiled)) places.entries.push([module, begin, end, first + machine]);
		places.machines.push(...compiled.machines);
	}
	return places;
}

function entriesOf(compiled: CompiledModule & { machines: MachineReport[] }): [number, number, number][] {
	const { machines, lines } = compiled;
	const originalOf = originalsOf(compiled);
	const files = machines.map(({ file }) => [resolve(file), resolve(root, file)]);
	const entries: [begin: number, end: number, machine: number][] = [];
	lines.forEach(([offset, line], index) => {
		const original = originalOf(line);
		if (original === undefined) return;
		const there = machines
			.map((machine, number) => ({ machine, number }))
			// Those that live in frame objects of tasks are found through the task.
			.filter(({ machine }) => machine.form !== "frame" || machine.kind === "task")
			.filter(({ machine, number }) => machine.line === original.line && files[number].includes(original.source));
		const found = there.find(({ machine }) => machine.column === original.column + 1) ?? there[0];
		if (found === undefined) return;
		const end = lines[index + 1]?.[0] ?? Number.MAX_SAFE_INTEGER;
		const last = entries[entries.length - 1];
		if (last !== undefined && last[2] === found.number && last[1] === offset) last[1] = end;
		else entries.push([offset, end, found.number]);
	});
	return entries;
}

/** The C text of the sections. GDB wants the script's kind (1: a file of Python) before its name, and a zero behind it. */
export function debugSource(places: TaskPlaces): string {
	const script = Buffer.concat([Buffer.from([1]), Buffer.from(path("tools/gdb/stator-gdb.py")), Buffer.from([0])]);
	return (
		"/* Made by stator build: what a debugger reads from the file; nothing of it is loaded (tools/debug-info.ts). */\n" +
		section('.stator.tasks,\\"\\",%progbits', Buffer.from(JSON.stringify(places))) +
		section('.debug_gdb_scripts,\\"MS\\",%progbits,1', script)
	);
}

function section(name: string, bytes: Buffer): string {
	let text = '__asm__(".pushsection ' + name + '\\n"\n';
	for (let at = 0; at < bytes.length; at += 32)
		text += '\t".byte ' + [...bytes.subarray(at, at + 32)].join(",") + '\\n"\n';
	return text + '\t".popsection");\n';
}
