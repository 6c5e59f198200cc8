/**
 * What one process at a time may do, among all that build here: a lock on a file (flock), which the kernel keeps as long as
 * the process has the file open, however it ends. So none is ever left behind, and none has to be guessed stale.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { path } from "./paths.ts";
import { note, UserError } from "./report.ts";

const folder = path("build/locks");
/** After so long, who waits says so. */
const PATIENCE_MS = 2000;

/** Locks an open file: the lock belongs to the file as it was opened, which this process and flock(1) share as long as that runs. */
function lock(file: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn("flock", ["3"], { stdio: ["ignore", "ignore", "inherit", file] });
		child.on("error", () =>
			reject(
				new UserError("flock is not installed", "it is in util-linux, or whatever this system calls that package"),
			),
		);
		child.on("close", (code) =>
			code === 0 ? resolve() : reject(new Error("flock ended with " + code + ": the file system has no locks?")),
		);
	});
}

/**
 * Runs `action` while nobody else runs one under the same name, in this process or another; waits for as long as that takes. Of two
 * locks that are held at once, each of all who hold them takes the same one first.
 */
export async function withLock<T>(name: string, action: () => Promise<T>): Promise<T> {
	mkdirSync(folder, { recursive: true });
	const held = openSync(folder + "/" + name, "a");
	const waits = setTimeout(() => note("build", "waits for another build (" + name + ")"), PATIENCE_MS);
	try {
		await lock(held).finally(() => clearTimeout(waits));
		return await action();
	} finally {
		closeSync(held);
	}
}
