/**
 * The C units under valgrind's memcheck, which sees what the sanitizers do not: reads of what nobody has written. Short
 * runs; `STATOR_VALGRIND=1 npx vitest run --project native` runs everything so. Here are no programs that only replay what a test on Node
 * has written: that option has them.
 *
 * The ring runs under it: valgrind 3.19 knows io_uring's three system calls. What the kernel writes into the ring and into buffers it takes for
 * written, since both are mappings.
 */
import { expect, test } from "vitest";
import { compile, execute, MEMCHECK, type Program, seedOf, withoutValgrind } from "./support/compile.ts";

const ring = ["uring", "uring-operation", "uring-complete", "uring-buffers", "uring-shared"].map(
	(name) => "native/linux/" + name + ".c",
);
const uring: Program = {
	name: "uring",
	units: ["ready", "ready-fair"],
	sources: ring,
	libraries: ["-l:liburing.a"],
	defines: { FORM: 0 }, // a ring of its own
};
const dispatchUnits = ["../linux/dispatch", "../linux/dispatch-made", "../linux/dispatch-queue", "../linux/hold"];
const dispatch: Program = { name: "dispatch-threads", units: dispatchUnits };

/** Program, arguments, what it says when all is well. */
const programs: [string, Program, string[], RegExp][] = [
	["the executor", { name: "executor", units: ["executor", "ready", "ready-fair"] }, [], /^ok$/m],
	["numbers as text", { name: "format", units: ["format"] }, [], /, 0 failures$/m],
	[
		"the static pool",
		{ name: "pool", units: ["pool"], defines: { STATOR_POOL_BYTES: 16_384 } },
		["SEED", "5000"],
		/made/,
	],
	["interrupts at every point", { name: "interrupts-nested", units: ["interrupts"] }, ["SEED", "2000"], /^ok \d+$/m],
	["M13 work across threads", dispatch, ["4", "SEED"], /, executors 0,/],
	["M13 work that cannot begin", { name: "dispatch-refuse", units: dispatchUnits }, [], /has it back: -125/],
	["M16 operations, of this kernel", uring, ["0x3ff", "SEED", "2000", "1", "0"], /^well$/m],
	["M16 operations, of the oldest kernel", uring, ["0", "SEED", "2000", "1", "0"], /^well$/m],
];

test.for(programs)("%s: clean under valgrind", async ([, program, args, says], ctx) => {
	const missing = withoutValgrind();
	if (missing !== undefined) return ctx.skip(missing);
	const executable = await compile({ ...program, sanitize: "none" });
	const given = args.map((arg) => (arg === "SEED" ? String(seedOf(program.name)) : arg));
	const ended = await execute(executable, "", given, MEMCHECK);
	if (ended.code === 77) ctx.skip("io_uring is not allowed here: " + ended.stdout.trim());
	expect(ended.stderr).toBe("");
	expect(ended.stdout).toMatch(says);
	expect(ended.code).toBe(0);
});
