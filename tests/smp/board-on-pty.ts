/** A program on an emulated board whose line is a pty, for clients that want a device. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Built } from "../../tools/build.ts";
import { commandFor } from "../../tools/run.ts";

/** Starts it; QEMU says which device it is. The caller ends the child. */
export async function startOnPty(built: Built): Promise<{ child: ChildProcess; device: string }> {
	const [command, args] = commandFor(built);
	const onPty = args.map((argument) => (argument === "stdio" ? "pty" : argument));
	const child = spawn(command, onPty, { stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	const device = await new Promise<string>((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr])
			stream.on("data", (data: Buffer) => {
				said += data;
				const found = /redirected to (\S+)/.exec(said);
				if (found) resolve(found[1]);
			});
		child.on("close", () => reject(new Error("QEMU ended: " + said)));
	});
	return { child, device };
}
