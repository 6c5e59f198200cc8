/**
 * What TypeScript and C must agree on, and no compiler sees both sides of: numbers, the order of counters, the names of
 * native functions, how many bits a platform gives to slots.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as hal from "../../hal/hal.ts";
import * as sim from "../../hal/sim/index.ts";
import * as table from "../../src/executor/table.ts";
import * as status from "../../src/status.ts";
import * as recordFrame from "../../tools/record/frame.ts";
import * as frame from "../../tools/trace/frame.ts";
import { compile, execute, root } from "./support/compile.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const strip = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*/g, "");

let c: Map<string, number>;
beforeAll(async () => {
	const { stdout } = await execute(await compile({ name: "abi", units: [] }));
	c = new Map(
		stdout
			.trim()
			.split("\n")
			.map((line) => line.split(" "))
			.map(([name, value]) => [name, Number(value)]),
	);
});

/** The numbers that a module exports. */
const numbers = (module: object) =>
	Object.entries(module).filter((entry): entry is [string, number] => typeof entry[1] === "number");

describe("numbers", () => {
	test("src/status.ts: what polls return is as in stator-abi.h, errors are those of Linux", () => {
		const checked = numbers(status).map(([name, value]) => {
			expect(value, name).toBe(c.get(name.startsWith("E") ? "-" + name : "STATOR_" + name));
			return name;
		});
		expect(checked.sort()).toEqual([
			...["EAGAIN", "EBUSY", "ECANCELED", "EINVAL", "ENOBUFS", "ENOMEM", "ESRCH", "ETIME"],
			...["PENDING", "READY", "YIELD"],
		]);
	});

	test("hal/hal.ts: alarms and due bits are as in executor.h", () => {
		const shared = numbers(hal).filter(([name]) => /^(ALARM|DUE)_/.test(name));
		expect(shared.length).toBe(7);
		for (const [name, value] of shared) expect(value, name).toBe(c.get("STATOR_" + name));
		expect(c.get("STATOR_ALARMS")).toBe(2);
		const highest = Math.max(...shared.filter(([name]) => /^DUE_(?!BITS)/.test(name)).map(([, value]) => value));
		expect(highest, "due bits fit below the number of polls").toBeLessThan(1 << hal.DUE_BITS);
	});

	test("N7 tools/trace/frame.ts: kinds of records are as in trace.h", () => {
		const kinds = numbers(frame);
		expect(kinds.length).toBe(14);
		for (const [name, value] of kinds) expect(value, name).toBe(c.get("STATOR_TRACE_" + name));
	});

	test("X6 tools/record/frame.ts: kinds of entries are as in record.h", () => {
		const kinds = numbers(recordFrame);
		expect(kinds.length).toBe(c.get("STATOR_RECORD_KINDS"));
		for (const [name, value] of kinds) expect(value, name).toBe(c.get("STATOR_RECORD_" + name));
	});

	test("the outcome of a poll that threw is one number everywhere, and no poll returns it", () => {
		const [, inRound] = /THREW = (\d+)/.exec(strip(read("native/xs/glue.c"))) ?? [];
		const [, inHandle] = /FAILED = (\d+)/.exec(strip(read("src/executor/join-handle.ts"))) ?? [];
		expect([Number(inRound), Number(inHandle)]).toEqual([hal.THREW, hal.THREW]);
		expect([status.READY, status.PENDING, status.YIELD]).not.toContain(hal.THREW);
	});

	test("ids: the simulated machine's slots, mask and generations are those of C with as many bits", () => {
		expect(c.get("STATOR_SLOT_BITS")).toBe(sim.SLOT_BITS);
		expect(c.get("STATOR_SLOT_MASK")).toBe(table.SLOT_MASK);
		expect(c.get("STATOR_SLOTS_MAX")).toBe(table.SLOT_MASK + 1);
		expect(c.get("STATOR_GENERATION_MASK")).toBe(2 ** (31 - sim.SLOT_BITS) - 1);
		expect(c.get("STATOR_LEVELS")).toBe(3);
	});
});

