/** Commands for a board that is there: flash. */
import type { Command } from "commander";
import { findApp } from "../app.ts";
import { build } from "../build.ts";
import { quoted } from "../debug.ts";
import { type FlashOptions, flash, flashPlan } from "../flash.ts";
import { chipOf, findPyocd, needPyocd } from "../pyocd.ts";
import { findTarget } from "../targets.ts";
import { boardOption } from "./options.ts";

interface FlashSwitches {
	board: string;
	uid?: string;
	pyocd?: string;
	verify: boolean;
	reset: boolean;
	dryRun?: boolean;
	json?: boolean;
}

export function addDeviceCommands(program: Command): void {
	program
		.command("flash <app>")
		.description("build an application and write it to a board with pyocd: erase, program, compare, reset")
		.addOption(boardOption())
		.option("--uid <id>", "the debug probe, when there are several (pyocd list)")
		.option("--pyocd <program>", "pyocd; default: from the PATH, or from build/pyocd")
		.option("--no-verify", "do not compare the board's memory with the image")
		.option("--no-reset", "leave the board stopped")
		.option("--dry-run", "print pyocd.yaml and the command, and do nothing")
		.option("--json", "the result as JSON")
		.addHelpText(
			"after",
			"\nWhat pyocd calls the chip stands in the board's board.json.\n" +
				"\nExamples:\n  stator flash blinky --board nrf52840dk\n  stator flash blinky --board microbit --uid 9900\n  stator flash blinky --board netduinoplus2 --dry-run",
		)
		.action(async (given: string, options: FlashSwitches) => {
			const target = findTarget(options.board);
			const choices: FlashOptions = {
				verify: options.verify,
				reset: options.reset,
				...(options.uid === undefined ? {} : { uid: options.uid }),
				...(options.pyocd === undefined ? {} : { pyocd: options.pyocd }),
			};
			// Before anything is built for nothing.
			chipOf(target);
			if (!options.dryRun) needPyocd(options.pyocd);
			const built = await build(findApp(given), target);
			if (options.dryRun) {
				const plan = flashPlan(built, choices, findPyocd(options.pyocd) ?? "pyocd");
				const [command, args] = plan.command;
				if (options.json)
					console.log(
						JSON.stringify({ configuration: plan.configuration, command: [command, ...args] }, undefined, "\t"),
					);
				else
					console.log(
						"# " +
							plan.configuration.file +
							"\n" +
							plan.configuration.text +
							"\n" +
							[command, ...args].map(quoted).join(" "),
					);
				return;
			}
			const done = await flash(built, choices);
			if (options.json) console.log(JSON.stringify(done, undefined, "\t"));
			else
				console.log(
					done.bytes +
						" bytes on " +
						done.board +
						(done.verified ? ", compared" : "") +
						(options.reset ? ", running" : ", stopped"),
				);
		});
}
