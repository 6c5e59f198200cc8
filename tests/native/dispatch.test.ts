/** Work that crosses threads (native/linux/dispatch.c): executors on threads take, end, cancel and quit at random; each piece comes back exactly once. A5 M3 M13 */
import { expect, test } from "vitest";
import { compile, execute, executeThreaded, seedOf } from "./support/compile.ts";

const UNITS = ["../linux/dispatch", "../linux/dispatch-made", "../linux/dispatch-queue", "../linux/hold"];
const PROGRAM = { name: "dispatch-threads", units: UNITS };
const ROUNDS = 200;
const SAID = "sent 8000, back 8000, cancelled some, full some, executors 0, more than sent yes\n";

test("A5 M3 M13 each piece of work comes back exactly once, under ThreadSanitizer", async (ctx) => {
	const executable = await compile({ ...PROGRAM, sanitize: "thread" });
	const ended = await executeThreaded(executable, [String(ROUNDS), String(seedOf("dispatch"))]);
	if ("skip" in ended) return ctx.skip(ended.skip);
	expect(ended.stderr).toBe("");
	expect(ended.stdout).toBe(SAID);
	expect(ended.code).toBe(0);
}, 120_000);

test("A5 M3 M13 the same under AddressSanitizer", async () => {
	const ended = await execute(await compile(PROGRAM), "", [String(ROUNDS), String(seedOf("dispatch"))]);
	expect(ended.stderr).toBe("");
	expect(ended.stdout).toBe(SAID);
	expect(ended.code).toBe(0);
}, 120_000);

test("M13 work that cannot begin where it was taken: who waits is woken for it; after a quit it is cancelled", async () => {
	const ended = await execute(await compile({ name: "dispatch-refuse", units: UNITS }));
	expect(ended.stderr).toBe("");
	const steps = ended.stdout.trim().split("\n");
	// The rest are submissions and looks that lead there.
	expect(steps.filter((step) => /refuse|quit|begins|back/.test(step))).toEqual([
		"refuse: wakes 2",
		"next 2: begins it wakes 0",
		"quit: wakes 2",
		"refuse: wakes 0",
		"next 0: has it back: -125",
	]);
	expect(ended.code).toBe(0);
});
