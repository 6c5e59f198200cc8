/** `stator new`: an application to begin with. */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import type { Command } from "commander";
import { findApp } from "../app.ts";
import { root, shown } from "../paths.ts";
import { UserError } from "../report.ts";
import { templates } from "./templates.ts";

/** Writes a new application into an empty folder, or one that it makes. Gives the folder's path. */
export async function createApp(given: string, { moddable = false } = {}): Promise<string> {
	const folder = resolve(given);
	if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
		throw new UserError(shown(folder) + " is there and not empty", "give the name of a folder that is not there yet");
	const name = basename(folder);
	if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
		throw new UserError(
			'an application cannot be called "' + name + '"',
			"the folder's name is the program's: letters, digits, - and _, a letter first",
		);
	mkdirSync(folder, { recursive: true });
	for (const [file, text] of templates({ name, stator: relative(folder, root), moddable }))
		writeFileSync(folder + "/" + file, text);
	if (moddable) await (await import("../moddable/dist.ts")).writeDist(findApp(folder));
	return folder;
}

export function addNew(program: Command): void {
	program
		.command("new <dir>")
		.description("make an application to begin with: main.ts, manifest.json and what an editor needs")
		.option("--moddable", "for Moddable's mcconfig, too: with dist/, which mcconfig builds from")
		.addHelpText("after", "\nExamples:\n  stator new my-app && stator run my-app\n  stator new my-app --moddable")
		.action(async (given: string, options: { moddable?: boolean }) => {
			console.log(shown(await createApp(given, options)));
		});
}
