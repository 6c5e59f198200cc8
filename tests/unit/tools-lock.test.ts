/** Locks of builds: one at a time, in one process and in several, and none is left behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { withLock } from "../../tools/lock.ts";
import { path } from "../../tools/paths.ts";

/** A process that takes a lock, says so, and keeps it until it is killed. */
async function holder(name: string): Promise<ChildProcess> {
	const program = `
		import { withLock } from ${JSON.stringify(path("tools/lock.ts"))};
		await withLock(${JSON.stringify(name)}, () => {
			console.log("held");
			return new Promise((resolve) => setTimeout(resolve, 1e9));
		});
	`;
	const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
		cwd: path(),
		stdio: ["ignore", "pipe", "inherit"],
	});
	await once(child.stdout as NodeJS.ReadableStream, "data");
	return child;
}

test("R7 what is done under one name is done one after another, also when it fails; under another it is not", async () => {
	const name = "test-turns";
	const trace: string[] = [];
	const turn = (who: string) =>
		withLock(name, async () => {
			trace.push(who + " begins");
			await withLock("test-other", async () => trace.push(who + " elsewhere"));
			trace.push(who + " ends");
			if (who === "b") throw new Error("b fails");
		}).catch((error: Error) => trace.push(error.message));
	await Promise.all(["a", "b", "c"].map(turn));
	expect(trace).toHaveLength(10);
	// Who is next is the kernel's choice; that nobody comes in between is not.
	const turns = [
		...trace
			.filter((line) => line !== "b fails")
			.join("\n")
			.matchAll(/^(\w) begins\n\1 elsewhere\n\1 ends$/gm),
	];
	expect(turns.map(([, who]) => who).sort()).toEqual(["a", "b", "c"]);
});

test("R7 another process waits, and has the lock when its holder is killed", async () => {
	const name = "test-killed";
	const child = await holder(name);
	let killed = false;
	const mine = withLock(name, async () => killed);
	// Another lock, taken and given back: time enough for the first, were it free.
	await withLock("test-free", async () => {});
	killed = true;
	child.kill("SIGKILL");
	expect(await mine).toBe(true);
});
