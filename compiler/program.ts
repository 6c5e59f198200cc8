/** The one ts.Program behind a compilation: the user's modules, the library and, for tests, files that exist only in memory. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The root of the library: where src/ and hal/ are. */
export const libraryRoot = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** A file of the library. */
export const inLibrary = (path: string): string => join(libraryRoot, path);

/** Where a program's modules come from. */
export interface ProgramOptions {
	/** Files in memory: path -> text. They stand before those on disk. */
	files?: Record<string, string>;
	/** What bare names mean: "stator", "stator/board", "#hal" -> file. */
	paths?: Record<string, string>;
	/** Paths in messages and reports are told from here; default: the working directory. */
	root?: string;
}

const parsed = new Map<string, ts.SourceFile>();

/** What the library's tsconfig.json asks of its own text, over what programs need: not for those that have no tsconfig.json. */
const HOUSE_RULES: ts.CompilerOptions = {
	erasableSyntaxOnly: false,
	exactOptionalPropertyTypes: false,
	noImplicitOverride: false,
	noUnusedLocals: false,
	noUnusedParameters: false,
	verbatimModuleSyntax: false,
};

function optionsFor(entry: string, paths: Record<string, string>): ts.CompilerOptions {
	const own = ts.findConfigFile(dirname(entry), ts.sys.fileExists);
	const config = own ?? join(libraryRoot, "tsconfig.json");
	const read = ts.readConfigFile(config, ts.sys.readFile);
	const { options } = ts.parseJsonConfigFileContent(
		{ ...read.config, files: [entry], include: [] },
		ts.sys,
		dirname(config),
	);
	const names: Record<string, string[]> = {};
	const library = (path: string): string => join(libraryRoot, path);
	const known: Record<string, string> = {
		stator: library("src/index.ts"),
		"stator/board": library("src/board.ts"),
		"stator/sim": library("hal/sim/index.ts"),
		"#hal": library("hal/hal-module.d.ts"),
		...paths,
	};
	for (const [name, file] of Object.entries(known)) names[name] = [file];
	names["stator/*"] = [library("src/*/index.ts")];
	return {
		...options,
		...(own === undefined && HOUSE_RULES),
		noEmit: true,
		strict: true,
		allowJs: false,
		skipLibCheck: true,
		allowImportingTsExtensions: true,
		types: [],
		paths: { ...options.paths, ...names },
	};
}

export function createProgram(entry: string, options: ProgramOptions): ts.Program {
	const memory = new Map<string, string>();
	for (const [file, text] of Object.entries(options.files ?? {})) memory.set(resolve(file), text);
	const compilerOptions = optionsFor(resolve(entry), options.paths ?? {});
	const host = ts.createCompilerHost(compilerOptions, true);
	const { fileExists, readFile, getSourceFile } = host;
	host.fileExists = (file) => memory.has(resolve(file)) || fileExists(file);
	host.readFile = (file) => memory.get(resolve(file)) ?? readFile(file);
	host.getSourceFile = (file, languageVersion, onError) => {
		const text = memory.get(resolve(file));
		if (text !== undefined) return ts.createSourceFile(file, text, languageVersion, true);
		// The standard library is the same for every program and takes longest to parse.
		if (!file.includes("/typescript/lib/")) return getSourceFile(file, languageVersion, onError);
		let source = parsed.get(file);
		if (source === undefined) {
			source = getSourceFile(file, languageVersion, onError);
			if (source !== undefined) parsed.set(file, source);
		}
		return source;
	};
	const exists = host.directoryExists?.bind(host);
	host.directoryExists = (directory) => {
		const inside = resolve(directory) + sep;
		for (const file of memory.keys()) if (file.startsWith(inside)) return true;
		return exists === undefined ? existsSync(directory) : exists(directory);
	};
	return ts.createProgram([resolve(entry)], compilerOptions, host);
}

/** A path as people should see it. */
export function shownPath(file: string, root: string | undefined): string {
	const path = relative(root ?? process.cwd(), file);
	return path === "" || path.startsWith("..") ? relative(libraryRoot, file) : path;
}

/** An import specifier that leads from one file to another. */
export function specifier(from: string, to: string): string {
	if (to.startsWith("#")) return to;
	const path = relative(dirname(from), to).replaceAll(sep, "/");
	return path.startsWith(".") ? path : "./" + path;
}
