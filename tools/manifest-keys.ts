/**
 * The keys that the "stator" object of a manifest may have, and where each belongs. One that is in none of the lists is an error: left
 * alone it would do nothing, and nobody would see why.
 */
import { UserError } from "./report.ts";

/** Of a machine beside that in thread mode: a level's "settings", `actors`, `threads`. */
const machineKeys = ["heapBytes", "poolBytes", "stackSlots", "spareKeys", "cStackBytes"] as const;

/** How large the engine's parts are. */
export const machineSizeKeys = [
	"stackSlots",
	"initialSlots",
	"initialChunkBytes",
	"spareKeys",
	"poolBytes",
	"heapBytes",
] as const;

/** How large the ring and its buffers are. */
export const ringSizeKeys = ["ioEntries", "ioFiles", "ioBufferBytes", "ioProvided", "ioProvidedBytes"] as const;

/** Settings that are whole numbers. */
const numberKeys = [
	...machineSizeKeys,
	"cStackBytes",
	"trace",
	"traceLimit",
	"record",
	"recordLimit",
	...ringSizeKeys,
] as const;

/** Settings that are true or false. */
export const switchKeys = ["rom", "strip", "proof", "measure", "maskWhilePolling", "accounts"] as const;

/** Settings that are one of a few words. */
export const wordKeys: Readonly<Record<string, readonly string[]>> = {
	onEnd: ["halt", "reset"],
	traceFull: ["overwrite", "stop"],
};

const settingKeys = [...numberKeys, ...Object.keys(wordKeys), "clock", ...switchKeys, "actors", "threads"];

/** By the kind of object; the order is that in which a key is looked for elsewhere. */
const keysOf = {
	stator: ["settings", "boardSettings", "sources", "policy", "levels"],
	settings: settingKeys,
	level: ["vector", "priority", "main", "maskWhilePolling", "policy", "settings"],
	levelSettings: machineKeys,
	actors: [...machineKeys, "maskWhilePolling"],
	threads: machineKeys,
} as const satisfies Record<string, readonly string[]>;

/** What an object of the manifest is to Stator. */
export type ManifestObject = keyof typeof keysOf;

const placeOf: Readonly<Record<ManifestObject, string>> = {
	stator: "stator",
	settings: "stator.settings",
	level: "stator.levels.<name>",
	levelSettings: "stator.levels.<name>.settings",
	actors: "stator.settings.actors",
	threads: "stator.settings.threads",
};

/** How many letters have to be put in, left out or changed to make `b` of `a`, upper and lower case being the same. */
function distance(a: string, b: string): number {
	const to = b.toLowerCase();
	let row = Array.from({ length: to.length + 1 }, (_, j) => j);
	for (const [i, letter] of [...a.toLowerCase()].entries()) {
		const next = [i + 1];
		for (let j = 1; j <= to.length; j++)
			next.push(
				Math.min(
					(row[j] as number) + 1,
					(next[j - 1] as number) + 1,
					(row[j - 1] as number) + (letter === to[j - 1] ? 0 : 1),
				),
			);
		row = next;
	}
	return row[to.length] as number;
}

/** The nearest key there is, and where; of equals that in `here`. */
function nearest(key: string, here: ManifestObject): { key: string; object: ManifestObject; steps: number } {
	const objects = [here, ...(Object.keys(keysOf) as ManifestObject[])];
	const all = objects.flatMap((object) =>
		keysOf[object].map((known) => ({ key: known, object, steps: distance(key, known) })),
	);
	return all.reduce((best, one) => (one.steps < best.steps ? one : best));
}

function advice(key: string, here: ManifestObject): string {
	const found = nearest(key, here);
	const list = placeOf[here] + " has " + keysOf[here].join(", ");
	if (found.key === key) return key + " belongs into " + placeOf[found.object] + "; " + list;
	return "the nearest is " + found.key + (found.object === here ? "" : ", of " + placeOf[found.object]) + "; " + list;
}

/** A key with which people write remarks into JSON. */
const REMARK = "//";

/**
 * What such an object says, without remarks (`"//": "…"`). Throws UserError for a key that it does not have, and when `given` is no object.
 * `place` begins with the manifest's path.
 */
export function readKeys(place: string, object: ManifestObject, given: unknown): Record<string, unknown> {
	if (typeof given !== "object" || given === null || Array.isArray(given))
		throw new UserError(
			place + " is an object, not " + JSON.stringify(given),
			placeOf[object] + " has " + keysOf[object].join(", "),
		);
	const { [REMARK]: _, ...said } = given as Record<string, unknown>;
	for (const key of Object.keys(said))
		if (!(keysOf[object] as readonly string[]).includes(key))
			throw new UserError(place + " has no " + key, advice(key, object));
	return said;
}
