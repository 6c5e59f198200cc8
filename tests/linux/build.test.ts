/** Builds at the same time: of one program, of several for one target, in one process and in several. */
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { findApp } from "../../tools/app.ts";
import { build } from "../../tools/build.ts";
import { withLock } from "../../tools/lock.ts";
import { path } from "../../tools/paths.ts";
import { run } from "../../tools/run.ts";
import { findTarget } from "../../tools/targets.ts";
import { buildProgram } from "../programs/support.ts";

const target = findTarget("linux");

test("R7 programs built at once for one target, two of them under one name, are each what their settings say", async () => {
	const echo = findApp(path("tests/programs/echo.ts"));
	const proof = { proof: false };
	const [plain, unstripped, other] = await Promise.all([
		build({ ...echo, settings: proof }, target),
		build({ ...echo, settings: { ...proof, strip: false } }, target),
		buildProgram("combinators.ts", "linux"),
	]);
	expect([plain, unstripped, other].map(({ stripped }) => stripped !== undefined)).toEqual([true, false, true]);
	expect(plain.image).toBe(unstripped.image);
	const { output, status } = await run(other, { timeoutSeconds: 120 });
	expect(output).not.toBe("");
	expect(status).toBe(0);
});

test("R7 a build waits while another process is at its target, and says so", async () => {
	let said = "";
	const ended = await withLock("target-linux", async () => {
		const child = spawn(process.execPath, [path("tools/stator.mjs"), "build", "blinky"], {
			stdio: ["ignore", "ignore", "pipe"],
		});
		const code = new Promise<number | null>((resolve) => child.once("close", resolve));
		const waits = new Promise<void>((resolve) => {
			child.stderr.on("data", (data: Buffer) => {
				said += data;
				if (said.includes("waits for another build (target-linux)")) resolve();
			});
		});
		await Promise.race([waits, code]);
		expect(child.exitCode, said).toBeNull();
		return { code };
	});
	expect(await ended.code, said).toBe(0);
});
