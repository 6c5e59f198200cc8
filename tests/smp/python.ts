/** Clients that people use, from Python's package index, in an environment under build/ that is made once. */
import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { TestContext } from "vitest";
import { path } from "../../tools/paths.ts";

const PACKAGES = ["smpmgr==0.19.0", "smpclient==7.3.0"];
const environment = path("build/python-smp");
const READY = environment + "/" + PACKAGES.join(" ");

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
	if (existsSync(READY)) return;
	rmSync(environment, { recursive: true, force: true });
	const made = await runToEnd("python3", ["-m", "venv", environment], 120).catch((error: Error) => error);
	if (made instanceof Error) return ctx.skip("python3 is not installed: " + made.message);
	if (made.status !== 0) return ctx.skip("python3 -m venv: " + lastLine(made.output));
	const { status, output } = await runToEnd(environment + "/bin/pip", ["install", "--quiet", ...PACKAGES], 600);
	if (status !== 0) return ctx.skip("pip install " + PACKAGES.join(" ") + ": " + lastLine(output));
	writeFileSync(READY, "");
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** tests/smp/client.py; what it prints, reply by reply. */
export async function askAll(args: string[]): Promise<Record<string, unknown>[]> {
	const { status, output } = await runToEnd(environment + "/bin/python", [path("tests/smp/client.py"), ...args], 240);
	if (status !== 0) throw new Error("client.py " + args.join(" ") + " ended with " + status + ":\n" + output);
	return output
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => JSON.parse(line));
}

/** The command smpmgr, as people type it. */
export function smpmgr(...args: string[]): Promise<Ran> {
	return runToEnd(environment + "/bin/smpmgr", args, 120, { ...process.env, NO_COLOR: "1", COLUMNS: "200" });
}
