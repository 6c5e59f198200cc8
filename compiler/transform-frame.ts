/** The frame of a compiled function: its variables, its leaves, and the functions start, poll, cancel and unwind over them. */
import ts from "typescript";
import { inLibrary } from "./program.ts";
import type { Line } from "./source-map.ts";
import { CANCELLED, cancelText, finallyBetween, finishText, numberOf, THROWN } from "./transform-jump.ts";
import { type Compiled, type Embedded, type Form, FRAME, Machine, type Property, TIMER } from "./transform-machine.ts";
import { bind, declarePattern, withDefault } from "./transform-pattern.ts";
import { reportMachine } from "./transform-report.ts";
import { lowerStatements, returnValue } from "./transform-statement.ts";
import type { Module, Unit } from "./unit.ts";

const JOIN_HANDLE = inLibrary("src/executor/join-handle.ts");

export interface Built {
	machine: Machine;
	/** Of a frame object. */
	properties: readonly Property[];
	/** The lines of `() => { … }`, without the arrow. */
	lines: Line[];
	states: number;
	compiled: Omit<Compiled, "factory">;
}

/** Compiles a function: a first pass to learn where its variables are used, a second for the code. */
export function build(
	unit: Unit,
	module: Module,
	fn: ts.FunctionLikeDeclaration,
	kind: "task" | "embedded",
	parent: Machine | undefined,
	form: Form,
): Built {
	const first = new Machine(unit, module, fn, kind, parent, undefined, form);
	const names = new Set(first.names);
	lowerBody(first);
	first.blocks.layout();
	first.names.clear();
	for (const name of names) first.names.add(name);
	if (form === "frame" && !first.fitsFrame) return build(unit, module, fn, kind, parent, "captured");
	const m = new Machine(unit, module, fn, kind, parent, first.learn(), form);
	return print(m, lowerBody(m));
}

/** Gives the lines of `start`. */
function lowerBody(m: Machine): Line[] {
	const start = lowerParameters(m);
	const { body } = m.fn;
	if (body === undefined) throw new Error("a function without a body");
	m.localNames();
	if (ts.isBlock(body)) {
		lowerStatements(m, body.statements);
		m.blocks.position = body.end - 1;
	} else {
		m.at(body);
		returnValue(m, body);
	}
	if (!m.blocks.dead) m.stop(finishText(m, undefined));
	for (const { label, call, region } of m.cleanups) {
		m.blocks.enterFromOutside(label);
		m.region = region;
		m.blocks.place(label);
		m.emit("if (" + m.invoke(call, "poll", ["$id"]) + " === 1) return 1;");
		m.stop(cancelText(m));
	}
	m.region = undefined;
	return start;
}

/** Parameters are set by `start`: they live in the frame. */
function lowerParameters(m: Machine): Line[] {
	const parameters = m.fn.parameters.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === "this"));
	if (m.kind === "task" && parameters.length > 6)
		m.refuse(parameters[6], "a task takes at most six parameters", "pass an object that is made at start-up");
	if (parameters.some((p) => p.dotDotDotToken !== undefined))
		m.refuse(m.fn, "rest parameters make an array at each call", "name the parameters one by one");
	const before = m.blocks.current;
	const given: string[] = [];
	for (const [index, parameter] of parameters.entries()) {
		m.at(parameter);
		declarePattern(m, parameter.name);
		given.push("$p" + index);
	}
	const lines = m.aside(() => {
		for (const [index, parameter] of parameters.entries()) {
			m.at(parameter);
			const value =
				parameter.initializer === undefined ? "$p" + index : withDefault(m, "$p" + index, parameter.initializer);
			bind(m, parameter.name, value);
		}
	});
	void before;
	for (const variable of m.variables) variable.pinned = true;
	m.startParameters = given;
	return lines;
}

/** What a function's printed forms have in common. */
interface Parts {
	readonly resolve: (text: string) => string;
	readonly poll: readonly Line[];
	readonly begin: readonly Line[];
	readonly variables: readonly string[];
	readonly parameters: readonly string[];
	/** A cancellation may go on in `poll`. */
	readonly runsFinally: boolean;
	readonly cancel: readonly string[] | undefined;
	readonly unwind: readonly string[] | undefined;
	readonly position: number;
}

