/**
 * The manifests that mcconfig reads, without the SDK: their form, that what they name is there, that the modules of a program resolve, and that the C
 * files compile against XS 13.3; against the SDK's engine too, where MODDABLE says where it is.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { Ajv } from "ajv";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { type DistManifest, writeDist } from "../../tools/moddable/dist.ts";
import { ENTRIES, LIBRARY, writeLibrary } from "../../tools/moddable/library.ts";
import { path } from "../../tools/paths.ts";
import { UserError } from "../../tools/report.ts";
import { runCommand } from "../../tools/run-command.ts";

const MINUTES_5 = 300_000;

let folder = "";
/** The library as `npm run build` makes it: where the repository's manifest.json looks for it is the repository's own dist/. */
const library = (): string => folder + "/library";
beforeAll(async () => {
	folder = mkdtempSync(tmpdir() + "/stator-");
	await writeLibrary(library());
}, MINUTES_5);
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

interface Part {
	include?: string | string[];
	modules?: Record<string, string | string[]>;
	preload?: string[];
	creation?: { static?: number };
	build?: Record<string, string>;
	error?: string;
}
interface Manifest extends Part {
	platforms?: Record<string, Part>;
}

const read = (file: string): Manifest => JSON.parse(readFileSync(file, "utf8")) as Manifest;
const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

/** manifest.json, and the parts that programs include as they need them. */
const manifests = [
	path("manifest.json"),
	...readdirSync(path("native/moddable")).flatMap((file) =>
		/^manifest.*\.json$/.test(file) ? [path("native/moddable", file)] : [],
	),
];
const examples = readdirSync(path("examples")).map((name) => path("examples", name, "manifest.json"));

const validate = new Ajv({ strict: true, allErrors: true }).compile(read(path("tests/moddable/manifest.schema.json")));

const parts = (manifest: Manifest): Part[] => [manifest, ...Object.values(manifest.platforms ?? {})];

/** The files that an entry of "modules" means: mcconfig takes every file of that name, whatever its ending, unless it has one. */
function filesOf(folder: string, source: string): string[] {
	const whole = resolve(folder, source).replace(LIBRARY, library());
	const pattern = whole.endsWith("*") ? "" : whole.slice(dirname(whole).length + 1);
	return readdirSync(dirname(whole)).flatMap((file) =>
		pattern === "" || file === pattern || file.startsWith(pattern + ".") ? [dirname(whole) + "/" + file] : [],
	);
}

function sourcesOf(manifest: string): string[] {
	return parts(read(manifest)).flatMap((part) =>
		Object.values(part.modules ?? {}).flatMap((entry) =>
			list(entry).flatMap((source) => {
				const files = filesOf(dirname(manifest), source);
				expect(files, manifest + ": " + source).not.toEqual([]);
				return files;
			}),
		),
	);
}

test.each([...manifests, ...examples])("X4 %s has the form of a manifest", (file) => {
	expect(validate(read(file)), JSON.stringify(validate.errors)).toBe(true);
});

test("X4 the schema refuses what mcconfig does not know, and static memory that cannot grow", () => {
	expect(validate({ moduls: {} })).toBe(false);
	expect(validate({ platforms: { pico: { module: {} } } })).toBe(false);
	expect(validate({ creation: { static: 24576, heap: { initial: 384, incremental: 0 } } })).toBe(false);
});

test("X4 every file that a manifest names is there", () => {
	for (const manifest of manifests) {
		expect(sourcesOf(manifest).length).toBeGreaterThan(0);
		for (const part of parts(read(manifest)))
			for (const include of list(part.include))
				if (!include.startsWith("$(")) expect(existsSync(resolve(dirname(manifest), include)), include).toBe(true);
	}
});

