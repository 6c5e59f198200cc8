/**
 * `stator doctor`: what of what is used there is, and how to get the rest. A use is something that people want to do; building, running in the emulator and debugging are what `npm test` needs too, so that
 * their list is scripts/bootstrap.mjs's, the others are asked for by name.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { installCommand, nodeComplaint, onPath, probe, requirements } from "../scripts/bootstrap.mjs";
import { path } from "./paths.ts";
import { findPyocd, installPyocd } from "./pyocd.ts";

export interface Item {
	name: string;
	/** What it is needed for: names of `USES`. */
	uses: readonly string[];
	present: boolean;
	/** What was found. */
	found?: string;
	/** A command, or where it stands. */
	install: string;
}

export interface Diagnosis {
	/** The uses that were asked for. */
	uses: readonly string[];
	items: Item[];
	/** Of what was asked for. */
	missing: string[];
}

/** What can be asked for; the first four are what is meant when nothing is. */
export const USES: Record<string, string> = {
	build: "build for boards",
	linux: "build and run on Linux",
	emulate: "run boards in QEMU",
	debug: "debug with GDB",
	test: "run this project's own tests",
	flash: "flash and debug real boards",
	manage: "manage devices from outside (stator top and logs need nothing)",
	renode: "run boards in Renode",
	moddable: "build with Moddable's mcconfig",
	bench: "compare with peers on this machine (stator bench host)",
};
export const USUAL = ["build", "linux", "emulate", "debug"];

const packageUses: Record<string, readonly string[]> = {
	gcc: ["build", "linux"],
	"libc6-dev": ["build", "linux"],
	"gcc-arm-none-eabi": ["build"],
	"libnewlib-arm-none-eabi": ["build"],
	"qemu-system-arm": ["emulate"],
	"gdb-multiarch": ["debug"],
	"liburing-dev": ["linux"],
	valgrind: ["test"],
	clang: ["test"],
	"libclang-rt-dev": ["test"],
	"python3-venv": ["test", "flash", "manage"],
};

/** First line of what a program says of itself; undefined: it is not there. */
function version(command: string, args: string[]): Promise<string | undefined> {
	return new Promise((resolve) => {
		execFile(command, args, { timeout: 20_000 }, (error, stdout, stderr) =>
			resolve(error === null ? (stdout || stderr).trim().split("\n")[0] : undefined),
		);
	});
}

const item = (name: string, uses: readonly string[], found: string | undefined, install: string): Item => ({
	name,
	uses,
	present: found !== undefined,
	...(found === undefined || found === "" ? {} : { found }),
	install,
});

function systemItems(): Item[] {
	const sudo = process.getuid?.() !== 0;
	return requirements.map(({ package: name, tool, probe: how }) =>
		item(
			tool,
			packageUses[name] ?? ["build", "linux"],
			probe(how) ? "" : undefined,
			onPath("apt-get") ? installCommand([name], { sudo }) : "the package " + name + ", by Debian's name",
		),
	);
}

/** `in`: another place where it may be, beside the PATH. */
async function programItem(
	name: string,
	uses: readonly string[],
	place: string | undefined,
	args: string[],
	install: string,
): Promise<Item> {
	return item(name, uses, place === undefined ? undefined : await version(place, args), install);
}

/** Why the plugin is asked of the Python that pyocd runs on: there may be several. */
async function pluginItem(pyocd: string | undefined): Promise<Item> {
	const list =
		pyocd === undefined ? undefined : await version("sh", ["-c", '"$0" list --plugins | grep -w stator', pyocd]);
	return item("pyocd-stator, tasks as threads in GDB", ["flash"], list === undefined ? undefined : "", installPyocd);
}

function moddableItem(): Item {
	const folder = process.env.MODDABLE;
	const there = folder !== undefined && existsSync(folder + "/modules") && onPath("mcconfig");
	return item(
		"MODDABLE and mcconfig",
		["moddable"],
		there ? folder : undefined,
		"Moddable's getting started: clone the SDK, build its tools, set MODDABLE, put its build/bin/…/release on the PATH",
	);
}

/** Looks at all of it, whatever was asked for. */
export async function diagnose(uses: readonly string[]): Promise<Diagnosis> {
	const pyocd = findPyocd();
	const found = await Promise.all([
		programItem("pyocd", ["flash"], pyocd, ["--version"], installPyocd),
		pluginItem(pyocd),
		programItem("smpmgr", ["manage"], onPath("smpmgr") ? "smpmgr" : undefined, ["--version"], "pipx install smpmgr"),
		programItem(
			"renode-test",
			["renode"],
			onPath("renode-test") ? "renode" : undefined,
			["--version"],
			"docs/renode.md: Renode's portable package, its folder on the PATH",
		),
		programItem(
			"cargo",
			["bench"],
			onPath("cargo") ? "cargo" : undefined,
			["--version"],
			"rustup, or the package cargo",
		),
		programItem("gcc, for C peers", ["bench"], onPath("gcc") ? "gcc" : undefined, ["--version"], "the package gcc"),
	]);
	const complaint = nodeComplaint(process.versions.node);
	const items = [
		item(
			"node",
			["build", "linux"],
			complaint === undefined ? process.versions.node : undefined,
			complaint ?? "it is there",
		),
		item(
			"npm packages",
			["build", "linux"],
			existsSync(path("node_modules/@moddable/xs")) ? "" : undefined,
			"npm ci, in " + path(),
		),
		...systemItems(),
		...found,
		moddableItem(),
	];
	const missing = items.filter(({ present, uses: of }) => !present && of.some((use) => uses.includes(use)));
	return { uses, items, missing: missing.map(({ name }) => name) };
}
