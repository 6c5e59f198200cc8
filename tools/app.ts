/** An application: a directory with main.ts (and a manifest), or a file; by path, or by the name of an example. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Creation } from "./creation.ts";
import { readKeys, switchKeys, wordKeys } from "./manifest-keys.ts";
import { path } from "./paths.ts";
import { UsageError, UserError } from "./report.ts";

/** What a program may choose in its manifest under "stator": "settings" (native/xs/settings.h). */
export interface Settings {
	stackSlots?: number;
	initialSlots?: number;
	initialChunkBytes?: number;
	spareKeys?: number;
	poolBytes?: number;
	heapBytes?: number;
	/** The C stack, on a board. */
	cStackBytes?: number;
	onEnd?: "halt" | "reset";
	/** The time driver, on a board: one of those that its board.json names. */
	clock?: string;
	/** The program is linked behind an image's header in the board's first area, for such a boot loader to start. Of the command line: what is run here begins by itself. */
	bootLoader?: "mcuboot";
	/** false: the builtins are made in RAM at boot, and can be changed. */
	rom?: boolean;
	/** false: builtins and engine code that the program cannot reach stay in the image. */
	strip?: boolean;
	/** false: the program is built although its tasks allocate. */
	proof?: boolean;
	/** false: the processor time of tasks is not counted. */
	accounts?: boolean;
	/** Bytes of the trace's ring; 0, or left out: none is built in. */
	trace?: number;
	/** What happens when it is full. */
	traceFull?: "overwrite" | "stop";
	/** Milliseconds after which a traced board ends the program; 0, or left out: never. */
	traceLimit?: number;
	/** Bytes of the record's buffer, on a board; of its file at most, on Linux; 0, or left out: none is built in. */
	record?: number;
	/** Milliseconds after which a program that is recorded is ended; 0, or left out: never. */
	recordLimit?: number;
	/** Entries of the ring, on Linux; 0: a pure-compute executor, without a ring. */
	ioEntries?: number;
	/** Places of the ring for direct descriptors. */
	ioFiles?: number;
	/** Address space for buffers. */
	ioBufferBytes?: number;
	/** How many buffers the kernel chooses from, a power of two, and the size of each. */
	ioProvided?: number;
	ioProvidedBytes?: number;
	/** true: interrupts are masked while a task of the executor in thread mode runs. */
	maskWhilePolling?: boolean;
	/** Each machine that `run([[vector, actor], …])` starts. */
	actors?: LevelSettings & { maskWhilePolling?: boolean };
	/** Each machine on a thread (stator/threads), on Linux; `cStackBytes` is the thread's C stack. */
	threads?: LevelSettings;
	/** false: start-up is not run in the emulator; what the settings leave open gets the platform's defaults. */
	measure?: boolean;
}

/** In which order an executor polls what is ready (native/abi/ready.h). */
export type Policy = "fair" | "priority" | "deadline";
const policies: readonly Policy[] = ["fair", "priority", "deadline"];

export interface App {
	readonly name: string;
	readonly main: string;
	readonly settings: Settings;
	/** For boards only; what `settings` says goes before it. */
	readonly boardSettings?: Settings;
	/** C files of the application's own native functions. */
	readonly sources: readonly string[];
	/** Of the executor in thread mode, and of actors' executors; default "fair". */
	readonly policy?: Policy;
	/** Machines at priority levels, beside that in thread mode. */
	readonly levels?: readonly Level[];
}

/** A preempting executor: "stator": { "levels": { "<name>": { … } } } in the manifest. */
export interface Level {
	readonly name: string;
	/** A number at the interrupt controller, or a name from the chip's vectors.json. */
	readonly vector: number | string;
	/** 0 is the most urgent. */
	readonly priority: number;
	/** Its entry module. */
	readonly main: string;
	/** true: interrupts are masked while a task of this level's executor runs. */
	readonly maskWhilePolling?: boolean;
	/** Of its executor; default "fair". */
	readonly policy?: Policy;
	readonly settings: LevelSettings;
}

export interface LevelSettings {
	/** All that the level's machine takes, its pool included. */
	heapBytes?: number;
	poolBytes?: number;
	stackSlots?: number;
	spareKeys?: number;
	/** Of the C stack, which it shares with all others: what those that it preempts leave to it. */
	cStackBytes?: number;
}

/** Bytes before a program that a boot loader starts: the header of its image, and what aligns the vectors. */
export const IMAGE_HEADER_BYTES = 512;

export function findApp(given: string): App {
	const candidates = [resolve(given), path("examples", given)];
	const found = candidates.find((candidate) => existsSync(candidate));
	if (found === undefined)
		throw new UsageError(
			'there is no application "' + given + '"',
			"give a directory with a main.ts, a file, or the name of an example",
		);
	const folder = statSync(found).isDirectory();
	const main = folder ? found + "/main.ts" : found;
	if (!existsSync(main)) throw new UserError(given + " has no main.ts");
	const manifest = dirname(main) + "/manifest.json";
	const name =
		folder || basename(main) === "main.ts" ? basename(dirname(main)) : basename(main).replace(/\.[jt]s$/, "");
	return {
		name: name.replace(/[^A-Za-z0-9_-]/g, "-"),
		main,
		...(existsSync(manifest) ? readManifest(manifest) : { settings: {}, sources: [] }),
	};
}

