/** `stator map`: the picture holds what the table holds, and the reasons add up to the numbers. N5 */
import { beforeAll, expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { blockShares } from "../../tools/creation.ts";
import { reasonsOf } from "../../tools/creation-why.ts";
import { readShares } from "../../tools/map.ts";
import { path } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { findTarget } from "../../tools/targets.ts";
import { treemapOf } from "../../tools/treemap.ts";

setQuiet(true);
let built: Built;
beforeAll(async () => {
	built = await build(findApp(path("examples/blinky")), findTarget("netduinoplus2"));
});

test("N5 the areas of the picture sum up to the table, for flash and for RAM with the machine's shares", () => {
	const svg = treemapOf(built);
	const [flash, ram] = svg.split(">RAM: ");
	// Owners: boxes whose title names no owner before a colon and one space, in the order of their files.
	const owners = (text: string): Map<string, number> =>
		new Map(
			[...text.matchAll(/<title>([^<]*), ([\d,]+) B<\/title>/g)].map(([, name, bytes]) => [
				name,
				Number(bytes.replaceAll(",", "")),
			]),
		);
	const inFlash = owners(flash);
	const inRam = owners(ram);
	const shares = readShares(built);
	for (const { owner, flash: bytes } of shares) if (bytes > 0) expect(inFlash.get(owner), owner).toBe(bytes);
	// What is a thousandth of the whole may be too small for a box.
	const total = shares.reduce((sum, share) => sum + share.ram, 0);
	for (const { owner, ram: bytes } of shares) if (bytes > total / 100) expect(inRam.get(owner), owner).toBe(bytes);
	const machine = Object.entries(blockShares(built.machine, built.app.settings) ?? {});
	expect(machine).toHaveLength(4);
	for (const [name, bytes] of machine) expect(inRam.get("machine: " + name)).toBe(bytes);
	expect(inFlash.get("XS engine: xsRun.c")).toBeGreaterThan(10_000);
	// The areas are in proportion.
	const area = (title: string): number => {
		const box = new RegExp('width="([\\d.]+)" height="([\\d.]+)"[^>]*><title>' + title + ",").exec(flash);
		return Number(box?.[1]) * Number(box?.[2]);
	};
	const ratio = area("XS engine") / area("builtins in flash");
	const wanted = (inFlash.get("XS engine") ?? 0) / (inFlash.get("builtins in flash") ?? 1);
	expect(ratio / wanted).toBeGreaterThan(0.9);
	expect(ratio / wanted).toBeLessThan(1.2);
});

test("N5 each size of creation says what it is made of, with the numbers of this build", () => {
	const { measured, computed } = built.machine;
	const reasons = new Map(reasonsOf(built.machine, built.app.settings).map((reason) => [reason.setting, reason]));
	const numbers = measured?.numbers ?? {};
	expect([...reasons.keys()]).toEqual([
		"initialSlots",
		"initialChunkBytes",
		"stackSlots",
		"spareKeys",
		"poolBytes",
		"cStackBytes",
	]);
	for (const [setting, { value, from, change }] of reasons) {
		expect(value, setting).toBe(computed[setting]);
		expect(from).toBe("computed");
		expect(change).not.toBe("");
	}
	expect(reasons.get("initialSlots")?.why).toMatch(
		new RegExp("^" + numbers.slots + " in use when start-up has ended \\+ 16 to spare"),
	);
	expect(reasons.get("initialSlots")?.why).toMatch(/tasks have \d+ bytes, most of them root$/);
	expect(reasons.get("stackSlots")?.why).toMatch(
		new RegExp("^" + computed.stackSlots + ": what the program's calls can need at most, counted"),
	);
	const [, started, more, reserve] =
		/^(\d+) at most during start-up \+ (\d+) for deeper calls \+ (\d+) for/.exec(
			reasons.get("cStackBytes")?.why ?? "",
		) ?? [];
	expect(Number(started)).toBe(numbers.c_stack);
	expect(Math.ceil((Number(started) + Number(more) + Number(reserve)) / 64) * 64).toBe(computed.cStackBytes);
	// What the manifest sets is said to be given, with what it would need.
	const given = reasonsOf(built.machine, { ...built.app.settings, initialSlots: 999 })[0];
	expect([given.value, given.from]).toEqual([999, "given"]);
	expect(given.why).toMatch(new RegExp("^as the manifest says; it needs " + computed.initialSlots + ": "));
});
