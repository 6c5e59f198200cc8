/**
 * Checks scripts for Renode's monitor (.resc), in the few commands that ours have; anything else is an error. Files exist, variables
 * are set before they are used, paths of peripherals (sysbus.….…) resolve in the platform that was loaded, those in comments too. Without a
 * file system, as platform.ts.
 */
import { posix } from "node:path";
import { eachLine, type Platform, type Problem, readPlatform, resolvePath } from "./platform.ts";

export interface Script {
	problems: Problem[];
	platform: Platform | undefined;
	/** The image that is loaded unless another is chosen: a path in the repository. */
	image: string | undefined;
}

export function readScript(file: string, read: (file: string) => string | undefined): Script {
	const script: Script = { problems: [], platform: undefined, image: undefined };
	const text = read(file);
	if (text === undefined) {
		script.problems.push({ file, line: 0, what: "there is no such file" });
		return script;
	}
	const variables = new Set(["ORIGIN", "CWD"]);
	const macros = new Set<string>();
	const mentions: { line: number; path: string }[] = [];
	let machine = false;
	let body: "none" | "expected" | "open" = "none";
	let opened = 0;
	const fromOrigin = (path: string): string => posix.join(posix.dirname(file), path.replace(/^\$ORIGIN\//, ""));

	const take = (raw: string, line: number): void => {
		const problem = (what: string): void => void script.problems.push({ file, line, what });
		const content = raw.trim();
		for (const [path] of content.matchAll(/\bsysbus(?:\.[A-Za-z][A-Za-z0-9_]*)+/g)) mentions.push({ line, path });
		if (content === "" || content.startsWith("#") || content.startsWith(":")) return;
		if (body === "expected" && content !== '"""') problem('a macro has its body between lines of """');
		if (content === '"""') {
			if (body === "none") problem('""" without a macro');
			opened = line;
			body = body === "expected" ? "open" : "none";
			return;
		}
		for (const [, used] of content.replace(/^\$\w+\s*\??=/, "").matchAll(/\$(\w+)/g))
			if (!variables.has(used) && !macros.has(used)) problem("$" + used + " is used before it is set");
		const set = /^\$(\w+)\s*(\??)=\s*(.+)$/.exec(content);
		if (set) {
			const [, own, kept, value] = set;
			if (kept === "") problem("$" + own + " is set with = : ?= leaves to the user what he has set");
			if (!/^("[^"]*"|\$ORIGIN\/\S+|[0-9]+)$/.test(value))
				problem("a value is a text, a number or a path from $ORIGIN, not " + value);
			if (own === "elf") script.image = fromOrigin(value);
			variables.add(own);
			return;
		}
		const macro = /^macro (\w+)$/.exec(content);
		if (macro) {
			macros.add(macro[1]);
			body = "expected";
			return;
		}
		const loaded = /^machine LoadPlatformDescription (\$ORIGIN\/\S+)$/.exec(content);
		if (loaded) {
			if (!machine) problem("a platform is loaded before there is a machine");
			script.platform = readPlatform(fromOrigin(loaded[1]), read);
			script.problems.push(...script.platform.problems);
			return;
		}
		if (/^mach create \$\w+$/.test(content)) {
			machine = true;
			return;
		}
		if (/^(showAnalyzer sysbus(\.\w+)+|sysbus LoadELF \$\w+|runMacro \$\w+)$/.test(content)) {
			if (!machine) problem("this needs a machine");
			return;
		}
		problem("this is no command that we know: " + content);
	};
	eachLine(file, text, script.problems, take);
	if (body !== "none") script.problems.push({ file, line: opened, what: 'a macro without an end (""")' });
	if (script.platform === undefined) script.problems.push({ file, line: 0, what: "it loads no platform" });
	else
		for (const { line, path } of mentions) {
			const found = resolvePath(script.platform, path);
			if (typeof found === "string") script.problems.push({ file, line, what: found });
		}
	if (script.image === undefined) script.problems.push({ file, line: 0, what: "it has no default for $elf" });
	return script;
}
