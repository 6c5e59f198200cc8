/** The frame of a compiled function: its variables, its leaves, and the functions start, poll, cancel and unwind over them. */
import ts from "typescript";
import type { Line } from "./source-map.ts";
import { CANCELLED, cancelText, finallyBetween, finishText, numberOf, THROWN } from "./transform-jump.ts";
import { type Compiled, Machine } from "./transform-machine.ts";
import { bind, declarePattern, withDefault } from "./transform-pattern.ts";
import { lowerStatements, returnValue } from "./transform-statement.ts";
import type { Module, Unit } from "./unit.ts";

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
): Built {
	const first = new Machine(unit, module, fn, kind, parent, undefined);
	const names = new Set(first.names);
	lowerBody(first);
	first.blocks.layout();
	first.names.clear();
	for (const name of names) first.names.add(name);
	const m = new Machine(unit, module, fn, kind, parent, first.learn());
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
		m.emit("if (" + call.name + "_poll($id) === 1) return 1;");
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
	for (const { name, create } of m.leaves) put("\tconst " + name + " = " + create + ";", position);
	for (const { name, create, compiled } of m.calls) {
		put(
			"\tconst " +
				name +
				" = " +
				create +
				"(), " +
				name +
				"_start = " +
				name +
				".start, " +
				name +
				"_poll = " +
				name +
				".poll;",
			position,
		);
		if (compiled.cancels) put("\tconst " + name + "_cancel = " + name + ".cancel;");
		if (compiled.unwinds) put("\tconst " + name + "_unwind = " + name + ".unwind;");
	}
	const numbers = [...(hasState ? ["$state = 0"] : []), ...(m.regions.length > 0 ? ["$region = 0"] : [])];
	const variables = [...frame, ...(m.usesThis ? ["$this"] : []), ...numbers];
	if (variables.length > 0) put("\tlet " + variables.join(", ") + ";");
	for (const lines of m.functions)
		for (const line of lines) out.push({ text: "\t" + resolve(line.text), position: line.position });
	// start
	const parameters = [...(m.usesThis && m.kind === "embedded" ? ["$self"] : []), ...m.startParameters];
	const begin: Line[] = [...start];
	if (m.usesThis)
		begin.push({ text: "$this = " + (m.kind === "embedded" ? "$self" : "undefined") + ";", position: -1 });
	if (hasState) begin.push({ text: "$state = 0;", position: -1 });
	if (m.regions.length > 0) begin.push({ text: "$region = 0;", position: -1 });
	const pollArrow = finallies.length > 0;
	if (pollArrow) {
		put("\tconst $poll = ($id) => {", position);
		for (const line of poll) out.push({ text: "\t\t" + line.text, position: line.position });
		put("\t};");
	}
	put("\treturn {");
	if (begin.length > 0 || m.kind === "embedded") {
		put("\t\tstart(" + parameters.join(", ") + ") {", position);
		for (const line of begin) out.push({ text: "\t\t\t" + resolve(line.text), position: line.position });
		put("\t\t},");
	}
	if (pollArrow) put("\t\tpoll: $poll,");
	else {
		put("\t\tpoll(" + (m.suspensions.length > 0 ? "$id" : "") + ") {", position);
		for (const line of poll) out.push({ text: "\t\t\t" + line.text, position: line.position });
		put("\t\t},");
	}
	if (cancels) for (const text of cancelLines(m, resolve, finallies.length > 0)) put("\t\t" + text);
	if (unwinds)
		for (const text of unwindLines(
			m,
			resolve,
			embeddedUnwinds.map(({ name }) => name),
		))
			put("\t\t" + text);
	put("\t};");
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
		},
	};
}

function cancelLines(m: Machine, resolve: (text: string) => string, runsFinally: boolean): string[] {
	const ways = new Map<string, { states: string[]; own: boolean }>();
	for (const { label, drop, cleanup, own } of m.suspensions) {
		if (drop === "") continue;
		const action =
			cleanup === undefined
				? drop
				: "if (" + drop + " === 1) { $state = " + resolve(m.blocks.state(cleanup)) + "; return 1; }";
		const way = ways.get(action) ?? { states: [], own };
		way.states.push(resolve(m.blocks.state(label)));
		ways.set(action, way);
	}
	const usesId = runsFinally || m.calls.some(({ compiled }) => compiled.cancels);
	const lines = ["cancel(" + (usesId ? "$id" : "") + ") {"];
	const only = ways.size === 1 ? [...ways][0] : undefined;
	if (only?.[1].own) lines.push("\t" + only[0]);
	else
		for (const [action, { states }] of ways)
			lines.push(
				"\tif (" + [...new Set(states)].map((state) => "$state === " + state).join(" || ") + ") { " + action + " }",
			);
	if (runsFinally) {
		const groups = new Map<number, number[]>();
		for (const region of m.regions) {
			const target = finallyBetween(region, undefined);
			if (target?.cancelled) groups.set(target.number, [...(groups.get(target.number) ?? []), region.number]);
		}
		for (const [number, from] of groups) {
			const region = m.regions[number - 1];
			lines.push("\tif (" + from.map((n) => "$region === " + n).join(" || ") + ") {");
			lines.push(
				"\t\t$kind" +
					region.record +
					" = " +
					CANCELLED +
					"; $region = " +
					numberOf(region.parent) +
					"; $state = " +
					resolve(m.blocks.state(region.handler)) +
					";",
				"\t\treturn $poll($id);",
				"\t}",
			);
		}
	}
	if (m.regions.length > 0) lines.push("\t$region = 0;");
	lines.push("\treturn 0;", "},");
	return lines;
}

function unwindLines(m: Machine, resolve: (text: string) => string, calls: readonly string[]): string[] {
	const lines = ["unwind($e) {"];
	for (const name of calls) lines.push("\tif (" + name + "_unwind($e)) return true;");
	for (const region of m.regions) {
		const store =
			region.kind === "catch"
				? "$error = $e;"
				: "$kind" + region.record + " = " + THROWN + "; $value" + region.record + " = $e;";
		lines.push(
			"\tif ($region === " +
				region.number +
				") { " +
				store +
				" $region = " +
				numberOf(region.parent) +
				"; $state = " +
				resolve(m.blocks.state(region.handler)) +
				"; return true; }",
		);
	}
	lines.push("\treturn false;", "},");
	return lines;
}
