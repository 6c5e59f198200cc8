/** A sandbox may forbid io_uring: the program says so, and its test is skipped with what it says. */
import type { TestContext } from "vitest";

export function skipWithoutRing(ctx: TestContext, output: string): void {
	const refused = /stator\/io: (no io_uring|io_uring is not allowed here)[^\n]*/.exec(output);
	if (refused) ctx.skip(refused[0]);
}
