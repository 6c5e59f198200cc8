/** `stator run`: the image in QEMU (virtual time, bit-identical from run to run) or as a process of the host. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Built } from "./build.ts";
import { UserError } from "./report.ts";

/** What can be run. */
export type Image = Pick<Built, "target" | "image">;

export interface RunOptions {
	/** Ends the program after so many seconds of real time; 0: never. */
	timeoutSeconds?: number;
	/** Asks a process of the host to end (SIGINT) after so many seconds. */
	interruptSeconds?: number;
	/** Called with what the program prints, as it comes. */
	onOutput?: (text: string) => void;
	/** Called with each line that it writes to stderr; default: it goes to ours. */
	onError?: (line: string) => void;
	/** Ends the program when what it has printed matches: a board that resets never ends by itself. */
	until?: RegExp;
	/** Called with a function that types into the program's console. */
	onInput?: (type: (text: string) => void) => void;
	/** Arguments of the program, on Linux. */
	args?: string[];
	/** Where it runs, on Linux; default: where this does. */
	directory?: string;
	/** More of its environment, on Linux. */
	environment?: Record<string, string>;
	/** Instructions take 2^shift nanoseconds of virtual time. */
	icountShift?: number;
	/** More arguments for QEMU. */
	qemuArgs?: string[];
}

export interface RunResult {
	/** The program's exit status. */
	status: number;
	output: string;
	timedOut: boolean;
}

/** Where the last words are looked for. */
const END_CHARACTERS = 4096;
/** The last words of a program on a board (native/cortex-m/fault.c). */
const LAST_WORDS = /^stator: exit (-?\d+)\n/m;

/** What QEMU says of every such board: a network chip without a network, a virtual clock that does not wait. */
const HARMLESS = /^qemu-system-arm: warning: (nic \S+ has no peer|icount sleep disabled and no active timers)/;

export function commandFor(built: Image, options: RunOptions = {}): [string, string[]] {
	const { target, image } = built;
	if (target.platform === "linux") return [image, options.args ?? []];
	if (options.args?.length)
		throw new UserError("a program on a board gets no arguments", "they are for linux, or compiled in");
	if (target.qemu === undefined)
		throw new UserError(
			target.name + " has no emulator here",
			"the image is " + image + "; flash it, or run it in Renode",
		);
	const args = ["-M", target.qemu, "-display", "none", "-monitor", "none", "-serial", "stdio", "-nic", "none"];
	args.push(
		"-icount",
		"shift=" + (options.icountShift ?? 6) + ",sleep=off",
		...(options.qemuArgs ?? []),
		"-kernel",
		image,
	);
	return ["qemu-system-arm", args];
}

export function run(built: Image, options: RunOptions = {}): Promise<RunResult> {
	const [command, args] = commandFor(built, options);
	const board = built.target.platform !== "linux";
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			stdio: ["pipe", "pipe", "pipe"],
			...(options.directory !== undefined && { cwd: options.directory }),
			...(options.environment !== undefined && { env: { ...process.env, ...options.environment } }),
		});
		let output = "";
		let end = ""; // a look at all of it for each piece would take longer the longer it is
		let status: number | undefined;
		let timedOut = false;
		const seconds = options.timeoutSeconds ?? 0;
		const timer =
			seconds > 0
				? setTimeout(() => {
						timedOut = true;
						child.kill("SIGKILL");
					}, seconds * 1000)
				: undefined;
		const asking =
			options.interruptSeconds === undefined || board
				? undefined
				: setTimeout(() => child.kill("SIGINT"), options.interruptSeconds * 1000);
		// Ctrl-C goes to the program, which ends in order; a board is switched off.
		const interrupt = (): void => void child.kill(board ? "SIGKILL" : "SIGINT");
		process.on("SIGINT", interrupt);
		// Whatever ends this command ends the board that it started.
		const orphan = (): void => void child.kill("SIGKILL");
		process.once("exit", orphan);
		child.stdout.on("data", (data: Buffer) => {
			const text = data.toString("latin1").replaceAll("\r", "");
			output += text;
			end = (end + text).slice(-END_CHARACTERS);
			options.onOutput?.(text);
			if (options.until?.test(output)) child.kill("SIGKILL");
			if (board && status === undefined) {
				const match = LAST_WORDS.exec(end);
				if (match) {
					status = Number(match[1]);
					child.kill("SIGKILL");
				}
			}
		});
		// Line by line: QEMU writes its warnings in pieces.
		createInterface({ input: child.stderr }).on("line", (line) => {
			if (HARMLESS.test(line)) return;
			if (options.onError === undefined) process.stderr.write(line + "\n");
			else options.onError(line);
		});
		options.onInput?.((text) => child.stdin.write(text));
		child.on("error", (error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT")
				reject(new UserError(command + " is not installed", "npm test installs what is missing"));
			else reject(error);
		});
		child.on("close", (code, signal) => {
			clearTimeout(timer);
			clearTimeout(asking);
			process.off("SIGINT", interrupt);
			process.off("exit", orphan);
			resolve({ status: status ?? code ?? (signal === "SIGKILL" ? 137 : 1), output, timedOut });
		});
	});
}
