/** `stator new`: what it makes is an application that builds, is typed, and is proven; what is there already is left alone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import ts from "typescript";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { bundle } from "../../tools/bundle.ts";
import { createApp } from "../../tools/new/command.ts";
import { proveProgram } from "../../tools/prove.ts";

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(tmpdir() + "/stator-");
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test("R7 stator new makes an application that compiles, whose tasks allocate nothing", async () => {
	const app = findApp(await createApp(folder + "/first-app"));
	expect(app.name).toBe("first-app");
	expect(readdirSync(folder + "/first-app").sort()).toEqual([
		...["README.md", "main.ts", "manifest.json", "package.json", "tsconfig.json"],
	]);
	const made = await bundle(app.main, "linux");
	expect(made.report.tasks.map(({ name }) => name)).toEqual(["root"]);
	expect(proveProgram(made.code, made.map, made.natives).allowed).toEqual([]);
});

test("R7 its tsconfig finds the library's types", async () => {
	const app = await createApp(folder + "/typed");
	const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync(app + "/tsconfig.json", "utf8")), ts.sys, app);
	const { resolvedModule } = ts.resolveModuleName("stator/board", app + "/main.ts", config.options, ts.sys);
	expect(resolvedModule?.resolvedFileName).toMatch(/src\/board\.ts$/);
});

test("R7 a folder that is not empty, and a name that no program can have, are refused", async () => {
	writeFileSync(folder + "/kept.txt", "kept");
	await expect(createApp(folder)).rejects.toThrow("is there and not empty");
	expect(readdirSync(folder)).toEqual(["kept.txt"]);
	await expect(createApp(folder + "/1st")).rejects.toThrow('cannot be called "1st"');
});
