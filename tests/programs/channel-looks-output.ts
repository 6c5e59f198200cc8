/** What tests/programs/channel-looks.ts logs on the simulated machine, where compiled tasks call the methods of src/sync: what every target must log. */
import { readFileSync } from "node:fs";
import { onPrint } from "../../hal/sim/index.ts";
import { path } from "../../tools/paths.ts";
import { compileAndLoad } from "../compiler/harness.ts";
import { logged } from "./sync-output.ts";

export function looksOnTheSimulatedMachine(): string[] {
	let output = "";
	onPrint((line) => {
		output += line + "\n";
	});
	compileAndLoad({ "main.ts": readFileSync(path("tests/programs/channel-looks.ts"), "utf8") });
	onPrint(() => {});
	return logged(output);
}
