/**
 * `stator moddable <app>`: an application for Moddable's mcconfig. The same bundle as for our own boards, compiled and proven, as one ES module,
 * with a manifest that names it and the native parts that it uses: the application's own manifest.json includes that with one line,
 * and mcconfig does the rest. What a program does not import is not in its manifest (E8).
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import type { App } from "../app.ts";
import { bundle } from "../bundle.ts";
import { path } from "../paths.ts";
import { proveProgram } from "../prove.ts";
import { UserError } from "../report.ts";
import { sayTypeWarnings } from "../type-warnings.ts";

const OWN = path("native") + "/";
/** What every program has. */
const CORE = path("native/moddable/manifest_core.json");

/** The manifest that brings a native module of the library; undefined: the core has it. */
function featureOf(file: string): string | undefined {
	const manifest = path("native/moddable", "manifest_" + basename(file, ".js") + ".json");
	return existsSync(manifest) ? manifest : undefined;
}

/** The name of a native module in a program that mcconfig makes, where names are files: the library's have a folder of their own. */
function moduleName(file: string): string {
	return (file.startsWith(OWN) ? "stator/native/" : "native/") + basename(file).replace(/(\.native)?\.js$/, "");
}

/** The bundle with those names. */
export function renamed(code: string, natives: ReadonlyMap<string, string>): string {
	return code.replace(/(["'])(native:[^"']+)\1/g, (text, _quote, name: string) => {
		const file = natives.get(name);
		return file === undefined ? text : JSON.stringify(moduleName(file));
	});
}

export interface DistManifest {
	include: string[];
	modules: Record<string, string | string[]>;
	preload: string[];
}

/** The manifest beside the bundle, in `folder`. */
export function manifestOf(folder: string, natives: Iterable<string>, sources: readonly string[]): DistManifest {
	const from = (file: string): string => {
		const way = relative(folder, file);
		return way.startsWith(".") ? way : "./" + way;
	};
	const manifest: DistManifest = { include: [from(CORE)], modules: { main: "./main" }, preload: [] };
	for (const file of natives) {
		const feature = file.startsWith(OWN) ? featureOf(file) : undefined;
		if (feature !== undefined) manifest.include.push(from(feature));
		if (file.startsWith(OWN)) continue;
		manifest.modules[moduleName(file)] = from(file);
		manifest.preload.push(moduleName(file));
	}
	manifest.include.sort();
	if (sources.length > 0) manifest.modules["*"] = sources.map(from);
	return manifest;
}

/** Levels are the manifest's, not the program's: the rest is refused where it is imported (absent.ts). */
function refuseLevels(app: App): void {
	if ((app.levels ?? []).length > 0)
		throw new UserError(
			app.name + " has priority levels, whose interrupt controller is the SDK's in what mcconfig builds",
			"build it for one of our own boards, or take stator.levels out of its manifest",
		);
}

export interface Dist {
	/** The manifest that mcconfig is to include. */
	manifest: string;
	/** Task slots, as the compiler counted them. */
	slots: number;
}

/** Writes `dist/` beside the application's main. */
export async function writeDist(app: App, platform = "moddable", folder = dirname(app.main) + "/dist"): Promise<Dist> {
	refuseLevels(app);
	const made = await bundle(app.main, platform);
	sayTypeWarnings(made.program);
	if (app.settings.proof !== false) proveProgram(made.code, made.map, made.natives);
	mkdirSync(folder, { recursive: true });
	const code = renamed(made.code, made.natives).replace(
		/^\/\/# sourceMappingURL=.*$/m,
		"//# sourceMappingURL=main.js.map",
	);
	writeFileSync(folder + "/main.js", code);
	const map = JSON.parse(made.map) as { sources: string[] };
	map.sources = map.sources.map((source) => relative(folder, source)); // mcconfig looks for them from here
	writeFileSync(folder + "/main.js.map", JSON.stringify(map));
	const manifest = manifestOf(folder, made.natives.values(), app.sources);
	writeFileSync(folder + "/manifest.json", JSON.stringify(manifest, undefined, "\t") + "\n");
	return { manifest: folder + "/manifest.json", slots: made.report.slots };
}
