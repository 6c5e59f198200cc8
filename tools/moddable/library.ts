/**
 * The library as modules of its own for Moddable's mcconfig (dist/moddable): for applications that mcconfig compiles itself, TypeScript or not, and
 * that include the repository's manifest.json. Compiled as in a program of ours; the types stand beside the modules, where mcconfig looks for them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, normalize, relative } from "node:path";
import { type OutputChunk, rollup } from "rollup";
import ts from "typescript";
import { inLibrary } from "../../compiler/program.ts";
import { bundleOptions, warningToError } from "../bundle.ts";
import { path } from "../paths.ts";
import { UserError } from "../report.ts";
import { renamed } from "./dist.ts";

export const LIBRARY = path("dist/moddable");

/** What can be imported there, and its source. The rest of the library needs what the SDK does not give: docs/moddable.md. */
export const ENTRIES: Readonly<Record<string, string>> = {
	stator: "src/index.ts",
	"stator/actor": "src/actor/index.ts",
	"stator/board": "src/board.ts",
	"stator/check": "src/check/index.ts",
};

/** What the entries have in common: one module, so that mcconfig has no names of ours to resolve but these. */
const SHARED = "stator/library";

function write(file: string, text: string | Uint8Array): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

/** How a declaration names another. */
function wayTo(from: string, to: string): string {
	const way = relative(dirname(from), to).replace(/\.d\.ts$/, ".js");
	return way.startsWith(".") ? way : "./" + way;
}

const MAPPED = /^\/\/# sourceMappingURL=.*$/m;

async function writeModules(folder: string): Promise<void> {
	const natives = new Map<string, string>();
	const input = Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, inLibrary(file)]));
	const build = await rollup({ ...bundleOptions(inLibrary(ENTRIES.stator), "moddable", natives), input });
	const { output } = await build.generate({
		format: "es",
		dir: folder,
		sourcemap: true,
		manualChunks: (id) => (Object.values(input).includes(id) ? undefined : SHARED),
		entryFileNames: "[name].js",
		chunkFileNames: "[name].js",
		minifyInternalExports: false,
		hoistTransitiveImports: false,
	});
	await build.close();
	for (const file of output) {
		if (file.type !== "chunk") continue;
		const { code, map } = file;
		// xsc does not bear a map without mappings.
		const mapped = map !== null && map.sources.length > 0;
		write(
			folder + "/" + file.fileName,
			mapped ? named(file, natives) : named({ ...file, code: code.replace(MAPPED, "") }, natives),
		);
		if (mapped) write(folder + "/" + file.fileName + ".map", map.toString());
	}
}

/** A module with the names that modules have in a program that mcconfig makes: those of the entries, without an ending. */
function named({ code, fileName, imports }: OutputChunk, natives: ReadonlyMap<string, string>): string {
	let text = renamed(code, natives);
	for (const imported of imports.filter((one) => one.endsWith(".js"))) {
		const way = relative(dirname(fileName), imported);
		text = text.replaceAll(/(["'])(\.{1,2}\/[^"']+)\1/g, (all, _quote, specifier: string) =>
			normalize(specifier) === way ? JSON.stringify(imported.slice(0, -3)) : all,
		);
	}
	return text;
}

/** What a module needs of the language that mcconfig's compiler options do not name. */
const LANGUAGE = '/// <reference lib="esnext.disposable" />\n';

/** Declarations of all that the entries reach, in types/, and beside each entry one that hands on what is there. */
function writeTypes(folder: string): void {
	const seam = "hal/hal-module.d.ts";
	const { options } = ts.parseJsonConfigFileContent(
		{ ...ts.readConfigFile(path("tsconfig.json"), ts.sys.readFile).config, files: [], include: [] },
		ts.sys,
		path(),
	);
	const { emitSkipped, diagnostics } = ts
		.createProgram([...Object.values(ENTRIES), seam].map(inLibrary), {
			...options,
			noEmit: false,
			declaration: true,
			emitDeclarationOnly: true,
			rootDir: path(),
			outDir: folder + "/types",
		})
		.emit(undefined, (file, text) =>
			write(file, text.replaceAll('"#hal"', JSON.stringify(wayTo(file, folder + "/types/" + seam)))),
		);
	if (emitSkipped || diagnostics.length > 0)
		throw new Error(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")).join("\n"));
	write(folder + "/types/" + seam, readFileSync(inLibrary(seam), "utf8"));
	for (const [name, source] of Object.entries(ENTRIES)) {
		const file = folder + "/" + name + ".d.ts";
		write(file, LANGUAGE + "export * from " + JSON.stringify(wayTo(file, folder + "/types/" + source)) + ";\n");
	}
}

export async function writeLibrary(folder = LIBRARY): Promise<void> {
	rmSync(folder, { recursive: true, force: true });
	try {
		await writeModules(folder);
	} catch (error) {
		throw error instanceof UserError ? error : warningToError(error as Error);
	}
	writeTypes(folder);
}
