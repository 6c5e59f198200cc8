/** The frame of a compiled function: its variables, its leaves, and the functions start, poll, cancel and unwind over them. */
import ts from "typescript";
import { inLibrary } from "./program.ts";
import type { Line } from "./source-map.ts";
import { CANCELLED, cancelText, finallyBetween, finishText, numberOf, THROWN } from "./transform-jump.ts";
import { type Compiled, type Embedded, type Form, Machine } from "./transform-machine.ts";
import { bind, declarePattern, withDefault } from "./transform-pattern.ts";
import { reportMachine } from "./transform-report.ts";
import { lowerStatements, returnValue } from "./transform-statement.ts";
import type { Module, Unit } from "./unit.ts";

const TABLE = inLibrary("src/executor/table.ts");

export interface Built {
	machine: Machine;
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
		m.emit("if (" + m.functionOf(call, "poll") + "($id) === 1) return 1;");
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

function print(m: Machine, start: Line[]): Built {
	const { count, resolve, lines: blockLines } = m.blocks.layout();
	const embeddedUnwinds = m.calls.filter(({ compiled }) => compiled.unwinds);
	const unwinds = m.regions.length > 0 || embeddedUnwinds.length > 0;
	const cancels = m.suspensions.some(({ drop }) => drop !== "") || m.regions.some(({ cancelled }) => cancelled);
	const finallies = m.regions.filter(({ kind, cancelled }) => kind === "finally" && cancelled);
	const cancelWaits = m.cleanups.length > 0 || finallies.length > 0;
	const poll = blockLines();
	const hasState = m.suspensions.length > 0 || poll.some(({ text }) => /\$state\b/.test(text));
	const frame = m.frame.filter((name) => name !== "$region");
	const out: Line[] = [];
	const put = (text: string, position = -1): void => {
		out.push({ text, position });
	};
	const position = m.fn.getStart(m.module.source);
	const numbers = [...(hasState ? ["$state"] : []), ...(m.regions.length > 0 ? ["$region"] : [])];
	const variables = [...frame, ...(m.usesThis ? ["$this"] : [])];
	const framed = m.form === "frame";
	if (!framed) putVariables(m, [...variables, ...numbers.map((name) => name + " = 0")], put, position);
	for (const lines of m.functions)
		for (const line of lines) out.push({ text: "\t" + resolve(line.text), position: line.position });
	// start
	const parameters = [
		...(framed ? ["$slot"] : []),
		...(m.usesThis && m.kind === "embedded" ? ["$self"] : []),
		...m.startParameters,
	];
	const begin: Line[] = [...start];
	const self = m.kind === "embedded" ? "$self" : "undefined";
	if (m.usesThis) begin.push({ text: m.inFrame("$this") + " = " + self + ";", position: -1 });
	for (const name of numbers) begin.push({ text: m.inFrame(name) + " = 0;", position: -1 });
	const find = (index: string, tabs: string): void => {
		if (framed) put(tabs + "const $f = $frames[" + index + " - $base];");
	};
	const byId = framed ? "($id & " + m.unit.importLibrary(m.module, TABLE, "SLOT_MASK") + ")" : "";
	if (framed) put("\tconst $frames = [];", position);
	const pollArrow = finallies.length > 0;
	if (pollArrow) {
		put("\tconst $poll = ($id) => {", position);
		find(byId, "\t\t");
		for (const line of poll) out.push({ text: "\t\t" + line.text, position: line.position });
		put("\t};");
	}
	put("\treturn {");
	if (begin.length > 0 || m.kind === "embedded") {
		put("\t\t" + (framed ? "begin(" : "start(") + parameters.join(", ") + ") {", position);
		find("$slot", "\t\t\t");
		for (const line of begin) out.push({ text: "\t\t\t" + resolve(line.text), position: line.position });
		put("\t\t},");
	}
	if (pollArrow) put("\t\tpoll: $poll,");
	else {
		put("\t\tpoll(" + (framed || m.suspensions.length > 0 ? "$id" : "") + ") {", position);
		find(byId, "\t\t\t");
		for (const line of poll) out.push({ text: "\t\t\t" + line.text, position: line.position });
		put("\t\t},");
	}
	if (cancels) for (const text of cancelLines(m, resolve, byId, finallies.length > 0)) put("\t\t" + text);
	if (unwinds) for (const text of unwindLines(m, resolve, embeddedUnwinds)) put("\t\t" + text);
	if (framed) putFrame(m, [...variables, ...numbers], put, position);
	put("\t};");
	reportMachine(m, resolve);
	const depth = m.calls.reduce((most, { compiled }) => Math.max(most, compiled.depth + 1), 0);
	return {
		machine: m,
		lines: out,
		states: count,
		compiled: {
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

type Put = (text: string, position?: number) => void;

/** The captured form: variables of the factory. */
function putVariables(m: Machine, variables: readonly string[], put: Put, position: number): void {
	for (const { own, create } of m.leaves) put("\tconst " + own + " = " + create + ";", position);
	for (const call of m.calls) {
		const { name, create, compiled } = call;
		const functions = ["start", "poll"].map((member) => name + "_" + member + " = " + name + "." + member);
		put("\tconst " + name + " = " + create + "(), " + functions.join(", ") + ";", position);
		if (compiled.cancels) put("\tconst " + name + "_cancel = " + name + ".cancel;");
		if (compiled.unwinds) put("\tconst " + name + "_unwind = " + name + ".unwind;");
	}
	for (const name of m.handles.values()) put("\tconst " + name + " = new " + m.handleClass + "();", position);
	if (variables.length > 0) put("\tlet " + variables.join(", ") + ";");
}

/** The frame form: makes the object of one instance. All else is there once. */
function putFrame(m: Machine, variables: readonly string[], put: Put, position: number): void {
	const properties = variables.map((name) => name + ": " + (/^\$(state|region)$/.test(name) ? "0" : "undefined"));
	for (const { own, create } of m.leaves) properties.push(own + ": " + create);
	for (const { name, create } of m.calls) properties.push(name + ": " + create + "()");
	for (const name of m.handles.values()) properties.push(name + ": new " + m.handleClass + "()");
	put("\t\tadd() {", position);
	put("\t\t\t$frames.push({");
	for (const property of properties) put("\t\t\t\t" + property + ",");
	put("\t\t\t});");
	put("\t\t},");
}

function cancelLines(m: Machine, resolve: (text: string) => string, byId: string, runsFinally: boolean): string[] {
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
	const usesId = runsFinally || m.calls.some(({ compiled }) => compiled.cancels);
	const lines = ["cancel(" + (usesId || byId !== "" ? "$id" : "") + ") {"];
	if (byId !== "") lines.push("\tconst $f = $frames[" + byId + " - $base];");
	const only = ways.size === 1 ? [...ways][0] : undefined;
	if (only?.[1].own) lines.push("\t" + only[0]);
	else
		for (const [action, { states }] of ways)
			lines.push(
				"\tif (" +
					[...new Set(states)].map((state) => stateText + " === " + state).join(" || ") +
					") { " +
					action +
					" }",
			);
	if (runsFinally) {
		const groups = new Map<number, number[]>();
		for (const region of m.regions) {
			const target = finallyBetween(region, undefined);
			if (target?.cancelled) groups.set(target.number, [...(groups.get(target.number) ?? []), region.number]);
		}
		for (const [number, from] of groups) {
			const region = m.regions[number - 1];
			lines.push("\tif (" + from.map((n) => regionText + " === " + n).join(" || ") + ") {");
			lines.push(
				"\t\t" +
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
				"\t\treturn $poll($id);",
				"\t}",
			);
		}
	}
	if (m.regions.length > 0) lines.push("\t" + regionText + " = 0;");
	lines.push("\treturn 0;", "},");
	return lines;
}

function unwindLines(m: Machine, resolve: (text: string) => string, calls: readonly Embedded[]): string[] {
	const lines = ["unwind($e" + (m.form === "frame" ? ", $slot" : "") + ") {"];
	if (m.form === "frame") lines.push("\tconst $f = $frames[$slot - $base];");
	for (const call of calls) lines.push("\tif (" + m.functionOf(call, "unwind") + "($e)) return true;");
	const [stateText, regionText] = [m.inFrame("$state"), m.inFrame("$region")];
	for (const region of m.regions) {
		const [kind, value] = [m.inFrame("$kind" + region.record), m.inFrame("$value" + region.record)];
		const store =
			region.kind === "catch" ? m.inFrame("$error") + " = $e;" : kind + " = " + THROWN + "; " + value + " = $e;";
		const handler = resolve(m.blocks.state(region.handler));
		const go = regionText + " = " + numberOf(region.parent) + "; " + stateText + " = " + handler + "; return true;";
		lines.push("\tif (" + regionText + " === " + region.number + ") { " + store + " " + go + " }");
	}
	lines.push("\treturn false;", "},");
	return lines;
}