function readSettings(place: string, given: unknown): Settings {
	const settings = readKeys(place, "settings", given);
	for (const [name, value] of Object.entries(settings)) {
		const words = wordKeys[name];
		if (words !== undefined) {
			if (!words.includes(value as string))
				throw new UserError(place + "." + name + ' is "' + words.join('" or "') + '", not ' + JSON.stringify(value));
		} else if (name === "clock") {
			if (typeof value !== "string")
				throw new UserError(place + ".clock is the name of a time driver, not " + JSON.stringify(value));
		} else if ((switchKeys as readonly string[]).includes(name)) {
			readSwitch(place + "." + name, value);
		} else if (name === "actors") {
			const { maskWhilePolling, ...sizes } = readKeys(place + ".actors", "actors", value);
			readSwitch(place + ".actors.maskWhilePolling", maskWhilePolling);
			readSizes(place + ".actors", sizes);
		} else if (name === "threads") {
			readSizes(place + ".threads", readKeys(place + ".threads", "threads", value));
		} else if (!Number.isSafeInteger(value) || (value as number) < 0)
			throw new UserError(place + "." + name + " must be a whole number, not " + JSON.stringify(value));
		else if (name === "ioProvided" && !(Math.log2(value as number) % 1 === 0 && (value as number) <= 32768))
			throw new UserError(place + ".ioProvided must be a power of two up to 32768, not " + value);
	}
	return settings;
}

/** undefined: it was left out. */
function readSwitch(place: string, value: unknown): void {
	if (value !== undefined && typeof value !== "boolean")
		throw new UserError(place + " is true or false, not " + JSON.stringify(value));
}

function readPolicy(place: string, given: unknown): { policy?: Policy } {
	if (given === undefined) return {};
	const policy = policies.find((name) => name === given);
	if (policy === undefined)
		throw new UserError(
			place + ".policy is " + policies.map((name) => '"' + name + '"').join(", ") + ", not " + JSON.stringify(given),
			"fair: rounds (the default); priority: the highest ready priority next; deadline: the earliest deadline next",
		);
	return { policy };
}

function readSizes(place: string, sizes: Record<string, unknown>): void {
	for (const [key, value] of Object.entries(sizes))
		if (!Number.isSafeInteger(value) || (value as number) < 0)
			throw new UserError(place + "." + key + " must be a whole number, not " + JSON.stringify(value));
}

function readLevels(manifest: string, levels: object): Level[] {
	return Object.entries(levels).map(([name, given]: [string, unknown]) => {
		const place = manifest + ": stator.levels." + name;
		if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name) || name === "main")
			throw new UserError(place + ": a level's name is letters, digits, - and _, and not main");
		const { vector, priority, main, maskWhilePolling, policy, settings } = readKeys(place, "level", given);
		if (typeof vector !== "string" && !(Number.isSafeInteger(vector) && (vector as number) >= 0))
			throw new UserError(
				place + ".vector is the number of an interrupt vector or its name, not " + JSON.stringify(vector),
			);
		if (!Number.isSafeInteger(priority) || (priority as number) < 0)
			throw new UserError(
				place + ".priority is a whole number from 0 (the most urgent), not " + JSON.stringify(priority),
			);
		if (typeof main !== "string")
			throw new UserError(place + ".main is the level's entry module, such as \"./" + name + '"');
		const file = [main, main + ".ts", main + ".js"]
			.map((candidate) => resolve(dirname(manifest), candidate))
			.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
		if (file === undefined) throw new UserError(place + ".main names " + main + ", which is not there");
		readSwitch(place + ".maskWhilePolling", maskWhilePolling);
		const sizes = readKeys(place + ".settings", "levelSettings", settings === undefined ? {} : settings);
		readSizes(place + ".settings", sizes);
		return {
			name,
			vector: vector as number | string,
			priority: priority as number,
			main: file,
			maskWhilePolling: maskWhilePolling === true,
			...readPolicy(place, policy),
			settings: sizes as LevelSettings,
		};
	});
}

function readSources(manifest: string, sources: unknown): string[] {
	if (!Array.isArray(sources) || !sources.every((source) => typeof source === "string"))
		throw new UserError(manifest + ": stator.sources is a list of C files, not " + JSON.stringify(sources));
	const files = sources.map((source) => resolve(dirname(manifest), source));
	for (const file of files)
		if (!existsSync(file)) throw new UserError(manifest + ": stator.sources names " + file + ", which is not there");
	return files;
}

function readManifest(manifest: string): Pick<App, "settings" | "boardSettings" | "sources" | "policy" | "levels"> {
	let parsed: { stator?: unknown } | null;
	try {
		parsed = JSON.parse(readFileSync(manifest, "utf8"));
	} catch (error) {
		throw new UserError(manifest + ": " + (error as Error).message);
	}
	const place = manifest + ": stator";
	const {
		settings = {},
		boardSettings = {},
		sources = [],
		policy,
		levels = {},
	} = readKeys(place, "stator", parsed?.stator ?? {});
	if (typeof levels !== "object" || levels === null || Array.isArray(levels))
		throw new UserError(
			place + ".levels is an object, not " + JSON.stringify(levels),
			'"levels": { "<name>": { "vector": …, "priority": …, "main": … } }',
		);
	return {
		settings: readSettings(place + ".settings", settings),
		boardSettings: readSettings(place + ".boardSettings", boardSettings),
		sources: readSources(manifest, sources),
		...readPolicy(place, policy),
		levels: readLevels(manifest, levels),
	};
}

/** Writes `creation` into the application's manifest, and makes one where there is none. Gives the manifest's path. */
export function writeCreation(app: App, { creation, target }: { creation: Creation; target: string }): string {
	const manifest = dirname(app.main) + "/manifest.json";
	const text = existsSync(manifest) ? readFileSync(manifest, "utf8") : "{}";
	const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "\t";
	const { creation: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
	if (target === "linux")
		throw new UserError("creation is computed for boards", "say for which: --board netduinoplus2 --write-manifest");
	writeFileSync(manifest, JSON.stringify({ ...rest, creation }, undefined, indent) + "\n");
	return manifest;
}
