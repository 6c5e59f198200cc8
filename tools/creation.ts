/**
 * What a program's machine must be: `creation`, computed. The build links the program a first time with native/xs/probe.c
 * and runs it in the emulator until its first `run` has begun, which ends start-up; from there on nothing allocates. What is
 * in use then, and how far the stacks went, is exact; a margin comes on top (`marginOf`). What tasks will need of the
 * XS stack later is a bound from the calls of the program (compiler/stack-bound.ts).
 *
 * A board that has no emulator, or on which the program does not fit, is measured on STAND_IN: same code, same word size,
 * more memory. When start-up does not end there either, the platform's defaults hold, and the report says why.
 * Programs for Linux are not measured: a build must not do what their start-up does, and a host has memory.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { App, Settings } from "./app.ts";
import { run } from "./run.ts";
import { findTarget, type Target } from "./targets.ts";

const STAND_IN = "mps2-an385";
/** Room for what start-up leaves behind: without it each table that grows costs a collection. */
const STAND_IN_PROBE = {
	stackSlots: 4096,
	poolBytes: 16384,
	spareKeys: 256,
	cStackBytes: 16384,
	initialSlots: 32768,
	initialChunkBytes: 524288,
};
/** As in native/cortex-m/platform.cmake. */
export const DEFAULTS = { stackSlots: 320, poolBytes: 3072, spareKeys: 32, initialSlots: 384, initialChunkBytes: 1024 };
/** Real time: on a busy machine a large program's start-up takes long. */
const SECONDS_MAX = 120;
const POINTER = 4;
/** By how many slots a heap grows (native/xs/machine.c). */
const SLOTS_MORE = 128;
/** Slots of a block that are not for the program; measured: 3. */
const BLOCK_SLOTS = 4;
/** What stator_port_stack_limit keeps for interrupts and for the report of an overflow (native/cortex-m/memory.c). */
export const C_STACK_RESERVE = 768;
/** Later than start-up, calls from C nest one deeper: measured 300 bytes in the examples. */
export const C_STACK_MARGIN = 1024;

/** One pool, as its frames took memory. */
export interface PoolBytes {
	name: string;
	slots: number;
	bytes: number;
}

/** What the probe has said. */
export interface Measured {
	/** The board that it ran on. */
	board: string;
	pools: PoolBytes[];
	/** The probe's numbers, by its own names (native/xs/probe.c). */
	numbers: Record<string, number>;
}

/** What is known of a program without running it. */
export interface Facts {
	/** Nothing allocates after start-up: proven, and nothing lifted. */
	proven: boolean;
	/** Slots of the XS stack, by the program's calls; undefined when they go round in a circle. */
	stackSlots: number | undefined;
	/** What levels take of the C stack (levels.ts). */
	levelStackBytes: number;
}

export interface Machine {
	/** Undefined for Linux, with `measure: false`, and when start-up did not end. */
	measured?: Measured;
	facts: Facts;
	/** The margins were left away: they did not fit. */
	bare?: boolean;
	/** Why there are no measurements. */
	reason?: string;
	/** Settings for whatever the manifest does not set. */
	computed: Settings;
}

export interface Subject extends Facts {
	app: App;
	target: Target;
	folder: string;
}

type Link = (target: Target, settings: Settings) => Promise<string>;

