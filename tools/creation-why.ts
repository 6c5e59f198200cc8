/**
 * Why a machine is as it is: for each size of `creation`, and for those that a board has beside it, the number, what it is made of, and what in the program or its manifest changes it. From the same
 * numbers that the sizes were computed from (creation.ts).
 */
import type { Settings } from "./app.ts";
import {
	C_STACK_MARGIN,
	C_STACK_RESERVE,
	DEFAULTS,
	declaredSlots,
	type Machine,
	type Measured,
	needsOf,
} from "./creation.ts";
import { bold } from "./report.ts";

type Size = "initialSlots" | "initialChunkBytes" | "stackSlots" | "spareKeys" | "poolBytes" | "cStackBytes";

export interface Reason {
	/** Its name in the manifest's stator.settings. */
	setting: Size;
	/** Its name in Moddable's `creation`; undefined: it has none there. */
	creation: string | undefined;
	value: number | undefined;
	/** What that is in memory. */
	bytes: number | undefined;
	from: "given" | "computed" | "default";
	/** What it is made of. */
	why: string;
	/** What makes it smaller. */
	change: string;
}

const CREATION: Record<Size, string | undefined> = {
	initialSlots: "heap.initial",
	initialChunkBytes: "chunk.initial",
	stackSlots: "stack",
	spareKeys: "keys.initial",
	poolBytes: undefined,
	cStackBytes: undefined,
};

const CHANGE: Record<Size, string> = {
	initialSlots: "smaller pools of tasks, fewer captured variables, fewer objects made at start-up",
	initialChunkBytes: "shorter buffers, arrays and strings made at start-up",
	stackSlots: "fewer calls within calls; a recursion has no bound and keeps the default",
	spareKeys: "fewer property names that are put together while it runs",
	poolBytes: "fewer keys; it holds the name table and one record for each `try` that is open",
	cStackBytes: "less work in native functions of your own, fewer levels",
};

/** "75 slots at the end of start-up + 16 to spare" and so on. */
function madeOf(setting: Size, measured: Measured, machine: Machine): string {
	const { numbers, pools } = measured;
	const { facts, bare } = machine;
	const needs = needsOf(measured, facts);
	const spare = (margin: number): string =>
		bare ? ", nothing to spare (it would not fit)" : " + " + margin + " to spare";
	switch (setting) {
		case "initialSlots": {
			const inTasks = pools.reduce((sum, { bytes }) => sum + bytes, 0);
			const after = numbers.slots + " in use when start-up has ended" + spare(needs.slotsMargin);
			const peak = numbers.peak_slots > numbers.slots + (bare ? 0 : needs.slotsMargin);
			const largest = [...pools].sort((a, b) => b.bytes - a.bytes)[0];
			const tasks = largest === undefined ? "" : "; tasks have " + inTasks + " bytes, most of them " + largest.name;
			return after + (peak ? ", raised to start-up's peak of " + numbers.peak_slots : "") + tasks;
		}
		case "initialChunkBytes":
			return numbers.chunks + " bytes in use when start-up has ended" + spare(needs.chunksMargin);
		case "stackSlots": {
			const bound = facts.stackSlots;
			const own = declaredSlots(numbers);
			const more = own > 0 ? "; creation.stack is " + own + " more, the first module's own variables" : "";
			const start = needs.stackStarted + " at most during start-up + " + needs.stackMargin + " to spare";
			if (bound === undefined)
				return (
					start +
					", and no less than the default, " +
					DEFAULTS.stackSlots +
					": the program's calls go round in a circle"
				);
			const most =
				bound > needs.stackStarted + needs.stackMargin
					? bound + ": what the program's calls can need at most, counted (start-up: " + needs.stackStarted + ")"
					: start + " (the program's calls need " + bound + " at most, counted)";
			return most + more;
		}
		case "spareKeys":
			return (
				numbers.keys +
				" names made by start-up beyond those in the image + " +
				needs.keysMargin +
				" to spare" +
				(facts.proven ? "" : ", and no less than the default: the program may allocate later")
			);
		case "poolBytes":
			return (
				"what the engine took from it in start-up, with the table of " +
				(numbers.keys + needs.keysMargin) +
				" keys, + 2 jump records of " +
				numbers.jump +
				" bytes + 64" +
				(facts.proven ? "" : ", and no less than the default: the program may allocate later")
			);
		case "cStackBytes":
			return (
				numbers.c_stack +
				" at most during start-up + " +
				C_STACK_MARGIN +
				" for deeper calls + " +
				C_STACK_RESERVE +
				" for interrupts and the report of an overflow" +
				(facts.levelStackBytes > 0 ? " + " + facts.levelStackBytes + " for levels" : "")
			);
	}
}

const SLOT_BYTES = 16;
const KEY_BYTES = 4;
const unit: Record<Size, number> = {
	initialSlots: SLOT_BYTES,
	stackSlots: SLOT_BYTES,
	spareKeys: KEY_BYTES,
	initialChunkBytes: 1,
	poolBytes: 1,
	cStackBytes: 1,
};

export function reasonsOf(machine: Machine, settings: Settings): Reason[] {
	const { measured, computed } = machine;
	return (Object.keys(CREATION) as Size[]).map((setting) => {
		const from = settings[setting] !== undefined ? "given" : computed[setting] !== undefined ? "computed" : "default";
		const value = settings[setting] ?? computed[setting] ?? (DEFAULTS as Partial<Record<Size, number>>)[setting];
		const need = computed[setting] === undefined ? "" : "; it needs " + computed[setting] + ": ";
		const made =
			measured === undefined || computed[setting] === undefined ? undefined : madeOf(setting, measured, machine);
		return {
			setting,
			creation: CREATION[setting],
			value,
			bytes: value === undefined ? undefined : value * unit[setting],
			from,
			why:
				from === "computed"
					? (made as string)
					: from === "given"
						? "as the manifest says" + (made === undefined ? "" : need + made)
						: "the target's default" + (machine.reason === undefined ? "" : " (" + machine.reason + ")"),
			change: CHANGE[setting],
		};
	});
}

/** The reasons as text; `board`: where it was measured. */
export function formatReasons(reasons: readonly Reason[], measured: string): string {
	const lines = [bold("what the machine must be, and why") + "  (" + measured + ")"];
	for (const { setting, creation, value, bytes, from, why, change } of reasons) {
		const size = value === undefined ? "the linker's" : value + (bytes === value ? " bytes" : " = " + bytes + " bytes");
		lines.push(
			"  " + setting.padEnd(18) + size + ", " + from + (creation === undefined ? "" : ", creation." + creation),
		);
		lines.push("      because  " + why);
		lines.push("      smaller  " + change);
	}
	lines.push(
		'To set one: "stator": { "settings": { … } } in the manifest. All of it as Moddable\'s creation: stator build --write-manifest.',
	);
	return lines.join("\n");
}
