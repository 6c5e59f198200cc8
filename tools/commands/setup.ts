/** Commands about the tools themselves: doctor, completion. */
import { existsSync, readdirSync } from "node:fs";

import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { path } from "../paths.ts";
import { bold, EXIT, green, red, UsageError } from "../report.ts";

/** Applications that can be named here: the examples, and folders with a main.ts. */
function appNames(): string[] {
	const applications = (folder: string): string[] =>
		readdirSync(folder).filter((name) => existsSync(folder + "/" + name + "/main.ts"));
	return [...applications(path("examples")), ...applications(process.cwd())];
}

/** The script asks bash-completion for the words of the line; where that is not installed, bash has them too. */
const WITHOUT_BASH_COMPLETION = `declare -F _get_comp_words_by_ref > /dev/null || _get_comp_words_by_ref() {
    cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} cword=$COMP_CWORD
    words=("\${COMP_WORDS[@]}")
}`;

async function doctor(asked: string[], { json }: { json?: boolean }): Promise<void> {
	const { diagnose, USES, USUAL } = await import("../doctor.ts");
	const unknown = asked.find((use) => !(use in USES) && use !== "all");
	if (unknown !== undefined)
		throw new UsageError('there is no use "' + unknown + '"', "uses: " + [...Object.keys(USES), "all"].join(", "));
	const uses = asked.includes("all") ? Object.keys(USES) : asked.length === 0 ? USUAL : asked;
	const diagnosis = await diagnose(uses);
	process.exitCode = diagnosis.missing.length === 0 ? EXIT.ok : EXIT.found;
	if (json) {
		console.log(JSON.stringify(diagnosis, undefined, "\t"));
		return;
	}
	for (const [use, what] of Object.entries(USES)) {
		const items = diagnosis.items.filter((item) => item.uses.includes(use));
		const missing = items.filter(({ present }) => !present);
		const state =
			missing.length === 0 ? green("ready") : uses.includes(use) ? red("not ready", process.stdout) : "not ready";
		console.log(bold(use.padEnd(10)) + state + "  (" + what + ")");
		for (const { name, present, found } of items)
			if (present && asked.length > 0 && uses.includes(use))
				console.log("    there    " + name + (found === undefined ? "" : ": " + found));
		for (const { name, install } of missing) console.log("    missing  " + name + "\n             " + install);
	}
	if (diagnosis.missing.length > 0)
		console.log("\nmissing for " + uses.join(", ") + ": " + diagnosis.missing.join(", "));
}

/** The last to be called: the completion knows the commands that are there by then. */
export function addSetupCommands(program: Command): void {
	program
		.command("doctor [uses...]")
		.description("say what is installed, what is missing for which use, and how to install it")
		.option("--json", "as JSON")
		.addHelpText(
			"after",
			"\nUses: build, linux, emulate, debug (these unless told), test, flash, manage, renode, moddable, bench, all.\n" +
				"Exit status: 0 what was asked for is ready, 3 something is missing.\n" +
				"\nExamples:\n  stator doctor\n  stator doctor flash\n  stator doctor all --json",
		)
		.action(doctor);
	const completions = tab(program, { completionCommandName: "completion" });
	for (const command of program.commands)
		if (command.registeredArguments[0]?.name() === "app")
			completions.commands.get(command.name())?.argument("app", (offer) => {
				for (const name of appNames()) offer(name, "");
			});
	program.commands
		.find((command) => command.name() === "completion")
		?.action((shell: string) => {
			if (shell === "bash") console.log(WITHOUT_BASH_COMPLETION);
			completions.setup("stator", "stator", shell);
		})
		.description("print the script that makes a shell complete stator's commands, options and boards")
		.addHelpText(
			"after",
			"\nThe command must be on the PATH as stator.\n" +
				"\nExamples:\n  source <(stator completion bash)            # in ~/.bashrc\n  source <(stator completion zsh)             # in ~/.zshrc\n  stator completion fish > ~/.config/fish/completions/stator.fish",
		);
}
