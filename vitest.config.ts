/**
 * The test projects, one per directory under tests/. `npm test -- --only <project>` runs one of them.
 *
 * Projects that build firmware run file by file, one after another and after all the others: each build takes both
 * cores of a small machine, and QEMU's timing suffers beside it. (Vitest puts all files of projects without file
 * parallelism into one last group with a single worker, whichever project they are from.)
 */
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

function project(name: string, options: TestProjectInlineConfiguration["test"] = {}): TestProjectInlineConfiguration {
	return { extends: true, test: { name, include: [`tests/${name}/**/*.test.ts`], environment: "node", ...options } };
}

// Random programs and the TypeScript compiler take seconds, several times as many on a busy machine: what takes longer hangs.
const host = { testTimeout: 60_000, hookTimeout: 120_000 };
const firmware = { fileParallelism: false, testTimeout: 300_000, hookTimeout: 900_000 };

export default defineConfig({
	resolve: {
		// Order matters: the names that are no directory of src/ stand before the pattern.
		alias: [
			{ find: /^#hal$/, replacement: path("hal/sim/index.ts") },
			{ find: /^stator$/, replacement: path("src/index.ts") },
			{ find: /^stator\/board$/, replacement: path("src/board.ts") },
			{ find: /^stator\/sim$/, replacement: path("hal/sim/index.ts") },
			{ find: /^stator\/compiler$/, replacement: path("compiler/index.ts") },
			{ find: /^stator\/(.+)$/, replacement: path("src/") + "$1/index.ts" },
		],
	},
	test: {
		passWithNoTests: true,
		projects: [
			project("unit", host),
			project("compiler", host),
			project("suite", host),
			project("types", {
				typecheck: {
					enabled: true,
					include: ["tests/types/**/*.test-d.ts"],
					tsconfig: path("tsconfig.json"),
					// Errors in other files are the typecheck step's.
					ignoreSourceErrors: true,
				},
			}),
			project("native", firmware),
			project("linux", firmware),
			project("qemu", firmware),
			project("renode", firmware),
			project("moddable", firmware),
		],
	},
});
