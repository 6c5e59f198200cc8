/**
 * The ring's operations (native/linux/uring.c) against this machine's io_uring, under AddressSanitizer and UBSan: random beginnings,
 * polls, drops and ends of tasks. With every feature that the kernel has, and with what older kernels lack: the ways around are tested too.
 */
import { beforeAll, describe, expect, type TestContext, test } from "vitest";
import { compile, type Ended, execute, executeThreaded, type Program, seedOf } from "./support/compile.ts";

/** Steps of each run; more for a hunt. */
const STEPS = process.env.STATOR_RING_STEPS ?? "60000";
/** Of each of several threads. */
const STEPS_THREADED = process.env.STATOR_RING_STEPS ?? "8000";

/** As native/linux/io-settings.h numbers them. */
const RING_PER_THREAD = 0;
const COMPLETION_THREAD = 1;

const program = (form: number, sanitize: "address,undefined" | "thread"): Program => ({
	name: "uring",
	units: ["ready", "ready-fair"],
	sources: ["uring", "uring-operation", "uring-complete", "uring-buffers", "uring-shared"].map(
		(name) => "native/linux/" + name + ".c",
	),
	libraries: ["-l:liburing.a"],
	defines: { FORM: form },
	sanitize,
});

const ALL = 0x3ff;
const MESSAGES = 0x200;
const kernels: [string, number][] = [
	["of this kernel", ALL],
	["without task work that is deferred", 0x1fe],
	["without multishot accept and receive", 0x19f],
	["without a ring of provided buffers", 0x1ef],
	["without direct descriptors and registered buffers", 0x1f3],
	["of the oldest kernel", 0],
];

/** Runs it, to its end, and gives what it says of wakes. */
function well(ctx: TestContext, { code, stdout, stderr }: Ended, features: number): string {
	if (code === 77) ctx.skip("io_uring is not allowed here: " + stdout.trim());
	expect(stderr).toBe("");
	const said =
		/^features (0x[0-9a-f]+) completed many cancelled some accepted some\nwoken (by messages \w+ by descriptor \w+)\nwell\n$/.exec(
			stdout,
		);
	expect(said, stdout).not.toBeNull();
	expect(Number(said?.[1]) & ~features).toBe(0);
	expect(code).toBe(0);
	return said?.[2] ?? "";
}

describe("a ring of its own", () => {
	let one: string;
	beforeAll(async () => {
		one = await compile(program(RING_PER_THREAD, "address,undefined"));
	});

	test.for(kernels)(
		"M9 M11 M16 operations with the features %s: nothing leaks, nothing is lost",
		async ([, features], ctx) => {
			well(ctx, await execute(one, "", [String(features), String(seedOf("uring")), STEPS, "1", "0"]), features);
		},
	);

	test.for([
		["messages", ALL, "by messages some"],
		["descriptors, where the kernel has no messages", ALL & ~MESSAGES, "by messages none by descriptor some"],
		["descriptors, on the oldest kernel", 0, "by messages none by descriptor some"],
	] as const)("A5 M16 four threads with a ring each, woken by %s", async ([, features, woken], ctx) => {
		const args = [String(features), String(seedOf("uring")), STEPS_THREADED, "4", "0"];
		expect(well(ctx, await execute(one, "", args), features)).toContain(woken);
	});
});

describe("one ring with a completion thread", () => {
	let shared: string;
	beforeAll(async () => {
		shared = await compile(program(COMPLETION_THREAD, "address,undefined"));
	});

	test.for(kernels)(
		"A6 M9 M16 four threads with the features %s: nothing leaks, nothing is lost",
		async ([, features], ctx) => {
			const args = [String(features), String(seedOf("uring")), STEPS_THREADED, "4", "0"];
			expect(well(ctx, await execute(shared, "", args), features)).toBe("by messages none by descriptor some");
		},
	);

	test("A6 inboxes that are full: completions wait in the kernel's queue, nothing is lost", async (ctx) => {
		const args = [String(ALL), String(seedOf("uring")), STEPS_THREADED, "4", "2"];
		well(ctx, await execute(shared, "", args), ALL);
	});
});

test.for([
	["A5 a ring for each", RING_PER_THREAD],
	["A6 a completion thread", COMPLETION_THREAD],
] as const)("%s, four threads under ThreadSanitizer", async ([, form], ctx) => {
	const compiled = await compile(program(form, "thread"));
	const ended = await executeThreaded(compiled, [String(ALL), String(seedOf("uring")), "3000", "4", "0"]);
	if ("skip" in ended) return ctx.skip(ended.skip);
	well(ctx, ended, ALL);
});
