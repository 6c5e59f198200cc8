/** What a manifest may say of masked polls, and what of it is refused before anything is built. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { levelsSource, masksPolls } from "../../tools/levels.ts";
import { findTarget } from "../../tools/targets.ts";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(tmpdir() + "/stator-manifest-");
	writeFileSync(folder + "/main.ts", "");
});
afterAll(() => rmSync(folder, { recursive: true }));

function appOf(stator: object) {
	writeFileSync(folder + "/manifest.json", JSON.stringify({ stator }));
	return findApp(folder);
}

const level = { vector: 20, priority: 2, main: "./main" };

test("A10 each executor chooses for itself, and the table of the machines says so", () => {
	const app = appOf({
		settings: { actors: { maskWhilePolling: true, heapBytes: 16384 } },
		levels: { one: level, two: { ...level, vector: 21, maskWhilePolling: true } },
	});
	const source = levelsSource(app, findTarget("mps2-an385"), 1, undefined);
	expect(source).toContain(
		"stator_poll_masks[] = { { .masks = false }, { .masks = false }, { .masks = true }, { .masks = true } };",
	);
	expect(masksPolls(app)).toBe(true);
	const thread = appOf({ settings: { maskWhilePolling: true }, levels: { one: level } });
	expect(levelsSource(thread, findTarget("mps2-an385"), 0, undefined)).toContain(
		"{ { .masks = true }, { .masks = false } };",
	);
	const none = appOf({ levels: { one: { ...level, maskWhilePolling: false } } });
	expect(masksPolls(none)).toBe(false);
	expect(levelsSource(none, findTarget("mps2-an385"), 0, undefined)).not.toContain("mask");
});

test("A10 a value that is neither true nor false is refused, with its place", () => {
	expect(() => appOf({ settings: { maskWhilePolling: "yes" } })).toThrow(
		'stator.settings.maskWhilePolling is true or false, not "yes"',
	);
	expect(() => appOf({ settings: { actors: { maskWhilePolling: 1 } } })).toThrow(
		"stator.settings.actors.maskWhilePolling is true or false, not 1",
	);
	expect(() => appOf({ levels: { motor: { ...level, maskWhilePolling: null } } })).toThrow(
		"stator.levels.motor.maskWhilePolling is true or false, not null",
	);
	expect(() => appOf({ levels: { motor: { ...level, settings: { maskWhilePolling: true } } } })).toThrow(
		"stator.levels.motor.settings has no maskWhilePolling",
	);
});
