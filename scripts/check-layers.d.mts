/** Types of check-layers.mjs, for its tests. */
export interface Violation {
	file: string;
	line: number;
	layer: string;
	target: string;
	rule: string;
}
export interface Import {
	specifier: string;
	line: number;
	typeOnly: boolean;
}
export type Target = { kind: "file"; path: string } | { kind: "hal" | "builtin" | "package" | "outside" };
export function layerOf(path: string): string;
export function resolveSpecifier(importer: string, specifier: string): Target;
export function importsOf(path: string, text: string): Import[];
export function includesOf(text: string): { header: string; line: number }[];
export function checkLayers(files: ReadonlyMap<string, string>): { files: number; violations: Violation[] };
export function formatViolation(violation: Violation): string;
export function readTree(root: string): Map<string, string>;
