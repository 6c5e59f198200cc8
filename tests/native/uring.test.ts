/**
 * The ring's operations (native/linux/uring.c) against this machine's io_uring, under AddressSanitizer and UBSan: random beginnings,
 * polls, drops and ends of tasks. With every feature that the kernel has, and with what older kernels lack: the ways around are tested too.
 */
import { beforeAll, expect, type TestContext, test } from "vitest";
import { compile, execute, seedOf } from "./support/compile.ts";

/** Steps of each run; more for a hunt. */
const STEPS = process.env.STATOR_RING_STEPS ?? "60000";

let program: string;
beforeAll(async () => {
	program = await compile({
		name: "uring",
		units: ["ready", "ready-fair"],
		sources: ["uring", "uring-operation", "uring-complete", "uring-buffers"].map(
			(name) => "native/linux/" + name + ".c",
		),
		libraries: ["-l:liburing.a"],
	});
});

const kernels: [string, number][] = [
	["of this kernel", 0x1ff],
	["without task work that is deferred", 0x1fe],
	["without multishot accept and receive", 0x19f],
	["without a ring of provided buffers", 0x1ef],
	["without direct descriptors and registered buffers", 0x1f3],
	["of the oldest kernel", 0],
];

test.for(kernels)(
	"M9 M11 M16 operations with the features %s: nothing leaks, nothing is lost",
	async ([, features], ctx) => {
		const seed = seedOf("uring");
		const { code, stdout, stderr } = await execute(program, "", [String(features), String(seed), STEPS]);
		skipWithoutRing(ctx, code, stdout);
		expect(stderr).toBe("");
		expect(stdout).toMatch(/^features 0x[0-9a-f]+ completed many cancelled some accepted some\nwell\n$/);
		expect(Number(/0x[0-9a-f]+/.exec(stdout)?.[0]) & ~features).toBe(0);
		expect(code).toBe(0);
	},
);

/** A sandbox may forbid io_uring. */
function skipWithoutRing(ctx: TestContext, code: number | null, stdout: string): void {
	if (code === 77) ctx.skip("io_uring is not allowed here: " + stdout.trim());
}
