/** The command line as people type it, in a process of its own. */
import { spawn } from "node:child_process";
import { path } from "../../tools/paths.ts";

export interface Said {
	status: number;
	out: string;
	err: string;
}

/** `stator` with these arguments, to its end; `began`: called with what ends it. */
export function stator(
	args: string[],
	began: (child: { kill: (signal: "SIGKILL") => boolean }) => void = () => {},
): Promise<Said> {
	return new Promise((resolve, reject) => {
		const child = spawn("node", [path("tools/stator.mjs"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
		began(child);
		let out = "";
		let err = "";
		child.stdout.on("data", (data) => void (out += data));
		child.stderr.on("data", (data) => void (err += data));
		child.on("error", reject);
		child.on("close", (code) => resolve({ status: code ?? 1, out, err }));
	});
}
