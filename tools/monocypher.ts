/**
 * The source of Monocypher, whose curve checks signatures on the device (native/xs/signature.c): two C files out of the source package
 * of pymonocypher, fetched by pip once, into build/monocypher. What is compiled is what was looked at: pip checks the package's hash,
 * and the two files have hashes of their own here, whatever brought them.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { path } from "./paths.ts";
import { step, UserError } from "./report.ts";
import { runCommand } from "./run-command.ts";

const PACKAGE = "pymonocypher";
const VERSION = "4.0.3.4";
const PACKAGE_SHA256 = "5e56e3d3eb770a53e0b9f6274146663c11a11f3d0de5cd48e3be0428d1b07a4a";
const FILES: Readonly<Record<string, string>> = {
	"monocypher.c": "57eb914fc88136119bd41655cccb8c250048bf54d470540625186f8ab16f64be",
	"monocypher.h": "c494da712122da7ff679fdcf318a5317e84972b6c950fe9d896212947797facd",
};

/** Where the two files are, once `fetchMonocypher` has been awaited. */
export const monocypherFolder = path("build/monocypher");

function isThere(folder: string): boolean {
	return Object.entries(FILES).every(([name, hash]) => {
		const file = folder + "/" + name;
		return existsSync(file) && createHash("sha256").update(readFileSync(file)).digest("hex") === hash;
	});
}

async function must(command: string, args: string[]): Promise<void> {
	const { code, output } = await runCommand(command, args);
	if (code !== 0)
		throw new UserError(
			"Monocypher, which checks signatures on the device, cannot be fetched:\n" +
				output.split("\n").slice(-12).join("\n"),
			"it comes from the Python package index by pip, once: is there a network, and python3-venv?",
		);
}

/** Fetches the files unless they are there. Two builds at once do not disturb each other: the folder is put in place whole. */
export async function fetchMonocypher(): Promise<void> {
	if (isThere(monocypherFolder)) return;
	await step("fetch Monocypher", async () => {
		const work = path("build/monocypher-" + process.pid);
		rmSync(work, { recursive: true, force: true });
		mkdirSync(work, { recursive: true });
		try {
			await must("python3", ["-m", "venv", work + "/venv"]);
			const pip = work + "/venv/bin/pip";
			// The package's own build asks for these when pip looks at it; nothing of it is built or run.
			await must(pip, ["install", "--quiet", "setuptools", "wheel"]);
			writeFileSync(work + "/wanted.txt", PACKAGE + "==" + VERSION + " --hash=sha256:" + PACKAGE_SHA256 + "\n");
			await must(pip, [
				...["download", "--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"],
				...["--require-hashes", "-r", work + "/wanted.txt", "-d", work],
			]);
			const name = PACKAGE + "-" + VERSION;
			const members = Object.keys(FILES).map((file) => name + "/" + file);
			await must("tar", ["-xzf", work + "/" + name + ".tar.gz", "-C", work, ...members]);
			if (!isThere(work + "/" + name))
				throw new UserError(
					"Monocypher's files are not those that were expected",
					"tools/monocypher.ts has their hashes",
				);
			if (isThere(monocypherFolder)) return;
			rmSync(monocypherFolder, { recursive: true, force: true });
			renameSync(work + "/" + name, monocypherFolder);
		} finally {
			rmSync(work, { recursive: true, force: true });
		}
	});
}
