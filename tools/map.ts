/**
 * `stator map`: who takes which part of the flash and of the RAM, from the linker's own map of the image. The same table
 * is shown when a program does not fit.
 */
import { existsSync, readFileSync } from "node:fs";
import type { Built } from "./build.ts";
import { blockShares } from "./creation.ts";
import { bold } from "./report.ts";

export interface Share {
	owner: string;
	flash: number;
	ram: number;
}

/** Owners by the object that a section comes from, the first that matches. */
const owners: [RegExp, string][] = [
	[/\/program\.c\.obj?$/, "program: bytecode, names"],
	[/\/lines\.c\.obj?$/, "program: line numbers"],
	[/\/rom\.c\.obj?$/, "builtins in flash"],
	[/\/settings\.c\.obj?$/, "pool behind c_malloc"],
	[/\(xs\w+\.c\.obj?\)$|\/sources\/xs\w+\.c/, "XS engine"],
	[/\((defaults)\.c\.obj?\)$/, "XS engine"],
	[/\((startup|clock|console|core|fault|memory|libc|chip|port|vectors)\.c\.obj?\)$/, "board"],
	[/libstator\.a\(/, "Stator"],
	[/lib(c|m|gcc|c_nano|m_nano)\w*\.a\(/, "C library"],
	[/app-[^/]+\.dir\/xs\//, "Stator"],
	[/app-/, "program: native functions"],
];

const ownerOf = (object: string): string => owners.find(([pattern]) => pattern.test(object))?.[1] ?? "other";

/** What one object file has of the image. */
export interface Part extends Share {
	/** The object's source: `xsArray.c`. */
	name: string;
}

/** "…/libstator.a(xsArray.c.obj)" -> "xsArray.c" */
const sourceOf = (object: string): string => /([^/()]+?)(\.obj?)?\)?$/.exec(object)?.[1] ?? object;

/** The objects of a GNU ld map. Initialised data counts in both memories. */
export function partsOf(map: string): Part[] {
	const parts = new Map<string, Part>();
	const add = (owner: string, name: string, flash: number, ram: number): void => {
		const key = owner + "\n" + name;
		const part = parts.get(key) ?? { owner, name, flash: 0, ram: 0 };
		part.flash += flash;
		part.ram += ram;
		parts.set(key, part);
	};
	const start = map.indexOf("Linker script and memory map");
	// A section's name may stand on a line of its own, before its address.
	const text = map.slice(start).replace(/^( \.?[\w.$*]+)\n\s+(0x)/gm, "$1 $2");
	for (const [, section, size, object] of text.matchAll(/^ (\S+) +0x[0-9a-f]+ +0x([0-9a-f]+) (\S.*)$/gm)) {
		const bytes = Number.parseInt(size, 16);
		if (bytes === 0) continue;
		const [owner, name] = [ownerOf(object), sourceOf(object)];
		if (/^(\.text|\.rodata|\.vectors)/.test(section)) add(owner, name, bytes, 0);
		else if (/^\.data/.test(section)) add(owner, name, bytes, bytes);
		else if (/^(\.bss|COMMON)/.test(section)) add(owner, name, 0, bytes);
	}
	const stack = /^\.stack +0x[0-9a-f]+ +0x([0-9a-f]+)/m.exec(text);
	if (stack) add("C stack", "C stack", 0, Number.parseInt(stack[1], 16));
	return [...parts.values()];
}

/** Their sums by owner, the largest first. */
export function sharesOf(map: string): Share[] {
	const shares = new Map<string, Share>();
	for (const { owner, flash, ram } of partsOf(map)) {
		const share = shares.get(owner) ?? { owner, flash: 0, ram: 0 };
		share.flash += flash;
		share.ram += ram;
		shares.set(owner, share);
	}
	return [...shares.values()].sort((a, b) => b.flash + b.ram - a.flash - a.ram);
}

const readMap = (built: Built): string => {
	const file = built.folder + "/program.map";
	return existsSync(file) ? readFileSync(file, "utf8") : "";
};

export const readParts = (built: Built): Part[] => partsOf(readMap(built));

export const readShares = (built: Built): Share[] => sharesOf(readMap(built));

/** The table, with what is left of the board's memory. */
export function formatShares(shares: Share[], flashBytes?: number, ramBytes?: number): string {
	const flash = shares.reduce((sum, share) => sum + share.flash, 0);
	const ram = shares.reduce((sum, share) => sum + share.ram, 0);
	const row = (name: string, a: number | string, b: number | string): string =>
		name.padEnd(28) + String(a).padStart(10) + String(b).padStart(10);
	const lines = [
		bold(row("bytes", "flash", "RAM")),
		...shares.map((share) => row(share.owner, share.flash, share.ram)),
	];
	lines.push(row("all", flash, ram));
	if (flashBytes !== undefined && ramBytes !== undefined)
		lines.push(row("left (RAM: for the machine)", flashBytes - flash, ramBytes - ram));
	return lines.join("\n");
}

/** The machine's block: what the linker leaves of the RAM, unless the program says how much. */
export function blockBytes(built: Built): number | undefined {
	const { ramBytes } = built.target;
	if (ramBytes === undefined) return undefined;
	const left = ramBytes - readShares(built).reduce((sum, share) => sum + share.ram, 0);
	const asked = built.app.settings.heapBytes;
	return asked === undefined || asked === 0 ? left : Math.min(left, asked);
}

/** Both: what the linker placed, and what the machine takes of the rest. */
export function formatMap(built: Built): string {
	const { flashBytes, ramBytes } = built.target;
	const lines = [formatShares(readShares(built), flashBytes, ramBytes)];
	const shares = blockShares(built.machine, built.app.settings);
	const block = blockBytes(built);
	if (shares === undefined || block === undefined) return lines[0];
	const row = (name: string, bytes: number): string => name.padEnd(38) + String(bytes).padStart(10);
	lines.push("", bold(row("the machine's block", block)));
	for (const [name, bytes] of Object.entries(shares)) lines.push(row("  " + name, bytes));
	lines.push(row("  left", block - Object.values(shares).reduce((sum, bytes) => sum + bytes, 0)));
	return lines.join("\n");
}
