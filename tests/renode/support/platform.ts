/**
 * Reads and checks platform descriptions (.repl), in the part of their language that Renode 1.16.1 and newer accept alike and that
 * we use; anything else is an error, and so is a name that leads nowhere:
 *
 *   using "file"                                    at the top; resolved beside the file, or in models.ts's list of Renode's own
 *   name: Type @ register [point]                   point: an address, <address, +size>, or a number; register: sysbus, none, a peripheral
 *   name:                                           more attributes of a peripheral that stands above
 *       parameter: value                            known to the model (models.ts), of its kind; references lead to peripherals
 *       [source] -> destination@number              number and name, or lists of numbers of the same length: [0-3, 5] -> x@[6-9, 23]
 *       init:                                       of sysbus: Tag <from, to> "name"
 *
 * Without a file system: the caller hands in the text of each file (`read`).
 */
import { posix } from "node:path";
import { type Model, models, platformsOfRenode } from "./models.ts";

export interface Problem {
	file: string;
	line: number;
	what: string;
}

export interface Peripheral {
	name: string;
	type: string;
	line: number;
	file: string;
	/** "sysbus", "none", or the peripheral that it is registered at. */
	at: string;
	address?: number;
	bytes?: number;
	parameters: Map<string, string>;
	/** Interrupts: source (name or number) to destination and its number. */
	lines: { source: string; destination: string; number: number; line: number }[];
}

/** A line that cannot be taken; the next one can. */
export class Refusal extends Error {}

/** Hands the lines of a text to `take`; what it refuses becomes a problem. */
export function eachLine(
	file: string,
	text: string,
	problems: Problem[],
	take: (raw: string, line: number) => void,
): void {
	for (const [index, raw] of text.split("\n").entries())
		try {
			take(raw, index + 1);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			problems.push({ file, line: index + 1, what: error.message });
		}
}

export interface Platform {
	peripherals: Map<string, Peripheral>;
	problems: Problem[];
}

const name = "[A-Za-z][A-Za-z0-9_]*";
const number = "0x[0-9A-Fa-f]+|[0-9]+";
const declaration = new RegExp(`^(${name}): ((?:${name}\\.)*${name}) @ (${name})(?: (.+))?$`);
const extension = new RegExp(`^(${name}):$`);
const parameter = new RegExp(`^(${name}): (.+)$`);
const connection = new RegExp(`^(?:(${name}|${number}|\\[[^\\]]*\\]) )?-> (${name})@(${number}|\\[[^\\]]*\\])$`);
const tag = new RegExp(`^Tag <(${number}), (${number})> "[^"]+"$`);

/** The numbers of `7` or `[0-3, 5]`; undefined when it is neither. */
export function numbersOf(text: string): number[] | undefined {
	const found: number[] = [];
	for (const part of text.replace(/^\[(.*)\]$/, "$1").split(",")) {
		const match = new RegExp(`^\\s*(${number})(?:-(${number}))?\\s*$`).exec(part);
		if (!match) return undefined;
		const first = Number(match[1]);
		const last = match[2] === undefined ? first : Number(match[2]);
		if (last < first) return undefined;
		for (let value = first; value <= last; value++) found.push(value);
	}
	return found;
}

