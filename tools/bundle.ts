/**
 * Bundling: the application and the parts of the library that it uses become one ES module for XS. Native binding
 * modules (native/**.js, with `@ "xs_name"` in them) stay modules of their own: no JavaScript parser reads them.
 */
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve as resolvePath } from "node:path";
import { type Plugin, type RollupOptions, rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import type ts from "typescript";
import { type BuildReport, CompileError, compileProgram } from "../compiler/index.ts";
import { inlineConstantsPlugin } from "../compiler/inline-constants.ts";
import { asyncNamesPlugin } from "./async-names.ts";
import { actorVectorsPlugin, threadsPlugin } from "./bundle-machines.ts";
import { THREAD_IO, type ThreadIo, type Threads } from "./levels.ts";
import { lowerUsingPlugin } from "./lower-using.ts";
import { absent } from "./moddable/absent.ts";
import { isLibraryFile, path, root, shown } from "./paths.ts";
import { UserError } from "./report.ts";
import { sayTypeWarnings } from "./type-warnings.ts";

export interface Bundle {
	/** The bundle's text and its source map (JSON). */
	code: string;
	map: string;
	/** Native binding modules: name in the program -> file. */
	natives: Map<string, string>;
	/** What the compiler made of each task. */
	report: BuildReport;
	/** The program as TypeScript sees it, and the files of it that are in the bundle. */
	program: ts.Program;
	files: string[];
	/** How many vectors `run([[vector, actor], …])` of stator/actor names; 0: the program has none. */
	actorVectors: number;
	/** How many threads `run` and dispatchers of stator/threads begin, and how they do I/O; undefined: the program has nothing of it. */
	threads: Threads | undefined;
}

/** A native binding module binds functions with `@ "xs_name"`. */
function isNative(file: string): boolean {
	return (
		file.endsWith(".js") && existsSync(file) && /^export (default )?function.*\) @ "/m.test(readFileSync(file, "utf8"))
	);
}

/** The name under which a native binding module goes into the program. */
function nativeName(file: string): string {
	return "native:" + relative(root, file).replace(/(\.native)?\.js$/, "");
}

/** Resolves `stator`, `stator/…`, `stator/board` and `#hal` to the library's source for a platform. */
export function statorResolver(platform: string, natives: Map<string, string>, traced: boolean): Plugin {
	return {
		name: "stator-resolve",
		async resolveId(source, importer) {
			if (source === "#hal") return path("hal", platform, "index.ts");
			const why = /^moddable\b/.test(platform) ? absent(source) : undefined;
			if (why !== undefined) this.error(why);
			if (source === "stator") return path("src/index.ts");
			if (source === "stator/board") return path("src/board.ts");
			if (source === "stator/threads" && platform === "cortex-m")
				this.error(
					"stator/threads: a board has one core and no threads; what is to preempt goes into a level (stator/levels), what is shared through stator/actor",
				);
			if (source.startsWith("stator/")) {
				const file = path("src", source.slice(7), "index.ts");
				if (!existsSync(file)) this.error('there is no module "' + source + '" in stator');
				if ((source === "stator/io" || source === "stator/smp/linux") && platform !== "linux")
					this.error(
						source +
							": files and sockets are there on Linux only, and this is built for " +
							platform +
							"; a board's own devices are in stator/board",
					);
				return file;
			}
			if (/^\.{0,2}\//.test(source) && importer !== undefined) {
				const file = resolvePath(importer, "..", source);
				if (!traced && file === path("native/xs/trace.js")) return path("hal/shared/trace-off.ts");
				if (isNative(file)) {
					const name = nativeName(file);
					natives.set(name, file);
					return { id: name, external: true };
				}
			}
			return null;
		},
	};
}

export interface BundleChoices {
	/** With the trace's functions in the program; default: without. */
	traced?: boolean;
}

export function bundleOptions(
	main: string,
	platform: string,
	natives = new Map<string, string>(),
	onReport?: (report: BuildReport) => void,
	onActors: (vectors: number) => void = () => {},
	onProgram?: (program: ts.Program) => void,
	choices: BundleChoices = {},
	onThreads: (threads: number, io?: ThreadIo) => void = () => {},
): RollupOptions {
	return {
		input: main,
		plugins: [
			statorResolver(platform, natives, choices.traced === true),
			actorVectorsPlugin(onActors),
			threadsPlugin(onThreads),
			compileProgram(main, { ...(onReport && { onReport }), ...(onProgram && { onProgram }) }),
			lowerUsingPlugin(),
			esbuild({ target: "es2022", tsconfig: false, sourceMap: true, include: /\.[jt]s$/ }),
			asyncNamesPlugin(),
			inlineConstantsPlugin(),
		],
		treeshake: {
			// The library's modules do nothing when imported but declare: unused ones go, timers among them.
			moduleSideEffects: (id) => !isLibraryFile(id) && !id.startsWith("native:"),
			propertyReadSideEffects: false,
		},
		onwarn(warning) {
			throw warningToError(warning);
		},
	};
}

export interface RollupIssue {
	message: string;
	code?: string | undefined;
	id?: string | undefined;
	loc?: { file?: string | undefined; line: number; column: number } | undefined;
	frame?: string | undefined;
}

function place(issue: RollupIssue): string {
	const file = issue.loc?.file ?? issue.id;
	if (file === undefined) return "";
	return shown(file) + (issue.loc ? ":" + issue.loc.line + ":" + (issue.loc.column + 1) : "") + ": ";
}

export function warningToError(issue: RollupIssue): UserError {
	const message = issue.message.replace(/ - https?:\/\/\S+|\s*https?:\/\/\S+/g, "");
	const hints: Record<string, string> = {
		UNRESOLVED_IMPORT:
			"a relative import needs ./ and its file; the library is imported as stator, stator/…; npm packages do not reach a device",
		MISSING_EXPORT: "look for the name in the module that is imported from",
	};
	return new UserError(
		place(issue) + message + (issue.frame ? "\n" + issue.frame : ""),
		issue.code === undefined ? undefined : hints[issue.code],
	);
}

export async function bundle(main: string, platform: string, choices: BundleChoices = {}): Promise<Bundle> {
	const natives = new Map<string, string>();
	let report: BuildReport = { tasks: [], machines: [], slots: 0, queues: [] };
	let actorVectors = 0;
	let threads: Threads | undefined;
	let program: ts.Program | undefined;
	try {
		const build = await rollup(
			bundleOptions(
				main,
				platform,
				natives,
				(made) => {
					report = made;
				},
				(vectors) => {
					actorVectors += vectors;
				},
				(typed) => {
					program = typed;
				},
				choices,
				(more, io) => {
					threads = {
						count: (threads?.count ?? 0) + more,
						io: io ?? threads?.io ?? THREAD_IO[0],
					};
				},
			),
		);
		const { output } = await build.generate({
			format: "es",
			sourcemap: true,
			inlineDynamicImports: true,
			sourcemapPathTransform: (source, mapFile) => resolvePath(mapFile, "..", source),
		});
		await build.close();
		const chunk = output[0];
		for (const name of natives.keys()) if (!chunk.imports.includes(name)) natives.delete(name);
		if (program === undefined) throw new Error("the compiler did not run");
		const files = chunk.moduleIds.filter((id) => !id.startsWith("\0"));
		return {
			code: chunk.code,
			map: chunk.map?.toString() ?? "",
			natives,
			report,
			actorVectors,
			threads,
			program,
			files,
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		if (error instanceof CompileError) sayTypeWarnings(error.program);
		throw warningToError(error as RollupIssue);
	}
}
