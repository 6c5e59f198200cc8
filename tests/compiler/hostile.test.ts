/** Programs as users may write them (hostile-cases.ts): refused at their place, or accepted. X2. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProofError, prove } from "../../compiler/proof.ts";
import { bundle } from "../../tools/bundle.ts";
import { hostile, modules } from "./hostile-cases.ts";

let folder: string;
let errors: ProofError[];
beforeAll(async () => {
	folder = mkdtempSync(tmpdir() + "/stator-hostile-");
	for (const [name, text] of Object.entries(modules(hostile))) writeFileSync(folder + "/" + name, text);
	const { code, map } = await bundle(folder + "/main.ts", "linux");
	errors = prove(code, map, {}).errors;
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const of = (name: string): ProofError[] => errors.filter(({ file }) => file.endsWith("/" + name + ".ts"));

test.each(hostile.filter(({ refused }) => refused !== undefined))("X2 refused: $name", ({ name, refused }) => {
	const [first] = of(name);
	expect(first, "accepted").toBeDefined();
	expect([first.line, first.column, first.what]).toEqual(refused);
	expect(first.why).not.toBe("");
	expect(first.fix).not.toBe("");
});

test.each(hostile.filter(({ refused }) => refused === undefined))("X2 accepted: $name", ({ name }) => {
	expect(of(name).map(({ line, column, what }) => line + ":" + column + " " + what)).toEqual([]);
});
