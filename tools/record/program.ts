/** What a program that is recorded or replayed has beside others: what it may not have, the digest of its source, its own native functions. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { App } from "../app.ts";
import type { Bundle } from "../bundle.ts";
import { path, root, shown } from "../paths.ts";
import { UserError } from "../report.ts";
import type { Target } from "../targets.ts";
import { decisiveSettings, type RecordInfo } from "./frame.ts";

type Natives = ReadonlyMap<string, string>;

const isLibrary = (file: string): boolean => file.startsWith(root + "/src/") || file.startsWith(root + "/hal/");
const isOwn = (file: string): boolean => !file.startsWith(path("native") + "/");

/** What C of the application may not call: it would reach the executor past the record. */
const PAST_THE_RECORD =
	/\b(stator_(?:wake|due|tick|signal_\w+|channel_\w+|pipe_\w+|pool_\w+|message_\w+|queue_\w+|interrupts_\w+|ready_\w+)|uring_\w+)\s*\(/;

/** Refuses, by name, what a record does not cover. Not asked to be recorded: anything goes. */
export function checkRecordable(app: App, natives: Natives, main: Bundle): void {
	if (!app.settings.record) return;
	const refuse = (what: string): never => {
		throw new UserError(
			app.name + " cannot be recorded: record does not cover " + what + " yet",
			"docs/record-and-replay.md says what it covers; take the setting record out of the manifest to build without",
		);
	};
	const [level] = app.levels ?? [];
	if (level !== undefined) refuse('levels: "' + level.name + '" preempts the executor that is recorded');
	if (main.actorVectors > 0) refuse("actors (run of stator/actor)");
	if (main.threads !== undefined) refuse("threads (stator/threads)");
	if ([...natives.values()].includes(path("native/xs/flash.js"))) refuse("flash (stator/image)");
	for (const source of app.sources) {
		const found = PAST_THE_RECORD.exec(readFileSync(source, "utf8"));
		if (found !== null) refuse(found[1] + " called by " + shown(source));
	}
}

/**
 * The digest of a program's source: of its modules and of the library's, of its native functions, and of the policy. With a trace and
 * without it is the same.
 */
export function digestOf(app: App, files: readonly string[], natives: Natives): string {
	const folder = dirname(app.main);
	const own = [...natives.values()].filter(isOwn);
	const named = [...new Set([...files, ...own, ...app.sources])]
		.filter((file) => file !== path("hal/shared/trace-off.ts"))
		.map((file) => [isLibrary(file) ? "stator/" + relative(root, file) : relative(folder, file), file])
		.sort(([a], [b]) => (a < b ? -1 : 1));
	const hash = createHash("sha256").update(JSON.stringify({ policy: app.policy ?? "fair" }));
	for (const [name, file] of named) hash.update("\0" + name + "\0").update(readFileSync(file));
	return hash.digest("hex").slice(0, 32);
}

/** What the image says of itself, for whoever gets its record. */
export const nameOf = (app: App, target: Target, digest: string): string =>
	[app.name.replace(/-recorded$/, ""), target.name, digest].join("/");

/** The C file with the names of a board's vectors, as native/cortex-m/platform.cmake finds it. */
function vectorNames({ folder }: Target): string {
	const chip = /set\(STATOR_CHIP (\S+)\)/.exec(readFileSync(folder + "/board.cmake", "utf8"))?.[1];
	const names = path("native/cortex-m/chips", chip ?? "", "names.c");
	return existsSync(names) ? names : path("native/cortex-m/no-names.c");
}

/** In the program's folder: what begins the file that a program on Linux writes. */
export const INFO_FILE = "/record-info.c";

/** Its C text; undefined: the program writes none. */
export function recordInfoSource(app: App, target: Target, digest: string): string | undefined {
	if (!app.settings.record || target.platform !== "linux" || target.replays !== undefined) return undefined;
	const [program] = nameOf(app, target, digest).split("/");
	const info: RecordInfo = {
		stator: "record",
		program,
		app: shown(app.main),
		target: target.name,
		digest,
		settings: decisiveSettings(app.settings, true),
	};
	const bytes = [...Buffer.from(JSON.stringify(info) + "\n"), 0];
	return "extern const char stator_record_info[];\nconst char stator_record_info[] = { " + bytes.join(", ") + " };\n";
}

/** Lines of CMake for a program that is recorded, or replayed. */
export function recordSettings(app: App, target: Target, digest: string, folder: string): string {
	const { record, recordLimit } = app.settings;
	if (target.replays?.platform === "linux") return "set(PROGRAM_RECORDED replay)\n";
	if (target.replays !== undefined) return 'list(APPEND PROGRAM_SOURCES "' + vectorNames(target.replays) + '")\n';
	if (!record) return "";
	const info = target.platform === "linux" ? 'list(APPEND PROGRAM_SOURCES "' + folder + INFO_FILE + '")\n' : "";
	return (
		info +
		"set(PROGRAM_RECORD STATOR_RECORD_BYTES=" +
		record +
		" STATOR_RECORD_LIMIT=" +
		(recordLimit ?? 0) +
		' [[STATOR_RECORD_NAME="' +
		nameOf(app, target, digest) +
		'"]])\n'
	);
}

/** The C functions behind the application's own native functions. */
export function ownNatives(natives: Natives): string[] {
	const names = [...natives.values()]
		.filter(isOwn)
		.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\) @ "(\w+)"/g)].map(([, name]) => name));
	return [...new Set(names)].sort();
}

/** C that stands between the program and its own native functions: it notes what they give, or gives what they gave. */
export function ownNativesSource(names: readonly string[], target: Target): string {
	const lines = ['#include "record-native.h"', ""];
	for (const name of names)
		if (target.replays !== undefined)
			lines.push(
				"void " + name + "(struct sxMachine *the);",
				"void " + name + "(struct sxMachine *the) { stator_record_native(the, 0); }",
			);
		else
			lines.push(
				"void __real_" + name + "(struct sxMachine *the);",
				"void __wrap_" + name + "(struct sxMachine *the);",
				"void __wrap_" + name + "(struct sxMachine *the) { stator_record_native(the, __real_" + name + "); }",
			);
	return lines.join("\n") + "\n";
}

/** Lines of CMake that link it. */
export function ownNativesLines(names: readonly string[], folder: string, target: Target): string {
	if (names.length === 0) return "";
	const source = 'list(APPEND PROGRAM_SOURCES "' + folder + '/own-natives.c")\n';
	return source + (target.replays === undefined ? "set(PROGRAM_WRAPPED " + names.join(" ") + ")\n" : "");
}