function print(m: Machine, start: Line[]): Built {
	const shares = m.form === "frame" && m.kind === "embedded";
	const first = m.blocks.entersFirst
		? []
		: m.kind === "embedded"
			? m.blocks.takeStraight()
			: m.blocks.takeFirst((text) => isPlainStart(m, text));
	const { count, resolve, lines: blockLines } = m.blocks.layout();
	const embeddedUnwinds = m.calls.filter(({ compiled }) => compiled.unwinds);
	const unwinds = m.regions.length > 0 || embeddedUnwinds.length > 0;
	const cancels = m.suspensions.some(({ drop }) => drop !== "") || m.regions.some(({ cancelled }) => cancelled);
	const finallies = m.regions.filter(({ kind, cancelled }) => kind === "finally" && cancelled);
	const cancelWaits = m.cleanups.length > 0 || finallies.length > 0;
	// One block and nothing that must be told apart: it is entered at its beginning each time.
	const stateless =
		count === 1 &&
		m.regions.length === 0 &&
		m.calls.length === 0 &&
		m.suspensions.every(({ drop, own }) => drop === "" || own);
	const stateText = m.inFrame("$state");
	const poll = blockLines();
	if (stateless)
		poll.forEach(({ text, position }, index) => {
			poll[index] = { text: text.replace(stateText + " = 0; ", ""), position };
		});
	else if (m.regions.length === 0 && m.calls.length === 0) storeStateOnce(poll, stateText);
	const hasState = !stateless && (m.suspensions.length > 0 || poll.some(({ text }) => /\$state\b/.test(text)));
	const numbers = [...(hasState ? ["$state"] : []), ...(m.regions.length > 0 ? ["$region"] : [])];
	const begin: Line[] = start.map(({ text, position }) => ({ text: resolve(text), position }));
	const self = m.kind === "embedded" ? "$self" : "undefined";
	if (m.usesThis) begin.push({ text: m.inFrame("$this") + " = " + self + ";", position: -1 });
	for (const name of numbers) begin.push({ text: m.inFrame(name) + " = 0;", position: -1 });
	begin.splice(m.kind === "embedded" ? begin.length : start.length, 0, ...first);
	const runsFinally = finallies.length > 0;
	const parts: Parts = {
		resolve,
		poll,
		begin,
		variables: [...m.frame.filter((name) => name !== "$region"), ...(m.usesThis ? ["$this"] : []), ...numbers],
		parameters: [...(m.usesThis && m.kind === "embedded" ? ["$self"] : []), ...m.startParameters],
		runsFinally,
		cancel: cancels ? cancelLines(m, resolve, runsFinally, stateless) : undefined,
		unwind: unwinds ? unwindLines(m, resolve, embeddedUnwinds) : undefined,
		position: m.fn.getStart(m.module.source),
	};
	const { lines, properties } = shares
		? printShared(m, parts)
		: m.form === "frame"
			? printClass(m, parts)
			: { lines: printObject(m, parts), properties: [] };
	reportMachine(m, resolve);
	const depth = m.calls.reduce((most, { compiled }) => Math.max(most, compiled.depth + 1), 0);
	return {
		machine: m,
		lines,
		properties,
		states: count,
		compiled: {
			properties: shares ? properties : undefined,
			local: shares && m.parent !== undefined,
			file: m.module.source,
			shown: m.unit.nameOf(m.fn),
			depth,
			cancels,
			cancelWaits,
			unwinds,
			yields: m.yields,
			takesThis: m.usesThis,
			states: count,
			handles: m.calls.reduce((sum, call) => sum + call.compiled.handles, m.handles.size),
		},
	};
}

/**
 * Where every wait has the same state, it is stored when the machine leaves its first state, not at each wait: nobody reads it in
 * between. A property of a frame object is the dearest thing of a turn that starts one wait.
 */
