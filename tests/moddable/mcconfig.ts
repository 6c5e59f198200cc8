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

/** Why no image for a Pico can be built and run here: the SDK's makefile looks for the Pico SDK there, and rp2040js has no boot ROM of its own. */
export function missingForPico(): string | undefined {
	if (process.env.PICO_SDK_DIR === undefined) return "PICO_SDK_DIR is not set: the Pico SDK is not installed here";
	if (process.env.RP2040_BOOTROM === undefined)
		return "RP2040_BOOTROM is not set: the RP2040's boot ROM, as a file (bootrom.bin of raspberrypi/pico-bootrom-rp2040)";
	return missing();
}

/**
 * Builds the application of a folder with a manifest.json; gives the output directory, one for each application. The target "build": the default one
 * would end other programs that the SDK knows. The path: where a program is TypeScript, mcconfig calls tsc.
 */
async function build(folder: string, name: string, platform: string): Promise<string> {
	const output = path("build/moddable", name + "-out");
	mkdirSync(output, { recursive: true });
	const { code, output: said } = await runCommand(
		"env",
		[
			"PATH=" + process.env.PATH + delimiter + path("node_modules/.bin"),
			"mcconfig",
			"-m",
			"-p",
			platform,
			"-t",
			"build",
			"-o",
			output,
		],
		folder,
	);
	if (code !== 0) throw new Error("mcconfig cannot build " + folder + ":\n" + said);
	return output;
}

/** Compiles an application; gives the folder that has its manifest. */
async function compile(app: App, platform: string): Promise<string> {
	const folder = path("build/moddable", app.name);
	mkdirSync(folder, { recursive: true });
	await writeDist(app, platform, folder);
	return folder;
}

/** Builds the application of a folder; gives the executable. */
export async function mcconfig(folder: string, name: string): Promise<string> {
	return (await build(folder, name, "x-cli-lin")) + "/bin/lin/release/" + name;
}

/** Compiles an application and builds it. `platform`: whose `run` blocks, for programs that call it more than once. */
export async function buildForCommandLine(app: App, platform = "moddable"): Promise<string> {
	return mcconfig(await compile(app, platform), app.name);
}

/** Compiles an application and builds its image for a Pico. `source`: what the SDK's linker has written, with `creation`. */
export async function buildForPico(app: App): Promise<{ image: string; source: string }> {
	const output = await build(await compile(app, "moddable"), app.name, "pico");
	const at = (part: string): string => output + "/" + part + "/pico/release/" + app.name;
	return { image: at("bin") + "/xs_pico.uf2", source: at("tmp") + "/mc.xs.c" };
}
