/** Apache Mynewt's mcumgr, as people type it, against a server of ours: for where it is installed. What it sends is replayed byte for byte in tests/unit/smp. */
import { expect, type TestContext } from "vitest";
import { onPath } from "../../scripts/bootstrap.mjs";
import { runToEnd } from "./python.ts";

/** Skips the test where there is none. */
export function needMcumgr(ctx: TestContext): void {
	if (!onPath("mcumgr"))
		ctx.skip("mcumgr is not on the PATH: go install github.com/apache/mynewt-mcumgr-cli/mcumgr@latest");
}

/** Every command of it that the servers of tests/programs/smp have something for; `connection`: its options of how. */
export async function askWithMcumgr(connection: string[]): Promise<void> {
	const said = async (...args: string[]): Promise<string> => {
		const { status, output } = await runToEnd("mcumgr", [...connection, "--timeout", "20", ...args], 60);
		expect(status, args.join(" ") + ": " + output).toBe(0);
		return output;
	};
	expect(await said("echo", "hello")).toContain("hello");
	expect(await said("taskstat")).toMatch(/flooding[\s\S]*root|root[\s\S]*flooding/);
	expect(await said("mpstat")).toContain("machine slots");
	await said("datetime", "2026-11-26T06:30:00");
	expect(await said("datetime")).toContain("2026-11-26T06:3");
	expect(await said("stat", "list")).toContain("executor");
	expect(await said("stat", "executor")).toContain("wakes");
	expect(await said("image", "list")).toMatch(/slot=0/);
	expect(await said("shell", "exec", "mem")).toContain("slots ");
	await said("reset");
	expect(await said("echo", "again")).toContain("again");
}
