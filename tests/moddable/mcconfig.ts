/** Builds applications with the SDK's mcconfig, where it is installed, and runs them on the command line of Linux. */
import { existsSync, mkdirSync } from "node:fs";
import { delimiter } from "node:path";
import type { App } from "../../tools/app.ts";
import { writeDist } from "../../tools/moddable/dist.ts";
import { path } from "../../tools/paths.ts";
import { runCommand } from "../../tools/run-command.ts";

/** Why nothing can be built here; undefined: it can. */
export function missing(): string | undefined {
	if (process.env.MODDABLE === undefined) return "MODDABLE is not set: Moddable's SDK is not installed here";
	const found = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(folder + "/mcconfig"));
	return found ? undefined : "mcconfig is not on PATH";
}

/**
 * Builds the application of a folder with a manifest.json; gives the executable. The target "build": the default one would end other programs that
 * the SDK knows. One output directory for each application.
 */
export async function mcconfig(folder: string, name: string): Promise<string> {
	const output = path("build/moddable", name + "-out");
	mkdirSync(output, { recursive: true });
	const { code, output: said } = await runCommand(
		"mcconfig",
		["-m", "-p", "x-cli-lin", "-t", "build", "-o", output],
		folder,
	);
	if (code !== 0) throw new Error("mcconfig cannot build " + folder + ":\n" + said);
	return output + "/bin/lin/release/" + name;
}

/** Compiles an application and builds it. `platform`: whose `run` blocks, for programs that call it more than once. */
export async function buildForCommandLine(app: App, platform = "moddable"): Promise<string> {
	const folder = path("build/moddable", app.name);
	mkdirSync(folder, { recursive: true });
	await writeDist(app, platform, folder);
	return mcconfig(folder, app.name);
}
