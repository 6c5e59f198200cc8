/** An application: a directory with main.ts (and a manifest), or a file; by path, or by the name of an example. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { path } from "./paths.ts";
import { UserError } from "./report.ts";

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
	/** false: the builtins are made in RAM at boot, and can be changed. */
	rom?: boolean;
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
}

export interface App {
	readonly name: string;
	readonly main: string;
	readonly settings: Settings;
	/** For boards only; what `settings` says goes before it. */
	readonly boardSettings?: Settings;
	/** C files of the application's own native functions. */
	readonly sources: readonly string[];
}

const numbers = [
	"stackSlots",
	"initialSlots",
	"initialChunkBytes",
	"spareKeys",
	"poolBytes",
	"heapBytes",
	"cStackBytes",
	"trace",
	"traceLimit",
] as const;
const switches = ["rom", "proof", "accounts"];
/** Settings that are one of a few words. */
const words: Record<string, readonly string[]> = { onEnd: ["halt", "reset"], traceFull: ["overwrite", "stop"] };

export function findApp(given: string): App {
	const candidates = [resolve(given), path("examples", given)];
	const found = candidates.find((candidate) => existsSync(candidate));
	if (found === undefined)
		throw new UserError(
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

function readSettings(manifest: string, key: string, settings: Record<string, unknown>): Settings {
	const place = manifest + ": stator." + key;
	for (const [name, value] of Object.entries(settings)) {
		if (words[name] !== undefined) {
			if (!words[name].includes(value as string))
				throw new UserError(
					place + "." + name + ' is "' + words[name].join('" or "') + '", not ' + JSON.stringify(value),
				);
		} else if (switches.includes(name)) {
			if (typeof value !== "boolean")
				throw new UserError(place + "." + name + " is true or false, not " + JSON.stringify(value));
		} else if (!(numbers as readonly string[]).includes(name))
			throw new UserError(
				place + " has no " + name,
				"settings: " + [...numbers, ...Object.keys(words), ...switches].join(", "),
			);
		else if (!Number.isSafeInteger(value) || (value as number) < 0)
			throw new UserError(place + "." + name + " must be a whole number, not " + JSON.stringify(value));
	}
	return settings;
}

function readManifest(manifest: string): Pick<App, "settings" | "boardSettings" | "sources"> {
	type Given = Record<string, unknown>;
	let parsed: { stator?: { settings?: Given; boardSettings?: Given; sources?: string[] } };
	try {
		parsed = JSON.parse(readFileSync(manifest, "utf8"));
	} catch (error) {
		throw new UserError(manifest + ": " + (error as Error).message);
	}
	const settings = readSettings(manifest, "settings", parsed.stator?.settings ?? {});
	const boardSettings = readSettings(manifest, "boardSettings", parsed.stator?.boardSettings ?? {});
	const sources = (parsed.stator?.sources ?? []).map((source) => resolve(dirname(manifest), source));
	for (const source of sources)
		if (!existsSync(source))
			throw new UserError(manifest + ": stator.sources names " + source + ", which is not there");
	return { settings, boardSettings, sources };
}
