/** Types of vitest-reporter.mjs, for its tests. The tree is what vitest hands to a reporter, as far as it is read. */
import type { Results } from "./test.mjs";

export interface TestNode {
	type: "test";
	name: string;
	fullName: string;
	parent?: SuiteNode | ModuleNode;
	result(): { state: string; note?: string | undefined; errors?: readonly { message: string }[] };
}
export interface SuiteNode {
	type: "suite";
	name: string;
	fullName: string;
	parent?: SuiteNode | ModuleNode;
	children: Iterable<SuiteNode | TestNode>;
	errors(): readonly { message: string }[];
}
export interface ModuleNode {
	type: "module";
	moduleId: string;
	children: Iterable<SuiteNode | TestNode>;
	errors(): readonly { message: string }[];
	project?: { config?: { testNamePattern?: RegExp | undefined } };
}
export function summarise(
	testModules: readonly ModuleNode[],
	unhandledErrors: readonly { message: string }[],
	endReason: string,
	directory: string,
): Results;
