/** Types of bootstrap.mjs, for its tests and for tools. */
export interface Requirement {
	package: string;
	tool: string;
	probe: { any: string[] } | { run: string[]; expect?: RegExp };
}
export type Rights = "root" | "sudo" | "none";
export type Plan = { action: "nothing" } | { action: "refuse"; why: string } | { action: "install"; sudo: boolean };
export interface Lock {
	packages?: Record<string, { version?: string; integrity?: string; optional?: boolean; devOptional?: boolean }>;
}
export const nodeMinimum: number[];
export const requirements: Requirement[];
export function onPath(executable: string): boolean;
export function probe(probe: Requirement["probe"]): boolean;
export function missingPackages(packages: string[], dpkgOutput: string): string[];
export function installCommand(packages: string[], options: { sudo: boolean }): string;
export function planInstall(state: { missing: string[]; hasApt: boolean; rights: Rights }): Plan;
export function refusalMessage(state: {
	missing: string[];
	why: string;
	purpose: string;
	hasApt: boolean;
	rights: Rights;
}): string;
export function nodeComplaint(version: string): string | undefined;
export function lockMatches(wanted: Lock | undefined, installed: Lock | undefined): boolean;
export function stampFor(lockText: string, platform?: string, arch?: string): string;
export function bootstrap(options: { purpose: string }): Promise<void>;