test("A7 the platforms: each has a loop, a lock and atomics; boards take at most 24 KB of static memory", () => {
	const { platforms = {} } = read(path("native/moddable/manifest_core.json"));
	for (const name of ["lin", "x-cli-lin", "pico", "pico/*", "nrf52/*", "zephyr/*", "esp32/*"]) {
		const sources = list(platforms[name]?.modules?.["*"]).join(" ");
		for (const needed of [/\/stator-loop-\w+\.c/, /\/atomic\.h/]) expect(sources, name).toMatch(needed);
		if (name.endsWith("lin")) continue;
		expect(sources, name).toMatch(/\/stator-lock-[^/]*\.c/);
		expect(platforms[name]?.creation?.static, name).toBeGreaterThan(0);
		expect(platforms[name]?.creation?.static, name).toBeLessThanOrEqual(24 * 1024);
	}
	// The SDK's makefile for pico has a recipe that only bash understands.
	for (const name of ["pico", "pico/*"]) expect(platforms[name]?.build?.SHELL, name).toBe("bash");
	expect(platforms["..."]?.error).toContain("no event loop");
});

/** Names of modules in a manifest and what it includes. */
function modulesOf(file: string): Set<string> {
	const manifest = read(file);
	const names = new Set(Object.keys(manifest.modules ?? {}));
	for (const include of list(manifest.include))
		for (const name of modulesOf(resolve(dirname(file), include))) names.add(name);
	return names;
}