/** The margin over what was measured: an eighth, and no less than `least`. */
export function marginOf(value: number, least: number): number {
	return Math.max(Math.ceil(value / 8), least);
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Runs the probe's image, or takes what an image of the same bytes has said before. */
async function runProbe(image: string, folder: string, target: Target): Promise<Measured | string> {
	const key = createHash("sha256").update(readFileSync(image)).digest("hex");
	const file = folder + "/measured.json";
	if (existsSync(file)) {
		const known = JSON.parse(readFileSync(file, "utf8")) as { key: string; result: Measured | string };
		if (known.key === key) return known.result;
	}
	if (target.qemu === undefined) return target.name + " has no emulator";
	const { output, status, timedOut } = await run({ target, image }, { timeoutSeconds: SECONDS_MAX });
	const result = timedOut
		? "start-up did not end within " + SECONDS_MAX + " seconds in the emulator"
		: readProbe(output, status, target.name);
	if (!timedOut) writeFileSync(file, JSON.stringify({ key, result }));
	return result;
}

/** What the lines of native/xs/probe.c say; text: why they say nothing. */
export function readProbe(output: string, status: number, board: string): Measured | string {
	const pools = [...output.matchAll(/^stator: probe pool \d+ (\d+) (\d+) (.*)$/gm)].map(([, slots, bytes, name]) => ({
		name,
		slots: Number(slots),
		bytes: Number(bytes),
	}));
	const numbers: Record<string, number> = {};
	for (const [, pairs] of output.matchAll(/^stator: probe (?:started|never) (.*)$/gm))
		for (const [, name, value] of pairs.matchAll(/(\w+)=(\d+)/g)) numbers[name] = Number(value);
	if (numbers.stack !== undefined) return { board, pools, numbers };
	const said = /^stator: (?!probe|exit)(.*)$/m.exec(output)?.[1];
	return "start-up ended with status " + status + (said === undefined ? "" : " (" + said + ")");
}

export async function measure(subject: Subject, link: Link): Promise<Machine> {
	const { app, target, folder } = subject;
	const { proven, stackSlots, levelStackBytes } = subject;
	const facts: Facts = { proven, stackSlots, levelStackBytes };
	const none = (reason: string): Machine => ({ reason, facts, computed: {} });
	if (target.platform === "linux") return none("a host has memory: not measured");
	if (app.settings.measure === false) return none("not measured, as the settings ask");
	const own = probeSettings(target);
	let result: Measured | string = target.name + " has no emulator";
	if (own !== undefined) result = await runProbe(await link(target, own), folder, target);
	// It does not fit, or cannot be run here: how much it needs is seen where there is more.
	if (typeof result === "string" && target.name !== STAND_IN) {
		const first = result;
		const standIn = findTarget(STAND_IN);
		try {
			const image = await link(standIn, STAND_IN_PROBE);
			result = await runProbe(image, dirname(image), standIn);
		} catch {
			result = first; // its C files are for this chip
		}
		if (typeof result === "string") result = first;
	}
	if (typeof result === "string") return none(result);
	return { measured: result, facts, computed: fromMeasured(result, facts, false) };
}

/** Generous, as far as the board goes. */
function probeSettings({ qemu, ramBytes }: Target): Settings | undefined {
	if (qemu === undefined || ramBytes === undefined) return undefined;
	return {
		stackSlots: Math.min(2048, Math.floor(ramBytes / 128)),
		poolBytes: Math.min(8192, Math.floor(ramBytes / 8)),
		spareKeys: 256,
		cStackBytes: Math.min(8192, Math.floor(ramBytes / 8)),
		initialSlots: Math.floor(ramBytes / 128),
		initialChunkBytes: Math.floor(ramBytes / 8),
	};
}

/** What each setting is made of, for `fromMeasured` and for who explains it (creation-why.ts). */
export function needsOf({ numbers }: Measured, { proven, stackSlots }: Facts) {
	const stackStarted = Math.max(0, numbers.stack - declaredSlots(numbers));
	const stackMargin = marginOf(stackStarted, 16);
	return {
		stackStarted,
		stackMargin,
		/** Start-up's, or what the program's calls can need. */
		stack: Math.max(stackStarted + stackMargin, stackSlots ?? 0),
		slotsMargin: marginOf(numbers.slots, 16),
		chunksMargin: marginOf(numbers.chunks, 64),
		keysMargin: marginOf(numbers.keys, 8),
		/** A program that may allocate later, or whose calls go round in a circle, keeps at least the defaults. */
		settled: proven && stackSlots !== undefined,
	};
}

/** The settings that a program needs which took so much. `bare`: without the margins of slots and chunks. */
function fromMeasured(measured: Measured, facts: Facts, bare: boolean): Settings {
	const { numbers } = measured;
	const { stack, slotsMargin, chunksMargin, keysMargin, settled } = needsOf(measured, facts);
	const after = numbers.slots + (bare ? 0 : slotsMargin);
	// Start-up's peak, and what a block of the heap keeps for itself, where the heap would grow for it by more than that takes.
	const slots = Math.max(after, Math.min(numbers.peak_slots + BLOCK_SLOTS, after + SLOTS_MORE));
	const chunks = roundUp(numbers.chunks + (bare ? 0 : chunksMargin), 16);
	// Behind start-up's peak: the jump records of `run` and of a call from C, at the same time.
	const keys = numbers.keys + keysMargin;
	const spared = (numbers.asked_keys - keys) * POINTER;
	const pool = roundUp(numbers.pool - spared + 2 * numbers.jump + 64, 16);
	const atLeast = (value: number, least: number, known: boolean): number => (known ? value : Math.max(value, least));
	return {
		stackSlots: atLeast(stack, DEFAULTS.stackSlots, settled),
		initialSlots: slots,
		initialChunkBytes: chunks,
		spareKeys: atLeast(keys, DEFAULTS.spareKeys, facts.proven),
		poolBytes: atLeast(pool, DEFAULTS.poolBytes, facts.proven),
		...(settled && numbers.c_stack > 0
			? { cStackBytes: roundUp(numbers.c_stack + C_STACK_RESERVE + C_STACK_MARGIN + facts.levelStackBytes, 64) }
			: {}),
	};
}

/** Slots of the first module's own frame, which the settings do not count. */
export const declaredSlots = (numbers: Measured["numbers"]): number => numbers.stack_slots - numbers.asked_slots;

/** What the machine takes of its block, in bytes, as it is set. */
export interface BlockShares {
	"XS stack": number;
	slots: number;
	chunks: number;
	"executor: ready set, timers": number;
}

export function blockShares({ measured, computed }: Machine, settings: Settings): BlockShares | undefined {
	if (measured === undefined) return undefined;
	const { numbers } = measured;
	const all = { ...DEFAULTS, ...computed, ...settings };
	const taken = numbers.block - numbers.block_free;
	const kept = taken - (numbers.stack_slots + numbers.heap_slots) * numbers.slot - numbers.heap_chunks;
	return {
		"XS stack": (all.stackSlots + declaredSlots(numbers)) * numbers.slot,
		slots: Math.max(all.initialSlots, numbers.slots) * numbers.slot,
		chunks: Math.max(all.initialChunkBytes, numbers.chunks),
		"executor: ready set, timers": Math.max(0, roundUp(kept, 16)),
	};
}

/** The same machine with less: for a board on which the margins do not fit. */
export function withoutMargins(machine: Machine): Machine {
	return machine.measured === undefined
		? machine
		: { ...machine, bare: true, computed: fromMeasured(machine.measured, machine.facts, true) };
}

/** `creation` as a manifest of Moddable has it; what grows does so by the steps of native/xs/machine.c. */
export function creationOf({ measured, computed }: Machine, settings: Settings): Creation {
	const all = { ...DEFAULTS, ...computed, ...settings };
	return {
		chunk: { initial: all.initialChunkBytes, incremental: 1024 },
		heap: { initial: all.initialSlots, incremental: 128 },
		stack: all.stackSlots + (measured === undefined ? 0 : declaredSlots(measured.numbers)),
		keys: { initial: all.spareKeys, incremental: 0 },
		main: "main",
	};
}

export interface Creation {
	chunk: { initial: number; incremental: number };
	heap: { initial: number; incremental: number };
	stack: number;
	keys: { initial: number; incremental: number };
	main: string;
}