describe("platforms", () => {
	const platforms = readdirSync(join(root, "hal"), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !["shared", "sim", "xs"].includes(entry.name))
		.map((entry) => entry.name)
		.filter((name) => readdirSync(join(root, "native")).includes(name));

	test("there are some", () => {
		expect(platforms).toEqual(expect.arrayContaining(["cortex-m", "linux"]));
	});

	test.each(platforms)("%s gives as many bits to slots in TypeScript as in C", (platform) => {
		const [, ts] = /export const SLOT_BITS = (\d+);/.exec(strip(read("hal/" + platform + "/index.ts"))) ?? [];
		const folder = "native/" + platform;
		// Moddable's builds give C files no definitions: a header has it.
		const [, c] = existsSync(join(root, folder, "platform.cmake"))
			? (/set\(STATOR_SLOT_BITS (\d+)\)/.exec(read(folder + "/platform.cmake")) ?? [])
			: (/#define STATOR_SLOT_BITS (\d+)/.exec(strip(read(folder + "/stator-slots.h"))) ?? []);
		expect(Number(ts)).toBe(Number(c));
		expect(Number(ts)).toBeGreaterThanOrEqual(5);
		expect(Number(ts)).toBeLessThanOrEqual(26);
	});

	/** The members of an interface, by name. */
	const membersOf = (file: string, name: string): string[] => {
		const [, body] = new RegExp("export interface " + name + " \\{([\\s\\S]*?)\\n\\}").exec(strip(read(file))) ?? [];
		return [...body.matchAll(/^\t(?:readonly )?(\w+)[(:]/gm)].map(([, name]) => name);
	};
	/** What every platform has. */
	const contract = () => membersOf("hal/hal.ts", "Hal");
	/** What our own platforms have besides: flash for images. */
	const ofImages = () => membersOf("hal/flash.ts", "Flash");
	/** What programs that mcconfig builds cannot use: device management. */
	const NOT_HOSTED = ["copyText", "isReady", "isText", "memory", "restart", "writeBytes"];
	/** What Linux has, and Node's simulated machine acts out or refuses; builds for boards refuse what imports it. */
	const ofHosts = () => [...membersOf("hal/io.ts", "Io"), ...membersOf("hal/threads.ts", "Threads")];
	const exportedBy = (file: string): string[] => {
		const text = strip(read(file));
		const all = [...text.matchAll(/export \* from "(.*)"/g)].flatMap(([, from]) =>
			exportedBy(join(dirname(file), from)),
		);
		const names = [...text.matchAll(/export \{([^}]*)\}/g)].flatMap(([, names]) => names.match(/\w+/g) ?? []);
		return [...all, ...names, ...[...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)];
	};

	test.each(platforms)("%s exports the whole contract of hal.ts", (platform) => {
		const exported = exportedBy("hal/" + platform + "/index.ts");
		const missing = [...contract(), ...ofImages()].filter((name) => !exported.includes(name));
		expect(missing.sort()).toEqual(platform === "moddable" ? [...NOT_HOSTED, ...ofImages()].sort() : []);
	});

	test("Linux exports files, sockets and threads besides", () => {
		expect(ofHosts().length).toBeGreaterThan(60);
		expect(exportedBy("hal/linux/index.ts")).toEqual(expect.arrayContaining(ofHosts()));
	});

	test("every operation of files and sockets is refused by name where there are none", () => {
		expect(exportedBy("hal/shared/io-none.ts").sort()).toEqual(membersOf("hal/io.ts", "Io").sort());
	});

	test("the simulated machine and #hal's types export the whole contract of hal.ts", () => {
		const members = [...contract(), ...ofImages(), ...ofHosts()];
		expect(members.length).toBeGreaterThan(15);
		expect(Object.keys(sim)).toEqual(expect.arrayContaining(members));
		const declared = [...strip(read("hal/hal-module.d.ts")).matchAll(/declare const (\w+)/g)].map(([, name]) => name);
		expect(declared.sort()).toEqual(members.sort());
	});
});

describe("native functions", () => {
	const sources = readdirSync(join(root, "native", "xs")).filter((name) => name.endsWith(".c"));
	const defined = new Set(
		sources.flatMap((name) =>
			[...strip(read("native/xs/" + name)).matchAll(/^void (xs_stator_\w+)\(txMachine \*the\)/gm)].map(([, f]) => f),
		),
	);
	const modules = readdirSync(join(root, "native", "xs")).filter((name) => /^\w+\.js$/.test(name));

	test.each(modules)("%s: each is defined in C and declared for TypeScript, and the other way round", (module) => {
		const bound = [...strip(read("native/xs/" + module)).matchAll(/export function (\w+)\([^)]*\) @ "(\w+)"/g)];
		expect(bound.length).toBeGreaterThan(0);
		for (const [, name, symbol] of bound) expect(defined, name).toContain(symbol);
		const types = strip(read("native/xs/" + module.replace(/js$/, "d.ts")));
		const declared = [...types.matchAll(/export declare function (\w+)/g)].map(([, name]) => name);
		expect(bound.map(([, name]) => name).sort()).toEqual(declared.sort());
	});

	test("none is defined in C and bound nowhere", () => {
		const symbols = modules.flatMap((name) => read("native/xs/" + name).match(/xs_stator_\w+/g) ?? []);
		expect([...defined].sort()).toEqual(symbols.sort());
	});

	test("stat: the counters stand in the order of hal.ts", () => {
		const [, body] =
			/xs_stator_stat\(txMachine \*the\)[\s\S]*?values\[\] = \{([\s\S]*?)\n\t\};/.exec(
				strip(read("native/xs/glue.c")),
			) ?? [];
		const entries = body
			.trim()
			.split(/,\n/)
			.map((entry) => entry.replace(/,$/, "").trim());
		const meant: Record<string, RegExp> = {
			STAT_POLLS: /executor->polls/,
			STAT_WAKES: /ready\.wakes/,
			STAT_SLEEPS: /executor->sleeps/,
			STAT_GROWTH_SLOTS: /currentHeapCount - executor->start_slots/,
			STAT_GROWTH_BYTES: /currentChunksSize - executor->start_bytes/,
			STAT_COLLECTIONS: /executor->collections - executor->start_collections/,
			STAT_MALLOC_CALLS: /pool\.calls/,
			STAT_RAM_BYTES: /ram_bytes/,
			STAT_FLASH_BYTES: /flash_bytes/,
			STAT_CYCLES_HZ: /cycles_hz/,
		};
		const stats = numbers(hal).filter(([name]) => name.startsWith("STAT_"));
		expect(stats.map(([name]) => name).sort()).toEqual(Object.keys(meant).sort());
		expect(entries).toHaveLength(stats.length);
		for (const [name, index] of stats) expect(entries[index], name).toMatch(meant[name]);
		for (const [name, index] of stats) expect(sim.stat(index), name).toBeGreaterThanOrEqual(0);
		expect([sim.stat(-1), sim.stat(stats.length)]).toEqual([status.EINVAL, status.EINVAL]);
	});
});