test.each([
	["blinky", "timer", "interrupt"],
	["line-echo", "events", "tick"],
	["tests/programs/no-timers.ts", "stator", "timer"],
])("E8 the modules of %s resolve, and it has what it uses: %s, not %s", async (name, used, unused) => {
	const { manifest } = await writeDist(findApp(name), "moddable", folder + "/" + name);
	expect(validate(read(manifest)), JSON.stringify(validate.errors)).toBe(true);
	const modules = modulesOf(manifest);
	const code = readFileSync(folder + "/" + name + "/main.js", "utf8");
	const imports = [...code.matchAll(/^import .*from ["'](.+)["'];$/gm)].map(([, specifier]) => specifier);
	expect(imports.length).toBeGreaterThan(0);
	for (const specifier of imports) expect(modules).toContain(specifier);
	expect(modules).toContain("stator/native/" + used);
	expect(modules).not.toContain("stator/native/" + unused);
	expect((read(manifest) as DistManifest).modules.main).toBe("./main");
	const { sources } = JSON.parse(readFileSync(folder + "/" + name + "/main.js.map", "utf8")) as { sources: string[] };
	for (const source of sources) expect(existsSync(resolve(folder, name, source)), source).toBe(true);
});

/** What mcconfig's compiler says to a module of an application that includes the repository's manifest.json. */
function complaints(file: string): string[] {
	const paths = Object.fromEntries(Object.keys(ENTRIES).map((name) => [name, [library() + "/" + name]]));
	const program = ts.createProgram([file], {
		...{ forceConsistentCasingInFileNames: true, module: ts.ModuleKind.Preserve, target: ts.ScriptTarget.ES2025 },
		...{ lib: ["lib.es2025.d.ts"], types: [], noEmit: true, paths },
	});
	return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test(
	"X4 mcconfig's TypeScript knows the library's types, with the options that it has there",
	() => {
		expect(complaints(path("tests/moddable/programs/plain/main.ts"))).toEqual([]);
		const every = folder + "/every.ts";
		const names = Object.keys(ENTRIES);
		writeFileSync(
			every,
			names.map((name, i) => "import * as m" + i + ' from "' + name + '"; m' + i + ".nothing;\n").join(""),
		);
		expect(complaints(every)).toHaveLength(names.length); // else they were of any type
	},
	MINUTES_5,
);

test("X4 the library's modules import each other by names that the manifest has, and their maps' sources are there", () => {
	const known = modulesOf(path("manifest.json"));
	const files = ["stator.js", ...readdirSync(library() + "/stator").map((name) => "stator/" + name)];
	const modules = files.filter((file) => file.endsWith(".js"));
	expect(modules.map((file) => file.slice(0, -3)).sort()).toEqual([...Object.keys(ENTRIES), "stator/library"].sort());
	for (const module of modules) {
		const code = readFileSync(library() + "/" + module, "utf8");
		const imports = [...code.matchAll(/^(?:import|export) (?:.* from )?["'](.+)["'];$/gm)].map(([, name]) => name);
		for (const name of imports) expect([...known, "stator/library", ...Object.keys(ENTRIES)], module).toContain(name);
		const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(code)?.[1];
		if (map === undefined) continue;
		const at = dirname(library() + "/" + module);
		const { sources } = JSON.parse(readFileSync(at + "/" + map, "utf8")) as { sources: string[] };
		for (const source of sources) expect(existsSync(resolve(at, source)), source).toBe(true);
	}
});

test.each([
	["stator/image", "ImageServer", /stator\/image is not there in what mcconfig builds: .*boot loader/],
	["stator/io", "open", /stator\/io is not there .*files and sockets/],
	["stator/levels", "spawnAt", /stator\/levels is not there .*interrupt controller/],
	["stator/sim", "run", /stator\/sim is not there .*Node/],
	["stator/smp", "SmpServer", /stator\/smp is not there .*debugger/],
	["stator/smp/linux", "serve", /stator\/smp\/linux is not there .*debugger/],
	["stator/threads", "run", /stator\/threads is not there .*Worker/],
])("X4 a program with %s is refused by name, with what to do", async (module, name, message) => {
	const main = folder + "/refused.ts";
	writeFileSync(main, "import { " + name + ' } from "' + module + '";\n' + name + ";\n");
	const refused = writeDist({ ...findApp(main), settings: { proof: false } }, "moddable", folder + "/refused");
	await expect(refused).rejects.toThrow(UserError);
	await expect(refused).rejects.toThrow(message);
});

/** All C files of the manifests but those that need a kernel's headers, against an engine's. */
async function compileAll(engine: string, options: string[]): Promise<void> {
	const files = [...new Set(manifests.flatMap(sourcesOf))].filter(
		(file) => file.endsWith(".c") && !/\/stator-lock-[^/]*\.c$/.test(file),
	);
	expect(files.length).toBeGreaterThan(25);
	// mcconfig names objects after their sources, of all folders: an application has its own queue.c.
	for (const file of files) expect(basename(file)).toMatch(/^stator-/);
	const includes = ["native/moddable", "native/abi", "native/xs", "native/xs/exclusive", "native/xs/fixed-steps"].map(
		(part) => "-I" + path(part),
	);
	const engineIncludes = ["includes", "platforms", "sources"].flatMap((part) => ["-isystem", engine + "/" + part]);
	const fakes = path("tests/native/fake/moddable");
	for (const loop of [true, false]) {
		// The loops see the SDK's headers as the storm's model has them; the rest the engine's own.
		const sources = files.filter((file) => file.includes("/stator-loop-") === loop);
		const { code, output } = await runCommand("gcc", [
			...[
				"-std=gnu11",
				"-fsyntax-only",
				"-Wall",
				"-Wextra",
				"-Wno-unused-parameter",
				"-Werror",
				"-DINCLUDE_XSPLATFORM=1",
			],
			...options,
			...(loop ? ["-I" + fakes] : ["-idirafter", fakes]),
			...includes,
			...engineIncludes,
			...sources,
		]);
		expect(code, output).toBe(0);
	}
}

test("X4 the C files compile against XS 13.3", async () => {
	await compileAll(path("node_modules/@moddable/xs/moddable/xs"), [
		'-DXSPLATFORM="stator-xs-platform.h"',
		...["-DmxRun=1", "-I" + path("native/linux")],
	]);
});

test("X4 files of the SDK that include FreeRTOS's queue.h get it, though mcconfig shows them ours first", async () => {
	const { code, output } = await runCommand("gcc", [
		...["-std=gnu11", "-fsyntax-only", "-Wall", "-Werror"],
		...["native/abi", "native/moddable", "native/xs/exclusive", "tests/native/fake/freertos"].map(
			(part) => "-I" + path(part),
		),
		path("tests/native/fake/freertos/uses-queue.c"),
	]);
	expect(code, output).toBe(0);
});

test("X4 the same C files compile against the SDK's engine", async (context) => {
	const sdk = process.env.MODDABLE;
	if (sdk === undefined) return context.skip("MODDABLE is not set: Moddable's SDK is not installed here");
	const { code, output } = await runCommand("pkg-config", ["--cflags", "gio-2.0"]);
	if (code !== 0) return context.skip("gio-2.0 is not installed: the SDK's platform header for Linux needs it");
	await compileAll(sdk + "/xs", ['-DXSPLATFORM="lin_xs.h"', ...output.trim().split(/\s+/)]);
});
