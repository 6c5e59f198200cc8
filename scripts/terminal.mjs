/**
 * What the scripts print with: colour where it is wanted, durations, the tail of a log, and whether a module is the
 * one that was started. Plain Node, no dependencies: the bootstrap runs before anything is installed.
 */
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";

const paint = (code) => (text) => (coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text);
export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

/** Milliseconds as people read them: `0.1 s`, `12.3 s`, `2 min 05 s`. */
export function duration(ms) {
	if (ms < 60_000) return (ms / 1000).toFixed(1) + " s";
	const s = Math.round(ms / 1000);
	return Math.floor(s / 60) + " min " + String(s % 60).padStart(2, "0") + " s";
}

/**
 * The part of a log file worth showing, indented: from the first line that matches `from`, where one is given and found,
 * else the last lines. An unreadable or empty log gives an empty string.
 */
export function tail(path, { lines = 25, from } = {}) {
	let text;
	try {
		text = readFileSync(path, "utf8");
	} catch {
		return "";
	}
	const all = text.trimEnd().split("\n");
	const first = from === undefined ? -1 : all.findIndex((line) => from.test(line));
	const kept = first < 0 ? all.slice(-lines) : all.slice(first, first + lines);
	return kept.map((line) => "    " + line).join("\n");
}

/** Was this module started by `node <file>`, as against imported by another? */
export function isMain(moduleUrl) {
	if (!process.argv[1]) return false;
	try {
		return realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));
	} catch {
		return false;
	}
}
