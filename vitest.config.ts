/**
 * The test projects, one per directory under tests/. `npm test -- --only <project>` runs one of them.
 *
 * They run in three groups, one after another. What is measured in virtual time or in instructions does not see what runs beside it:
 * those files share the processors, as many at a time as there are. Programs on Linux live in real time: so do theirs, but when
 * nothing else runs any more.
 *
 * Files that build programs share the processes that run them (`isolate: false`), and with them the modules that they import: the
 * compiler is loaded, and warm, once for each process and not for each file. STATOR_SIDE keeps the programs of one process from those
 * of another (tests/side.ts).
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

function project(name: string, options: TestProjectInlineConfiguration["test"] = {}): TestProjectInlineConfiguration {
	return { extends: true, test: { name, include: [`tests/${name}/**/*.test.ts`], environment: "node", ...options } };
}

// Random programs and the TypeScript compiler take seconds, several times as many on a busy machine: what takes longer hangs.
const host = { testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: availableParallelism() };
const firmware = { isolate: false, testTimeout: 300_000, hookTimeout: 900_000 };
const beside = { ...firmware, maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } };
const realTime = { ...beside, sequence: { groupOrder: 2 } };
const side = { setupFiles: [path("tests/side.ts")] };

/** Vitest begins with the largest files. The portable suite's are two lines each and run longest: what is begun last is waited for alone. */
class SuitesFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ moduleId }: TestSpecification): number => (/\/(suite|cancellation)[^/]*$/.test(moduleId) ? 0 : 1);
		const group = ({ project }: TestSpecification): string => project.config.sequence.groupOrder + project.name;
		const sorted = await super.sort(files);
		const groups = [...new Set(sorted.map(group))];
		return sorted.sort((a, b) => groups.indexOf(group(a)) - groups.indexOf(group(b)) || rank(a) - rank(b));
	}
}

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
		sequence: { sequencer: SuitesFirst },
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
			project("native", beside),
			project("linux", { ...realTime, ...side }),
			project("qemu", { ...beside, ...side }),
			project("renode", beside),
			project("moddable", beside),
		],
	},
});
