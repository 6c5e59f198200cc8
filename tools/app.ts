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
	onEnd?: "halt" | "reset";
}

export interface App {
	readonly name: string;
	readonly main: string;
	readonly settings: Settings;
	/** C files of the application's own native functions. */
	readonly sources: readonly string[];
}

const numbers = ["stackSlots", "initialSlots", "initialChunkBytes", "spareKeys", "poolBytes", "heapBytes"] as const;

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

function readManifest(manifest: string): Pick<App, "settings" | "sources"> {
	let parsed: { stator?: { settings?: Record<string, unknown>; sources?: string[] } };
	try {
		parsed = JSON.parse(readFileSync(manifest, "utf8"));
	} catch (error) {
		throw new UserError(manifest + ": " + (error as Error).message);
	}
	const settings = parsed.stator?.settings ?? {};
	for (const [name, value] of Object.entries(settings)) {
		if (name === "onEnd") {
			if (value !== "halt" && value !== "reset")
				throw new UserError(manifest + ': stator.settings.onEnd is "halt" or "reset", not ' + JSON.stringify(value));
		} else if (!(numbers as readonly string[]).includes(name))
			throw new UserError(
				manifest + ": stator.settings has no " + name,
				"settings: " + [...numbers, "onEnd"].join(", "),
			);
		else if (!Number.isSafeInteger(value) || (value as number) < 0)
			throw new UserError(
				manifest + ": stator.settings." + name + " must be a whole number, not " + JSON.stringify(value),
			);
	}
	const sources = (parsed.stator?.sources ?? []).map((source) => resolve(dirname(manifest), source));
	for (const source of sources)
		if (!existsSync(source))
			throw new UserError(manifest + ": stator.sources names " + source + ", which is not there");
	return { settings: settings as Settings, sources };
}
