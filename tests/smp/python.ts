/** Clients that people use, from Python's package index, in an environment under build/ that is made once. */
import { spawn } from "node:child_process";
import type { TestContext } from "vitest";
import { path } from "../../tools/paths.ts";
import { pythonWith } from "../support/venv.ts";

const PACKAGES = ["smpmgr==0.19.0", "smpclient==7.3.0"];
let programs = "";

export interface Ran {
	status: number;
	/** Both outputs, in the order in which they came. */
	output: string;
}

/** Runs a command to its end, at most so many seconds. */
export function runToEnd(command: string, args: string[], seconds: number, env = process.env): Promise<Ran> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: seconds * 1000, env });
		let output = "";
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (data: Buffer) => {
				output += data;
			});
		child.on("error", reject);
		child.on("close", (status) => resolve({ status: status ?? -1, output }));
	});
}

/** Makes the environment if it is not there. Skips the test where that is impossible, and says why. */
export async function pythonClients(ctx: TestContext): Promise<void> {
	try {
		programs = await pythonWith("python-smp", PACKAGES);
	} catch (error) {
		ctx.skip("smpmgr cannot be installed: " + (error as Error).message);
	}
}

/** tests/smp/client.py; what it prints, reply by reply. */
export async function askAll(args: string[]): Promise<Record<string, unknown>[]> {
	const { status, output } = await runToEnd(programs + "/python", [path("tests/smp/client.py"), ...args], 240);
	if (status !== 0) throw new Error("client.py " + args.join(" ") + " ended with " + status + ":\n" + output);
	return output
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => JSON.parse(line));
}

/** The command smpmgr, as people type it. */
export function smpmgr(...args: string[]): Promise<Ran> {
	return runToEnd(programs + "/smpmgr", args, 120, { ...process.env, NO_COLOR: "1", COLUMNS: "200" });
}