/** What newer or older versions of Renode read differently, or not at all. */
const forbidden: [RegExp, string][] = [
	[/\t/, "a tab: indent with four spaces"],
	[/[{}]/, "braces: Renode 1.16.1 does not read { key: value }, and we need no lists of registrations"],
	[/[,;]\s*$/, "a separator at the end of a line"],
	[/,\s*\]/, "a separator at the end of a list"],
	[/: *(True|False|TRUE|FALSE)$/, "true and false are written in lower case"],
	[/\bprefixed\b/, "using … prefixed: Renode 1.16.1 does not know it"],
	[/'''/, "a text over several lines"],
	[/\/\*/, "a comment over several lines"],
];

const kinds: Record<string, RegExp> = {
	number: new RegExp(`^(${number})$`),
	text: /^"[^"]*"$/,
	boolean: /^(true|false)$/,
	enum: new RegExp(`^${name}\\.${name}$`),
	reference: new RegExp(`^${name}$`),
};

interface State extends Platform {
	tags: { file: string; line: number; from: number; to: number }[];
	seen: Set<string>;
	read: (file: string) => string | undefined;
}

function withoutComment(line: string): string {
	return line.replace(/(^|\s)\/\/.*$/, "$1").trimEnd();
}

function readUsing(state: State, file: string, target: string, problem: (what: string) => void): void {
	if (platformsOfRenode.includes(target)) return;
	const path = posix.join(posix.dirname(file), target);
	if (state.read(path) === undefined)
		problem('"' + target + "\" is neither a file here nor on the list of Renode's own (models.ts)");
	else if (state.seen.has(path)) problem('"' + target + '" is used already, or uses itself');
	else readFile(state, path);
}

function declare(state: State, file: string, line: number, match: RegExpExecArray, problem: (what: string) => void) {
	const [, own, type, at, point] = match;
	const model: Model | undefined = models[type];
	if (model === undefined) problem("the model " + type + " is not in models.ts: look it up in Renode 1.16.1 first");
	const earlier = state.peripherals.get(own);
	if (earlier !== undefined) problem(own + " is declared already, in line " + earlier.line + " of " + earlier.file);
	const peripheral: Peripheral = { name: own, type, line, file, at, parameters: new Map(), lines: [] };
	const range = new RegExp(`^<(${number}), \\+(${number})>$`).exec(point ?? "");
	if (range) {
		peripheral.address = Number(range[1]);
		peripheral.bytes = Number(range[2]);
	} else if (point !== undefined) {
		if (!kinds.number.test(point)) problem("the place " + point + " is neither a number nor <address, +size>");
		else if (at === "sysbus") peripheral.address = Number(point);
	} else if (at === "sysbus" && model?.bytes !== 0) problem(own + " has no address");
	if (peripheral.address !== undefined && peripheral.bytes === undefined && model?.bytes !== undefined)
		peripheral.bytes = model.bytes;
	state.peripherals.set(own, peripheral);
	return peripheral;
}

function connect(owner: Peripheral, line: number, match: RegExpExecArray): void {
	const [, source, destination, ends] = match;
	const model: Model | undefined = models[owner.type];
	const targets = numbersOf(ends);
	if (targets === undefined) throw new Refusal(ends + " is no number and no list of numbers");
	let sources: string[];
	if (source === undefined) {
		sources = [model?.drives[0] ?? ""];
		if (model && (sources[0] === "" || sources[0] === "*"))
			throw new Refusal(
				owner.type + " has no default interrupt: name one of " + model.drives.filter(Boolean).join(", "),
			);
	} else if (new RegExp(`^${name}$`).test(source)) {
		sources = [source];
		if (model && !model.drives.includes(source))
			throw new Refusal(
				owner.type + " has no interrupt " + source + "; it has: " + model.drives.filter(Boolean).join(", "),
			);
	} else {
		const list = numbersOf(source);
		if (list === undefined) throw new Refusal(source + " is no list of numbers");
		if (model && !model.drives.includes("*")) throw new Refusal(owner.type + " has no numbered lines");
		sources = list.map(String);
	}
	if (sources.length !== targets.length)
		throw new Refusal(sources.length + " lines to " + targets.length + " numbers: " + match[0]);
	sources.forEach((from, index) => {
		owner.lines.push({ source: from, destination, number: targets[index], line });
	});
}

function readFile(state: State, file: string): void {
	state.seen.add(file);
	const text = state.read(file);
	if (text === undefined) {
		state.problems.push({ file, line: 0, what: "there is no such file" });
		return;
	}
	let owner: Peripheral | undefined;
	let init = false;
	const take = (raw: string, line: number): void => {
		const content = withoutComment(raw);
		if (content === "") return;
		const problem = (what: string): void => void state.problems.push({ file, line, what });
		const bad = forbidden.find(([pattern]) => pattern.test(content));
		if (bad) throw new Refusal(bad[1]);
		const indent = content.length - content.trimStart().length;
		const body = content.trimStart();
		if (indent === 0) {
			init = false;
			owner = undefined;
			const using = /^using "([^"]+)"$/.exec(body);
			if (using) {
				if (state.peripherals.size > 0) problem("using stands after a declaration");
				readUsing(state, file, using[1], problem);
				return;
			}
			const declared = declaration.exec(body);
			if (declared) {
				owner = declare(state, file, line, declared, problem);
				return;
			}
			const extended = extension.exec(body);
			if (!extended) throw new Refusal("this is no declaration that we know: " + body);
			if (extended[1] === "sysbus")
				owner = { name: "sysbus", type: "", line, file, at: "", parameters: new Map(), lines: [] };
			else owner = state.peripherals.get(extended[1]);
			if (owner === undefined) problem(extended[1] + " is extended before it is declared");
			return;
		}
		if (owner === undefined) return;
		if (indent === 8 && init) {
			const tagged = tag.exec(body);
			if (!tagged) throw new Refusal('the only command that we know in init is: Tag <from, to> "name"');
			state.tags.push({ file, line, from: Number(tagged[1]), to: Number(tagged[2]) });
			return;
		}
		if (indent !== 4) throw new Refusal("an indent of " + indent + " spaces; attributes have 4");
		init = false;
		if (owner.name === "sysbus") {
			if (body === "init:") init = true;
			else problem("sysbus has nothing but init: here");
			return;
		}
		const connected = connection.exec(body);
		if (connected) {
			connect(owner, line, connected);
			return;
		}
		const given = parameter.exec(body);
		if (!given) throw new Refusal("this is no attribute that we know: " + body);
		const [, key, value] = given;
		const kind = models[owner.type]?.parameters[key]?.replace("!", "");
		if (models[owner.type] && kind === undefined) throw new Refusal(owner.type + " takes no " + key);
		if (kind !== undefined && !kinds[kind].test(value)) throw new Refusal(key + " is a " + kind + ", not " + value);
		owner.parameters.set(key, value);
		if (key === "size" && owner.address !== undefined && owner.bytes === undefined) owner.bytes = Number(value);
	};
	eachLine(file, text, state.problems, take);
}

/** What can be said only when everything has been read. */
function checkNames(state: State): void {
	for (const peripheral of state.peripherals.values()) {
		const { file, line, type, at } = peripheral;
		const problem = (what: string, where = line): void => void state.problems.push({ file, line: where, what });
		const model: Model | undefined = models[type];
		if (at !== "sysbus" && at !== "none" && !state.peripherals.has(at))
			problem(peripheral.name + " is registered at " + at + ", which is not declared");
		for (const [key, kind] of Object.entries(model?.parameters ?? {})) {
			const value = peripheral.parameters.get(key);
			if (value === undefined && kind.endsWith("!")) problem(type + " needs " + key);
			if (value !== undefined && kind.startsWith("reference") && !state.peripherals.has(value))
				problem(key + " refers to " + value + ", which is not declared");
		}
		for (const { destination, number: end, line: where } of peripheral.lines) {
			const receiver = state.peripherals.get(destination);
			if (receiver === undefined) problem("the interrupt goes to " + destination + ", which is not declared", where);
			else if (models[receiver.type] && models[receiver.type].receives === 0)
				problem("the interrupt goes to " + destination + ": a " + receiver.type + " receives none", where);
			else if (models[receiver.type] && end >= models[receiver.type].receives)
				problem(destination + " has " + models[receiver.type].receives + " inputs, there is no " + end, where);
		}
		if (peripheral.address !== undefined && peripheral.bytes === undefined)
			problem(peripheral.name + " has no size: write <address, +size>");
	}
}

const hex = (value: number): string => "0x" + value.toString(16).toUpperCase().padStart(8, "0");

function checkAddresses(state: State): void {
	const placed = [...state.peripherals.values()]
		.filter(({ address, bytes }) => address !== undefined && bytes !== undefined && bytes > 0)
		.map(({ name: own, file, line, address = 0, bytes = 0 }) => ({
			own,
			file,
			line,
			from: address,
			to: address + bytes - 1,
		}));
	const tags = state.tags.map(({ file, line, from, to }) => ({ own: "the tag", file, line, from, to }));
	const all = [...placed, ...tags].sort((a, b) => a.from - b.from);
	for (const { file, line, from, to } of all)
		if (to < from || to > 0xffffffff)
			state.problems.push({ file, line, what: "the addresses " + hex(from) + " to " + hex(to) + " are none" });
	for (let i = 1; i < all.length; i++) {
		const [first, second] = [all[i - 1], all[i]];
		if (second.from > first.to) continue;
		const { file, line, own, from } = second;
		state.problems.push({
			file,
			line,
			what: own + " at " + hex(from) + " overlaps " + first.own + ", which ends at " + hex(first.to),
		});
	}
}

/** Reads a platform with all that it uses, and checks it. */
export function readPlatform(file: string, read: (file: string) => string | undefined): Platform {
	const state: State = { peripherals: new Map(), problems: [], tags: [], seen: new Set(), read };
	readFile(state, file);
	checkNames(state);
	checkAddresses(state);
	return { peripherals: state.peripherals, problems: state.problems };
}

/** What a path such as sysbus.gpioPortA.led leads to: the chain of registrations, or why not. */
export function resolvePath(platform: Platform, path: string): Peripheral | string {
	const steps = path.split(".");
	if (steps.shift() !== "sysbus") return path + " does not begin at sysbus";
	let at = "sysbus";
	let found: Peripheral | undefined;
	for (const step of steps) {
		found = platform.peripherals.get(step);
		if (found === undefined) return path + ": there is no " + step;
		if (found.at !== at) return path + ": " + step + " is registered at " + found.at + ", not at " + at;
		at = step;
	}
	return found ?? path + " names nothing";
}

export const formatProblem = ({ file, line, what }: Problem): string => file + ":" + line + ": " + what;
