/** A program under ThreadSanitizer, the engine with it: a build of its own, build/linux-tsan. Minutes. */
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { expect } from "vitest";
import type { Settings } from "../../tools/app.ts";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";
import { type Ended, executeThreaded } from "../native/support/compile.ts";
import { buildProgram } from "../programs/support.ts";

/** Builds and runs it; or why ThreadSanitizer does not run here. */
export async function runSanitized(
	program: string,
	settings: Settings,
	directory?: string,
): Promise<Ended | { skip: string }> {
	const { folder, image } = await buildProgram(program, "linux", settings);
	const name = basename(folder);
	const place = path("build/linux-tsan/apps", name);
	mkdirSync(place, { recursive: true });
	for (const file of readdirSync(folder))
		if (/\.(c|cmake)$/.test(file)) copyFileSync(folder + "/" + file, place + "/" + file);
	for (const args of [
		["--preset", "linux", "-B", path("build/linux-tsan"), "-DSTATOR_SANITIZE=thread"],
		["--build", path("build/linux-tsan"), "--target", "app-" + name],
	]) {
		const { code, output } = await runCommand("cmake", args, path("native"));
		expect(code, output).toBe(0);
	}
	return executeThreaded(place + "/" + basename(image), [], directory);
}
