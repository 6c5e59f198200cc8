/**
 * `using` outside of compiled tasks, taken apart by the TypeScript compiler.
 *
 * esbuild (0.28) keeps the pending error of a block in a `var`: in a loop the error of an earlier turn is still there, and a later turn that
 * ends well throws it again. TypeScript's form is a constant of the block.
 */
import type { Plugin } from "rollup";
import ts from "typescript";

const USING = /\busing\s+[\p{ID_Start}$_]/u;

/** JavaScript of the same meaning without `using`, and its source map; undefined when there is none to take apart. */
export function lowerUsing(code: string, file: string): { code: string; map: string } | undefined {
	if (!USING.test(code)) return undefined;
	const { outputText, sourceMapText } = ts.transpileModule(code, {
		fileName: file,
		compilerOptions: {
			target: ts.ScriptTarget.ES2022,
			module: ts.ModuleKind.ESNext,
			sourceMap: true,
			verbatimModuleSyntax: true,
		},
	});
	return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"), map: sourceMapText as string };
}

/** To stand before esbuild's. */
export function lowerUsingPlugin(): Plugin {
	return {
		name: "stator-lower-using",
		transform(code, id) {
			return /\.[jt]s$/.test(id) ? (lowerUsing(code, id) ?? null) : null;
		},
	};
}
