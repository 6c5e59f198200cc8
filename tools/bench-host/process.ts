/** Processes that are bounded in time, and servers that are ended when they have been measured. */
import { type ChildProcess, spawn } from "node:child_process";
import { UserError } from "../report.ts";

export interface Ended {
	code: number;
	stdout: string;
	stderr: string;
}

export interface Bounds {
	seconds: number;
	cwd?: string;
}

export function runBounded(command: string, args: readonly string[], { seconds, cwd }: Bounds): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...(cwd && { cwd }), stdio: ["ignore", "pipe", "pipe"] });
		let late = false;
		// Whatever ends this command ends what it measures.
		const orphan = (): void => void child.kill("SIGKILL");
		process.once("exit", orphan);
		const timer = setTimeout(() => {
			late = true;
			child.kill("SIGKILL");
		}, seconds * 1000);
		let stdout = "";
		let stderr = "";
		child.stdout.on("data", (data: Buffer) => (stdout += data));
		child.stderr.on("data", (data: Buffer) => (stderr += data));
		child.on("error", (error: NodeJS.ErrnoException) => {
			clearTimeout(timer);
			reject(error.code === "ENOENT" ? new UserError(command + " is not installed") : error);
		});
		child.on("close", (code) => {
			clearTimeout(timer);
			process.off("exit", orphan);
			if (late) stderr += "\nit did not end within " + seconds + " s";
			resolve({ code: late ? 124 : (code ?? 1), stdout, stderr });
		});
	});
}

const CONSOLE_SECONDS = 20;

/** Starts a server, measures with its port and its process, ends it. Gives what it printed as well. */
export async function withServer<T>(
	[command, ...args]: readonly string[],
	measure: (port: number, process: number) => Promise<T>,
): Promise<{ result: T; output: string }> {
	const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
	let output = "";
	const orphan = (): void => void child.kill("SIGKILL");
	process.once("exit", orphan);
	const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
	try {
		const port = await new Promise<number>((resolve, reject) => {
			const timer = setTimeout(() => reject(new UserError("no server listens:\n" + output)), CONSOLE_SECONDS * 1000);
			const over = (): void => {
				clearTimeout(timer);
				reject(new UserError("the server ended:\n" + output));
			};
			child.on("error", over);
			child.on("close", over);
			child.stdout.on("data", (data: Buffer) => {
				output += data;
				const found = /listening at port (\d+)/.exec(output);
				if (found) {
					clearTimeout(timer);
					resolve(Number(found[1]));
				}
			});
		});
		const result = await measure(port, child.pid ?? 0);
		await end(child, ended);
		return { result, output };
	} finally {
		await end(child, ended);
		process.off("exit", orphan);
	}
}

/** In order, and if it does not within a few seconds, at once. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill("SIGINT");
	const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
	await ended;
	clearTimeout(timer);
}
