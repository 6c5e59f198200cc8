/**
 * pyocd, the debug probes' program: where it is, the configuration that it gets for a board, and what its failures mean. `stator flash`
 * writes images with it, `stator debug --probe` lets GDB at a board through it.
 */
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { path, shown } from "./paths.ts";
import { UsageError, UserError } from "./report.ts";
import type { Image } from "./run.ts";
import type { Target } from "./targets.ts";

/** Where pyocd is looked for after the PATH: a virtual environment that `installPyocd` makes. */
const OWN = path("build/pyocd/bin/pyocd");

/** What a user types to have it, with the plugin that shows tasks as threads. */
export const installPyocd =
	"python3 -m venv " +
	shown(path("build/pyocd")) +
	" && " +
	shown(path("build/pyocd/bin/pip")) +
	" install pyocd " +
	shown(path("tools/pyocd-stator"));

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The path of a program that the PATH has, or undefined. */
export function onPath(name: string): string | undefined {
	return (process.env.PATH ?? "")
		.split(delimiter)
		.map((folder) => join(folder, name))
		.find(isProgram);
}

/** pyocd as it was given, from the PATH, or from build/pyocd; undefined: there is none. */
export function findPyocd(given?: string): string | undefined {
	if (given !== undefined) return given.includes("/") ? (isProgram(given) ? given : undefined) : onPath(given);
	return onPath("pyocd") ?? (isProgram(OWN) ? OWN : undefined);
}

export function needPyocd(given?: string): string {
	const found = findPyocd(given);
	if (found !== undefined) return found;
	throw new UserError(
		given === undefined ? "pyocd is not installed" : "there is no program " + given,
		"install it: " + installPyocd,
	);
}

/** What the board is to pyocd. */
export function chipOf(target: Target): NonNullable<Target["pyocd"]> {
	if (target.platform === "linux")
		throw new UsageError("linux is no board: there is nothing to flash", "choose one: --board <name>; stator targets");
	if (target.pyocd === undefined)
		throw new UserError(
			"the board " + target.name + " says nothing of pyocd",
			'give its board.json "pyocd": { "target": … }, with the chip\'s name in pyocd list --targets',
		);
	return target.pyocd;
}

export interface PyocdConfiguration {
	file: string;
	text: string;
}

/** pyocd.yaml for an image, beside it: whether the board is stopped at its reset, or goes on. */
export function pyocdConfiguration({ target, image }: Image, mode: "under-reset" | "attach"): PyocdConfiguration {
	const text = [
		"# Made by stator: what pyocd is told of " + target.name + " (its board.json).",
		"target_override: " + chipOf(target).target,
		"connect_mode: " + mode,
		"",
	].join("\n");
	return { file: image.replace(/[^/]*$/, "pyocd.yaml"), text };
}

export function writeConfiguration({ file, text }: PyocdConfiguration): void {
	mkdirSync(file.replace(/\/[^/]*$/, ""), { recursive: true });
	writeFileSync(file, text);
}

/** pyocd's GDB server, with the image, so that the plugin of tools/pyocd-stator finds the tasks. Writes pyocd.yaml. */
export function gdbServer(image: Image, uid: string | undefined, port: number): [string, string[]] {
	const pyocd = needPyocd();
	const configuration = pyocdConfiguration(image, "attach");
	writeConfiguration(configuration);
	const args = ["gdbserver", "--config", configuration.file, "--elf", image.image, "--port", String(port)];
	// No second port, and an end with the debugger's.
	args.push("--telnet-port", "0", "--no-wait");
	if (uid !== undefined) args.push("--uid", uid);
	return [pyocd, args];
}

/** What pyocd's last words mean, and what to do; undefined: nothing that is known. */
export function explainPyocd(output: string, target: Target): UserError | undefined {
	if (/No (connected|available) debug probes|No target device available|No probe with unique ID/i.test(output))
		return new UserError(
			"no debug probe was found",
			"plug it in, and see that pyocd list shows it; on Linux its USB device must be open to you (udev rules: pyocd.io/docs/installing); --uid <id> chooses one of several",
		);
	if (/Target type \S+ not recognized/.test(output))
		return new UserError(
			"pyocd does not know the chip " + target.pyocd?.target,
			target.pyocd?.pack === undefined
				? "pyocd list --targets shows what it knows"
				: "pyocd pack install " + target.pyocd.pack,
		);
	if (/Target not detected|Unable to (connect|open)|SWD\/JTAG communication failure|No ACK/i.test(output))
		return new UserError(
			"the probe does not reach " + target.name,
			"see to its power and its cable; nothing else may use the probe (a debugger, an editor)",
		);
	return undefined;
}
