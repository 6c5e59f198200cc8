/**
 * All examples as one program: typed and compiled once, for every test of them. What a device runs is bundled and proven from
 * the same compilation.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { rollup } from "rollup";
import ts from "typescript";
import { type Compiled, compile } from "../../compiler/index.ts";
import { declaredNatives, formatProof, prove } from "../../compiler/proof.ts";
import { bundleOptions } from "../../tools/bundle.ts";
import { path, shown } from "../../tools/paths.ts";
import type { Example } from "./pages.ts";

/** The files that package.json exports. */
const entries = Object.values<string>(JSON.parse(readFileSync(path("package.json"), "utf8")).exports).map((file) =>
	resolve(path(file)),
);

/** The files of examples: path -> TypeScript. */
export function sourcesOf(examples: readonly Example[]): Map<string, string> {
	const sources = new Map<string, string>();
	for (const { directory, text, files } of examples) {
		sources.set(resolve(directory, "main.ts"), text);
		for (const [name, content] of Object.entries(files))
			if (name.endsWith(".ts")) sources.set(resolve(directory, name), content);
	}
	return sources;
}

/** The module that imports them all, in their order. */
const all = (files: Iterable<string>): string => [...files].map((file) => 'import "' + file + '";\n').join("");

/** Examples that Node alone runs may use its console. */
const CONSOLE = "declare global { var console: { log(text: unknown): void }; }\n";

/** Types and compiles all, and the library's entries with them; throws CompileError with everything that the compiler refuses. */
export function compileAll(examples: readonly Example[]): Compiled {
	const entry = path("docs/all-examples.ts");
	const sources = sourcesOf(examples);
	const text =
		all(sources.keys()) + entries.map((file) => "import type {} from " + JSON.stringify(file) + ";\n").join("");
	return compile(entry, { files: { ...Object.fromEntries(sources), [entry]: text + CONSOLE } });
}

/** What TypeScript has against the examples: "place: message", the place that of the page. */
export function typeErrors(examples: readonly Example[], { program }: Compiled): string[] {
	return examples.flatMap(({ place, directory, files }) =>
		["main.ts", ...Object.keys(files)].flatMap((name) => {
			const source = program.getSourceFile(resolve(directory, name));
			if (source === undefined) return [];
			return program.getSemanticDiagnostics(source).map(({ start, messageText }) => {
				const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
				return place + ", " + name + " line " + (line + 1) + ": " + ts.flattenDiagnosticMessageText(messageText, " ");
			});
		}),
	);
}

/** The text of each module after compilation, where the compiler had something to do. */
export function compiledSources(examples: readonly Example[], { modules }: Compiled): Map<string, string> {
	const sources = sourcesOf(examples);
	for (const [file, { code }] of modules) sources.set(file, code);
	return sources;
}

/**
 * So many programs are proven as one. One by one would take minutes; of very large programs the proof knows less, and refuses what
 * it cannot tell: who is refused there is looked at alone.
 */
const TOGETHER = 12;

/** What in these examples would allocate after start-up, as the build says it; "" when nothing would. */
export async function refusedByProof(examples: readonly Example[], compiled: Compiled): Promise<string> {
	let refused = "";
	for (let i = 0; i < examples.length; i += TOGETHER) {
		const some = examples.slice(i, i + TOGETHER);
		const together = await refusedTogether(some, compiled);
		// What counts is each as a program of its own.
		for (const example of some)
			if (together.includes(shown(example.directory) + "/")) refused += await refusedTogether([example], compiled);
	}
	return refused;
}

async function refusedTogether(examples: readonly Example[], compiled: Compiled): Promise<string> {
	const sources = sourcesOf(examples);
	const entry = path("docs/all-examples.ts");
	const natives = new Map<string, string>();
	const options = bundleOptions(entry, "linux", natives);
	const plugins = (options.plugins as { name: string }[]).map((plugin) =>
		plugin.name !== "stator-compile"
			? plugin
			: {
					name: "compiled-examples",
					resolveId: (id: string, importer?: string) => {
						const file = importer === undefined ? id : resolve(importer, "..", id);
						return file === entry || sources.has(file) ? file : null;
					},
					load: (id: string) => (id === entry ? all(sources.keys()) : (sources.get(id) ?? null)),
					transform: (_code: string, id: string) => compiled.modules.get(resolve(id)) ?? null,
				},
	);
	const build = await rollup({ ...options, plugins });
	const { output } = await build.generate({ format: "es", sourcemap: true, inlineDynamicImports: true });
	await build.close();
	const declared = [...natives.values()].map((file) => declaredNatives(readFileSync(file, "utf8")));
	const result = prove(output[0].code, output[0].map?.toString(), { natives: Object.assign({}, ...declared) });
	return formatProof({ ...result, allowed: [] });
}
