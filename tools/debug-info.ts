/**
 * What a debugger needs beside the C debug information, as sections of the image that no board loads: `.stator.tasks`, where
 * each compiled function is suspended for which state, and `.debug_gdb_scripts`, which names the script that GDB loads
 * (tools/gdb). Written as a C file of the program (debug.c).
 */
import { resolve } from "node:path";
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { MachineReport } from "../compiler/report.ts";
import type { Split } from "./lines.ts";
import { path, root } from "./paths.ts";

export interface TaskPlaces {
	machines: MachineReport[];
	/** From where to where in the first module's bytecode a function of which machine lies: its poll function is among them. */
	entries: [begin: number, end: number, machine: number][];
}

/** `lines` are [offset in the bytecode, line of what was split], in order; `places` where these lines were in the bundle. */
export function taskPlaces(
	machines: MachineReport[],
	lines: readonly number[][],
	map: string,
	split: Split["places"],
): TaskPlaces {
	const trace = new TraceMap(map);
	const places = machines.map(({ file }) => [resolve(file), resolve(root, file)]);
	const entries: TaskPlaces["entries"] = [];
	lines.forEach(([offset, line], index) => {
		const place = split[line - 1];
		if (place === undefined) return;
		const exact = originalPositionFor(trace, place);
		const original = exact.source === null ? originalPositionFor(trace, { ...place, bias: LEAST_UPPER_BOUND }) : exact;
		if (original.source === null) return;
		const { source } = original;
		const there = machines
			.map((machine, number) => ({ machine, number }))
			// Those that live in frame objects of tasks are found through the task.
			.filter(({ machine }) => machine.form !== "frame" || machine.kind === "task")
			.filter(({ machine, number }) => machine.line === original.line && places[number].includes(source));
		const found = there.find(({ machine }) => machine.column === original.column + 1) ?? there[0];
		if (found === undefined) return;
		const end = lines[index + 1]?.[0] ?? Number.MAX_SAFE_INTEGER;
		const last = entries[entries.length - 1];
		if (last !== undefined && last[2] === found.number && last[1] === offset) last[1] = end;
		else entries.push([offset, end, found.number]);
	});
	return { machines, entries };
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
