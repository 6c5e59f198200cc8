/** Builds and runs small programs, for the tests of every target. */
import { statSync } from "node:fs";
import { findApp, type Settings } from "../../tools/app.ts";
import { type Built, build } from "../../tools/build.ts";
import { path, root } from "../../tools/paths.ts";
import { setQuiet } from "../../tools/report.ts";
import { type RunOptions, type RunResult, run } from "../../tools/run.ts";
import { runCommand } from "../../tools/run-command.ts";
import { findTarget } from "../../tools/targets.ts";

setQuiet(true);

/** What was built last under a name, for a target: with which settings, and when its image was written. */
const builds = new Map<string, { settings: string; built: Built; written: number }>();
const written = (image: string): number => statSync(image, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Builds a program; not again, while the image is that of the same program with the same settings. */
export async function buildProgram(name: string, target: string, settings: Settings = {}): Promise<Built> {
	const place = name.startsWith("/") ? name : name.includes("/") ? path(name) : path("tests/programs", name);
	const app = findApp(place);
	// The small programs of tests are about other things; examples are proven.
	const proof = place.includes("/tests/") ? { proof: false, measure: false } : {};
	const chosen = { ...app, settings: { ...app.settings, ...proof, ...settings } };
	const key = target + " " + app.name;
	const last = builds.get(key);
	const text = JSON.stringify(chosen);
	// What lies elsewhere tests have written, and may have changed.
	if (last?.settings === text && place.startsWith(root) && written(last.built.image) === last.written)
		return last.built;
	const built = await build(chosen, findTarget(target));
	builds.set(key, { settings: text, built, written: written(built.image) });
	return built;
}

export async function runProgram(
	name: string,
	target: string,
	options: RunOptions & { settings?: Settings } = {},
): Promise<RunResult> {
	return run(await buildProgram(name, target, options.settings), { timeoutSeconds: 120, ...options });
}

/** The names in an image that have code or data of their own, as nm lists them. What stripping leaves out keeps its name, for one function. */
export async function symbolsOf(image: string, nm = "arm-none-eabi-nm"): Promise<string> {
	const { output } = await runCommand(nm, [image]);
	const leftOut = /^(\S+) [tT] stator_left_out$/m.exec(output)?.[1];
	return output
		.split("\n")
		.filter((line) => leftOut === undefined || !line.startsWith(leftOut))
		.join("\n");
}
