/** Keys of a manifest's "stator" object that nothing reads are refused, with the nearest key and where it belongs. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { path } from "../../tools/paths.ts";
import { UserError } from "../../tools/report.ts";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-manifest-");
	writeFileSync(folder + "/main.ts", "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const level = { vector: 20, priority: 2, main: "./main" };

/** The error of a manifest, which begins with the manifest's path; and its hint. */
function refusalOf(stator: unknown): string[] {
	writeFileSync(folder + "/manifest.json", JSON.stringify({ stator }));
	try {
		findApp(folder);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const file = folder + "/manifest.json: ";
		expect(error.message.slice(0, file.length)).toBe(file);
		return [error.message.slice(file.length), String(error.hint)];
	}
	return [];
}

describe("a key that nothing reads", () => {
	test.each([
		// Beside "settings", where it belongs.
		[{ initialSlots: 4096 }, "stator has no initialSlots", "initialSlots belongs into stator.settings; "],
		[{ maskWhilePolling: true }, "stator has no maskWhilePolling", "maskWhilePolling belongs into stator.settings; "],
		[{ vector: 20 }, "stator has no vector", "vector belongs into stator.levels.<name>; "],
		[
			{ setings: {} },
			"stator has no setings",
			"the nearest is settings; stator has settings, boardSettings, sources, ",
		],
		[{ level: {} }, "stator has no level", "the nearest is levels; "],
		[{ settings: { intialSlots: 1 } }, "stator.settings has no intialSlots", "the nearest is initialSlots; "],
		[{ settings: { stackslots: 1 } }, "stator.settings has no stackslots", "the nearest is stackSlots; "],
		[{ settings: { policy: "fair" } }, "stator.settings has no policy", "policy belongs into stator; "],
		[{ boardSettings: { heap: 1 } }, "stator.boardSettings has no heap", "the nearest is "],
		[{ settings: { actors: { heapByte: 1 } } }, "stator.settings.actors has no heapByte", "the nearest is heapBytes; "],
		[
			{ settings: { threads: { trace: 1 } } },
			"stator.settings.threads has no trace",
			"trace belongs into stator.settings; ",
		],
		[
			{ levels: { motor: { ...level, heapBytes: 1 } } },
			"stator.levels.motor has no heapBytes",
			"heapBytes belongs into stator.settings; ",
		],
		[
			{ levels: { motor: { ...level, priorty: 1 } } },
			"stator.levels.motor has no priorty",
			"the nearest is priority; stator.levels.<name> has vector, priority, main, ",
		],
		[
			{ levels: { motor: { ...level, settings: { initialSlots: 1 } } } },
			"stator.levels.motor.settings has no initialSlots",
			"initialSlots belongs into stator.settings; stator.levels.<name>.settings has heapBytes, ",
		],
	])("%j", (stator, message, hint) => {
		const [said, advice] = refusalOf(stator);
		expect(said).toBe(message);
		expect(advice?.slice(0, hint.length)).toBe(hint);
	});
});

test.each([
	[5, "stator is an object, not 5"],
	[{ settings: [] }, "stator.settings is an object, not []"],
	[{ settings: { threads: 1 } }, "stator.settings.threads is an object, not 1"],
	[{ levels: [level] }, "stator.levels is an object, not "],
	[{ levels: { motor: "./main" } }, 'stator.levels.motor is an object, not "./main"'],
	[{ levels: { motor: { ...level, settings: null } } }, "stator.levels.motor.settings is an object, not null"],
	[{ sources: "./file.c" }, 'stator.sources is a list of C files, not "./file.c"'],
])("what is no object is refused: %j", (stator, message) => {
	expect(refusalOf(stator)[0]?.slice(0, message.length)).toBe(message);
});

test("a remark is none", () => {
	const remark = { "//": "why it is so" };
	expect(
		refusalOf({ ...remark, settings: { ...remark, stackSlots: 400 }, levels: { motor: { ...level, ...remark } } }),
	).toEqual([]);
	expect(findApp(folder).settings).toEqual({ stackSlots: 400 });
});

/** Files below these folders of the repository, by how their names end. */
function filesOf(folders: string[], end: string): string[] {
	return folders.flatMap((top) =>
		readdirSync(path(top), { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(end))
			.map((file) => top + "/" + file),
	);
}

test("every manifest here, and every one that a page shows, is taken", () => {
	const manifests = filesOf(["examples", "tests", "bench"], "/manifest.json").filter(
		(file) => JSON.parse(readFileSync(path(file), "utf8")).stator !== undefined,
	);
	expect(manifests.length).toBeGreaterThan(10);
	for (const manifest of manifests) {
		const main = readdirSync(dirname(path(manifest))).find((file) => file.endsWith(".ts"));
		expect(() => findApp(dirname(path(manifest)) + "/" + main), manifest).not.toThrow();
	}
	writeFileSync(folder + "/control.ts", ""); // what the page about levels calls its module
	const shown = ["README.md", ...filesOf(["docs", "examples"], ".md")]
		.flatMap((page) =>
			[...readFileSync(path(page), "utf8").matchAll(/```json\n(.*?)```/gs)].map(([, text]) => [page, text]),
		)
		.map(([page, text]) => ({ page, stator: JSON.parse(text as string).stator }))
		.filter(({ stator }) => stator !== undefined);
	expect(shown.length).toBeGreaterThan(0);
	for (const { page, stator } of shown) expect([page, ...refusalOf(stator)]).toEqual([page]);
});