function storeStateOnce(poll: Line[], stateText: string): void {
	const store = new RegExp(stateText.replaceAll(/[$.]/g, "\\$&") + " = (\\d+); (?=return )");
	const states = new Set(poll.flatMap(({ text }) => store.exec(text)?.[1] ?? []));
	const leavesFirst = poll.findIndex(({ text }) => /^\s*if \((\ue004\.)?\$s(tate)?\) ; else \{$/.test(text));
	const [only] = states;
	if (states.size !== 1 || only === "0" || leavesFirst < 0) return;
	poll.forEach(({ text, position }, index) => {
		const found = store.exec(text);
		if (found !== null) poll[index] = { text: text.replaceAll(found[0], ""), position };
	});
	const indent = /^\t*/.exec(poll[leavesFirst].text)?.[0] + "\t";
	poll.splice(leavesFirst + 1, 0, { text: indent + stateText + " = " + only + ";", position: -1 });
}

/** What stands for the name of a function of the form frame until it has one. */
export const FACTORY = "\ue003";

/** An embedded function of the form frame: functions that get the frame object of the task that runs them. */
function printShared(m: Machine, parts: Parts): { lines: Line[]; properties: Property[] } {
	const { poll, cancel, unwind, position } = parts;
	const lines: Line[] = [];
	const all = [...poll.map(({ text }) => text), ...(cancel ?? []), ...(unwind ?? [])];
	for (const beside of m.beside) for (const { text } of beside) all.push(text.replaceAll("$f.", FRAME + "."));
	const { begin, dropped } = withoutParameters(m, parts, all);
	const put = (name: string, parameters: readonly string[], body: readonly Line[]): void => {
		lines.push({ text: "function " + FACTORY + name + "(" + ["$f", ...parameters].join(", ") + ") {", position });
		putLines(lines, named(body, "$f"), "\t");
		lines.push({ text: "}", position: -1 });
	};
	put("_start", parts.parameters, begin);
	put("_poll", ["$id"], poll);
	if (cancel !== undefined) put("_cancel", ["$id"], plain(cancel));
	if (unwind !== undefined) put("_unwind", ["$e"], plain(unwind));
	for (const beside of m.beside) lines.push(...beside);
	return {
		lines,
		properties: propertiesOf(
			m,
			parts.variables.filter((name) => !dropped.has(name)),
		),
	};
}

/** A parameter that only `start` looks at is not kept in the frame. */
function withoutParameters(
	m: Machine,
	parts: Parts,
	elsewhere: readonly string[],
): { begin: Line[]; dropped: Set<string> } {
	let begin = [...parts.begin];
	const dropped = new Set<string>();
	for (const name of parts.variables) {
		const text = m.inFrame(name);
		const mention = new RegExp(text.replaceAll("$", "\\$").replaceAll(".", "\\.") + "(?![\\w$])", "g");
		const binding = begin.findIndex(
			(line) => line.text.startsWith(text + " = $p") && /^\$p\d+;$/.test(line.text.slice(text.length + 3)),
		);
		if (binding < 0 || elsewhere.some((other) => other.search(mention) >= 0)) continue;
		const parameter = begin[binding].text.slice(text.length + 3, -1);
		begin = begin
			.filter((_, index) => index !== binding)
			.map((line) => ({ text: line.text.replaceAll(mention, () => parameter), position: line.position }));
		dropped.add(name);
	}
	return { begin, dropped };
}

/** A task, or an embedded function of the captured form: an object with the functions, which capture the variables. */
function printObject(m: Machine, parts: Parts): Line[] {
	const { resolve, poll, begin, cancel, unwind, position, runsFinally } = parts;
	const out: Line[] = [];
	const put = putInto(out);
	putVariables(m, parts.variables, put, position);
	for (const lines of m.functions)
		for (const line of lines) out.push({ text: "\t" + resolve(line.text), position: line.position });
	for (const lines of m.beside) for (const line of lines) out.push({ text: "\t" + line.text, position: line.position });
	if (runsFinally) {
		put("\tconst $poll = ($id) => {", position);
		putLines(out, poll, "\t\t");
		put("\t};");
	}
	put("\treturn {");
	if (begin.length > 0 || m.kind === "embedded") {
		put("\t\tstart(" + parts.parameters.join(", ") + ") {", position);
		putLines(out, begin, "\t\t\t");
		put("\t\t},");
	}
	if (runsFinally) put("\t\tpoll: $poll,");
	else {
		put("\t\tpoll(" + idOf(poll) + ") {", position);
		putLines(out, poll, "\t\t\t");
		put("\t\t},");
	}
	if (cancel !== undefined) {
		put("\t\tcancel(" + idOf(plain(cancel)) + ") {");
		putLines(out, plain(cancel), "\t\t\t");
		put("\t\t},");
	}
	if (unwind !== undefined) {
		put("\t\tunwind($e) {");
		putLines(out, plain(unwind), "\t\t\t");
		put("\t\t},");
	}
	put("\t};");
	return out;
}

/** A task of the form frame: a class whose instances are the frame objects. The round calls its poll with the object as `this`. */
function printClass(m: Machine, parts: Parts): { lines: Line[]; properties: Property[] } {
	const { poll, begin, cancel, unwind, position } = parts;
	const out: Line[] = [];
	const put = putInto(out);
	for (const lines of m.beside) for (const line of lines) out.push({ text: "\t" + line.text, position: line.position });
	put("\treturn class {");
	const method = (head: string, body: readonly Line[], at = -1): void => {
		put("\t\t" + head + " {", at);
		const asVariable = m.makesClosures && body.some(({ text }) => text.includes(FRAME));
		if (asVariable) put("\t\t\tconst $f = this;");
		putLines(out, named(body, asVariable ? "$f" : "this"), "\t\t\t");
		put("\t\t}");
	};
	// First: the round looks for it from the front.
	method("poll(" + idOf(poll) + ")", poll, position);
	if (begin.length > 0) method("start(" + parts.parameters.join(", ") + ")", begin, position);
	if (cancel !== undefined) method("cancel(" + idOf(plain(cancel)) + ")", plain(cancel));
	if (unwind !== undefined) method("unwind($e)", plain(unwind));
	const properties = propertiesOf(m, parts.variables);
	for (const { name, create } of properties) put("\t\t" + name + " = " + create(m.module) + ";", position);
	put("\t};");
	return { lines: out, properties };
}

function putInto(out: Line[]): Put {
	return (text, position = -1) => {
		out.push({ text, position });
	};
}

function putLines(out: Line[], lines: readonly Line[], tabs: string): void {
	for (const { text, position } of lines) out.push({ text: tabs + text, position });
}

function plain(texts: readonly string[]): Line[] {
	return texts.map((text) => ({ text, position: -1 }));
}

/** Lines with a name for the frame object. */
function named(lines: readonly Line[], name: string): Line[] {
	return lines.map(({ text, position }) => ({ text: text.replaceAll(FRAME, name), position }));
}

/** The parameter of a function that may look at the task's id. */
function idOf(lines: readonly Line[]): string {
	return lines.some(({ text }) => /\$id\b/.test(text)) ? "$id" : "";
}

/** The properties of a frame object that this function needs, those of the functions that it embeds among them. */
function propertiesOf(m: Machine, variables: readonly string[]): Property[] {
	const all = new Map<string, Property>();
	const add = (name: string, create: Property["create"]): void => {
		if (!all.has(name)) all.set(name, { name, create });
	};
	for (const name of variables) add(m.prefix + name, () => (/^\$(state|region)$/.test(name) ? "0" : "undefined"));
	for (const { own, create } of m.leaves) add(own === TIMER ? own : m.prefix + own, create);
	for (const { name, compiled } of m.calls)
		if (compiled.properties === undefined) add(m.prefix + name, (module) => m.unit.useFactory(module, compiled) + "()");
		else for (const property of compiled.properties) add(property.name, property.create);
	for (const name of m.handles.values())
		add(m.prefix + name, (module) => "new " + m.unit.importLibrary(module, JOIN_HANDLE, "JoinHandle") + "()");
	return [...all.values()];
}

/**
 * Variables of the frame whose first values are constants get them from `start`: a loop at the beginning is then entered
 * at its head, first or later, and needs no test for it.
 */
function isPlainStart(m: Machine, text: string): boolean {
	const [, name] =
		/^(?:\ue004\.)?([\w$]+) = (?:-?\d+(?:\.\d+)?|true|false|null|undefined|"[^"\\]*");$/.exec(text) ?? [];
	return name !== undefined && text.startsWith(m.inFrame(name)) && m.frame.includes(name) && !name.startsWith("$");
}

type Put = (text: string, position?: number) => void;

/** The captured form: variables of the factory. */
function putVariables(m: Machine, variables: readonly string[], put: Put, position: number): void {
	for (const { own, create } of m.leaves) put("\tconst " + own + " = " + create(m.module) + ";", position);
	for (const { name, compiled } of m.calls) {
		const functions = ["start", "poll"].map((member) => name + "_" + member + " = " + name + "." + member);
		put(
			"\tconst " + name + " = " + m.unit.useFactory(m.module, compiled) + "(), " + functions.join(", ") + ";",
			position,
		);
		if (compiled.cancels) put("\tconst " + name + "_cancel = " + name + ".cancel;");
		if (compiled.unwinds) put("\tconst " + name + "_unwind = " + name + ".unwind;");
	}
	for (const name of m.handles.values()) put("\tconst " + name + " = new " + m.handleClass + "();", position);
	const texts = variables.map((name) => (/^\$(state|region)$/.test(name) ? name + " = 0" : name));
	if (texts.length > 0) put("\tlet " + texts.join(", ") + ";");
}

function cancelLines(
	m: Machine,
	resolve: (text: string) => string,
	runsFinally: boolean,
	stateless: boolean,
): string[] {
	const lines: string[] = [];
	const goOn =
		m.form === "captured" ? "$poll($id)" : m.kind === "embedded" ? FACTORY + "_poll($f, $id)" : "this.poll($id)";
	const [stateText, regionText] = [m.inFrame("$state"), m.inFrame("$region")];
	const ways = new Map<string, { states: string[]; own: boolean }>();
	for (const { label, drop, cleanup, own } of m.suspensions) {
		if (drop === "") continue;
		const action =
			cleanup === undefined
				? drop
				: "if (" + drop + " === 1) { " + stateText + " = " + resolve(m.blocks.state(cleanup)) + "; return 1; }";
		const way = ways.get(action) ?? { states: [], own };
		way.states.push(resolve(m.blocks.state(label)));
		ways.set(action, way);
	}
	const only = ways.size === 1 ? [...ways][0] : undefined;
	if (stateless) for (const [action] of ways) lines.push(action);
	else if (only?.[1].own) lines.push(only[0]);
	else
		for (const [action, { states }] of ways)
			lines.push(
				"if (" + [...new Set(states)].map((state) => stateText + " === " + state).join(" || ") + ") { " + action + " }",
			);
	if (runsFinally) {
		const groups = new Map<number, number[]>();
		for (const region of m.regions) {
			const target = finallyBetween(region, undefined);
			if (target?.cancelled) groups.set(target.number, [...(groups.get(target.number) ?? []), region.number]);
		}
		for (const [number, from] of groups) {
			const region = m.regions[number - 1];
			lines.push("if (" + from.map((n) => regionText + " === " + n).join(" || ") + ") {");
			lines.push(
				"\t" +
					m.inFrame("$kind" + region.record) +
					" = " +
					CANCELLED +
					"; " +
					regionText +
					" = " +
					numberOf(region.parent) +
					"; " +
					stateText +
					" = " +
					resolve(m.blocks.state(region.handler)) +
					";",
				"\treturn " + goOn + ";",
				"}",
			);
		}
	}
	if (m.regions.length > 0) lines.push(regionText + " = 0;");
	lines.push("return 0;");
	return lines;
}

function unwindLines(m: Machine, resolve: (text: string) => string, calls: readonly Embedded[]): string[] {
	const lines: string[] = [];
	for (const call of calls) lines.push("if (" + m.invoke(call, "unwind", ["$e"]) + ") return true;");
	const [stateText, regionText] = [m.inFrame("$state"), m.inFrame("$region")];
	for (const region of m.regions) {
		const [kind, value] = [m.inFrame("$kind" + region.record), m.inFrame("$value" + region.record)];
		const store =
			region.kind === "catch" ? m.inFrame("$error") + " = $e;" : kind + " = " + THROWN + "; " + value + " = $e;";
		const handler = resolve(m.blocks.state(region.handler));
		const go = regionText + " = " + numberOf(region.parent) + "; " + stateText + " = " + handler + "; return true;";
		lines.push("if (" + regionText + " === " + region.number + ") { " + store + " " + go + " }");
	}
	lines.push("return false;");
	return lines;
}
