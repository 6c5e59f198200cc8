/** Python packages for tests, in a virtual environment under build/ that is made once for each list of packages. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { withLock } from "../../tools/lock.ts";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";

async function must(command: string, args: string[]): Promise<void> {
	const { code, output } = await runCommand(command, args, path());
	if (code === 0) return;
	throw new Error(
		[command, ...args].join(" ") + " ended with " + code + "\n" + output.split("\n").slice(-15).join("\n"),
	);
}

/**
 * Makes sure of build/<name> with these packages, by their names as pip takes them; the path of its folder of programs. `folders` are packages of
 * this project, installed from a copy, as pip leaves files beside what it builds; they are installed anew each time.
 */
export function pythonWith(name: string, packages: readonly string[], folders: string[] = []): Promise<string> {
	return withLock(name, () => install(name, packages, folders));
}

async function install(name: string, packages: readonly string[], folders: string[]): Promise<string> {
	const place = path("build", name);
	const stamp = place + "/stator-stamp";
	const wanted = packages.join(" ");
	const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
		mkdirSync(path("build"), { recursive: true });
		await must("python3", ["-m", "venv", "--clear", place]);
		await must(place + "/bin/python", [...pip, ...packages]);
		writeFileSync(stamp, wanted);
	}
	for (const folder of folders) {
		const copy = place + "/src/" + basename(folder);
		rmSync(copy, { recursive: true, force: true });
		cpSync(folder, copy, { recursive: true });
		await must(place + "/bin/python", [...pip, "--no-deps", "--no-build-isolation", "--force-reinstall", copy]);
	}
	return place + "/bin";
}
