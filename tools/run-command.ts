/** Runs a program and collects what it prints. */
import { spawn } from "node:child_process";

export interface Finished {
	code: number;
	output: string;
}

export function runCommand(command: string, args: string[], cwd?: string): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...(cwd === undefined ? {} : { cwd }), stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		child.stdout.on("data", (data: Buffer) => {
			output += data;
		});
		child.stderr.on("data", (data: Buffer) => {
			output += data;
		});
		child.on("error", reject);
		child.on("close", (code) => resolve({ code: code ?? 1, output }));
	});
}
