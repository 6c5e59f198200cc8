/**
 * `stator debug`: the image under GDB. A board runs in QEMU, stopped at its reset, and GDB is connected to QEMU's stub on a
 * free port of the loopback; a host's image is loaded as a process of GDB's own. GDB finds the commands of tools/gdb by itself.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { path } from "./paths.ts";
import { gdbServer } from "./pyocd.ts";
import { UsageError, UserError } from "./report.ts";
import { commandFor, type Image } from "./run.ts";

export interface DebugOptions {
	/** Commands for GDB, in order; with them it runs them and ends. */
	commands?: readonly string[];
	/** A real board, through pyocd's GDB server: the probe's id, or true for the only one. */
	probe?: string | true;
}

export interface DebugPlan {
	/** Starts the board, or lets GDB at one; none for a host. */
	emulator: [string, string[]] | undefined;
	debugger: [string, string[]];
}

/** A free port of the loopback, for a server that is started at once. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject()));
		});
	});
}

/** The two commands. */
export async function debugPlan(built: Image, { commands = [], probe }: DebugOptions = {}): Promise<DebugPlan> {
	const gdb = ["-q", "-iex", "add-auto-load-safe-path " + path("tools/gdb")];
	if (commands.length > 0) gdb.push("-nx", "-batch");
	gdb.push("-ex", "set confirm off", built.image);
	let emulator: DebugPlan["emulator"];
	if (built.target.platform === "linux" && probe !== undefined)
		throw new UsageError("--probe is for boards", "choose one: --board <name>; stator targets");
	if (built.target.platform !== "linux") {
		const port = await freePort();
		emulator =
			probe === undefined
				? commandFor(built, { qemuArgs: ["-S", "-gdb", "tcp:127.0.0.1:" + port] })
				: gdbServer(built, probe === true ? undefined : probe, port);
		gdb.push("-ex", "target remote 127.0.0.1:" + port);
	}
	for (const command of commands) gdb.push("-ex", command);
	return { emulator, debugger: ["gdb-multiarch", gdb] };
}

/** A word as a shell takes it. */
export const quoted = (word: string): string =>
	/^[\w./:=,@%+-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";

export function formatPlan({ emulator, debugger: gdb }: DebugPlan): string {
	const line = ([command, args]: [string, string[]]): string => [command, ...args].map(quoted).join(" ");
	return [...(emulator === undefined ? [] : [line(emulator) + " &"]), line(gdb)].join("\n");
}

export interface Debugged {
	status: number;
	/** What GDB printed. */
	output: string;
	/** What the program printed. */
	console: string;
}

/** Runs both. With commands their output is collected, else GDB has the terminal. */
export async function debug(built: Image, options: DebugOptions & { timeoutSeconds?: number } = {}): Promise<Debugged> {
	const plan = await debugPlan(built, options);
	const batch = (options.commands ?? []).length > 0;
	let board: ChildProcess | undefined;
	let printed = "";
	if (plan.emulator !== undefined) {
		board = spawn(plan.emulator[0], plan.emulator[1], { stdio: ["ignore", "pipe", "ignore"] });
		board.on("error", () => {});
		board.stdout?.on("data", (data: Buffer) => {
			printed += data.toString("latin1").replaceAll("\r", "");
			if (!batch) process.stdout.write(data);
		});
	}
	const stop = (): void => void board?.kill("SIGKILL");
	process.once("exit", stop);
	try {
		return await new Promise((resolve, reject) => {
			const child = spawn(plan.debugger[0], plan.debugger[1], {
				stdio: batch ? ["ignore", "pipe", "pipe"] : "inherit",
			});
			let output = "";
			const take = (data: Buffer): void => {
				output += data;
			};
			child.stdout?.on("data", take);
			child.stderr?.on("data", take);
			// Ctrl-C is GDB's: it stops the program.
			if (!batch) process.on("SIGINT", () => {});
			const timer = options.timeoutSeconds
				? setTimeout(() => child.kill("SIGKILL"), options.timeoutSeconds * 1000)
				: undefined;
			child.on("error", (error: NodeJS.ErrnoException) =>
				reject(
					error.code === "ENOENT"
						? new UserError("gdb-multiarch is not installed", "npm test installs what is missing")
						: error,
				),
			);
			child.on("close", (code) => {
				clearTimeout(timer);
				resolve({ status: code ?? 1, output, console: printed });
			});
		});
	} finally {
		stop();
		process.off("exit", stop);
	}
}
