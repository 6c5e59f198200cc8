/** Types of the pure parts of test.mjs, for its tests. */
export interface Results {
	passed: number;
	failed: number;
	skipped: number;
	failures: { name: string; message: string }[];
	skips: { name: string; reason: string | null }[];
}
export interface Options {
	help?: boolean;
	error?: string;
	only?: string[];
	rest?: string[];
}
export function parseArguments(argv: string[]): Options;
export function judgeVitest(results: Results | undefined, exitCode: number): Results;
export function summaryLines(results: Results): string[];
export function exitCodeOf(results: Results): number;
