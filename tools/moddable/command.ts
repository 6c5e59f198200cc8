/** `stator moddable`: what mcconfig needs of an application. */
import type { Command } from "commander";
import { findApp } from "../app.ts";
import { shown } from "../paths.ts";
import { step, UsageError } from "../report.ts";

export function addModdable(program: Command): void {
	program
		.command("moddable [app]")
		.description("compile an application for Moddable's mcconfig: dist/main.js, and dist/manifest.json to be included")
		.option("--library", "instead of an application, the library: for those that mcconfig is to compile itself")
		.addHelpText(
			"after",
			'\nIn the application\'s manifest.json: "include": ["./dist/manifest.json"]. Then, with the SDK installed (docs/moddable.md):\n' +
				"  mcconfig -m -p pico -t build\n\nExamples:\n  stator moddable blinky\n  stator moddable path/to/my-app\n  stator moddable --library",
		)
		.action(async (given: string | undefined, { library = false }: { library?: boolean }) => {
			if (library === (given !== undefined))
				throw new UsageError("moddable takes an application or --library", "stator moddable path/to/my-app");
			if (given === undefined) {
				const { LIBRARY, writeLibrary } = await import("./library.ts");
				await step("library for mcconfig", () => writeLibrary());
				console.log(shown(LIBRARY));
				return;
			}
			const { writeDist } = await import("./dist.ts");
			const app = findApp(given);
			const { manifest } = await step("dist of " + app.name, () => writeDist(app));
			console.log(shown(manifest));
		});
}
