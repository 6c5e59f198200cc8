/**
 * Stripping: what a program can reach is there and works as without stripping; what it cannot is not in the image, and the
 * report says why a builtin is.
 */
import { describe, expect, test } from "vitest";
import { runCommand } from "../../tools/run-command.ts";
import { buildProgram, runProgram } from "../programs/support.ts";

/** What the program itself has printed. */
const own = (output: string): string => output.replace(/^stator: .*\n/gm, "");

const programs = ["text", "numbers", "collections", "objects", "promises", "computed"];

describe("X7 a program that uses a builtin has it", () => {
	for (const name of programs)
		for (const target of ["linux", "mps2-an385"])
			test(name + ": " + target, async () => {
				const stripped = await runProgram("tests/programs/strip/" + name + ".ts", target, { timeoutSeconds: 120 });
				const whole = await runProgram("tests/programs/strip/" + name + ".ts", target, {
					timeoutSeconds: 120,
					settings: { strip: false },
				});
				expect(stripped.output).not.toContain("left out");
				expect(own(stripped.output)).toBe(own(whole.output));
				expect(own(stripped.output).split("\n").length).toBeGreaterThan(3);
				expect(stripped.status).toBe(0);
				expect(whole.status).toBe(0);
			}, 300_000);
});

test("X7 what blinky cannot reach is not in its image", async () => {
	const { stripped, image } = await buildProgram("examples/blinky", "netduinoplus2");
	for (const name of [
		"Proxy",
		"RegExp",
		"Date",
		"JSON",
		"Promise",
		"Map",
		"Array.prototype.map",
		"String.prototype.normalize",
	])
		expect(stripped?.leftOut).toContain(name);
	expect(stripped?.kept["Array.prototype.push"]?.at(-1)).toMatch(/^src\/executor\/[\w-]+\.ts:\d+$/);
	expect(stripped?.anyName).toEqual([]);
	const { output } = await runCommand("arm-none-eabi-nm", [image]);
	for (const symbol of [
		"fx_RegExp",
		"fxMatchRegExp",
		"fx_Date_parse",
		"fxParseJSON",
		"fxNewProxyInstance",
		"fxBigInt_mul",
		"fxProxyGetProperty",
	])
		expect(output).not.toMatch(new RegExp("^(?!0*" + leftOutAddress(output) + ")\\S+ [tT] " + symbol + "$", "m"));
}, 300_000);

/** All that was left out is one function. */
function leftOutAddress(symbols: string): string {
	return (/^0*(\S+) [tT] stator_left_out$/m.exec(symbols) ?? ["", "none"])[1];
}

test("X7 names made at run time keep what is reached, and the report says where they are made", async () => {
	const { stripped } = await buildProgram("tests/programs/strip/computed.ts", "linux");
	expect(stripped?.anyName.join("\n")).toMatch(/tests\/programs\/strip\/computed\.ts:6: .*\[method\]/);
	expect(Object.keys(stripped?.kept ?? {})).toContain("String.prototype.normalize");
	expect(stripped?.leftOut).toContain("Proxy");
}, 300_000);

test("X7 --no-strip and the setting strip: false keep everything", async () => {
	const { stripped } = await buildProgram("examples/blinky", "linux", { strip: false });
	expect(stripped).toBeUndefined();
}, 300_000);
