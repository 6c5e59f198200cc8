/**
 * Calls: of the program's functions, of builtins and native functions (what proof-table.ts knows of them), of what is
 * not known; and `new`. Each call is recorded as an edge of the frame that it is made in.
 */
import ts from "typescript";
import { isHelperPoll } from "./proof-compiled.ts";
import {
	ANY_NAME,
	BOOLEAN,
	type BuiltinValue,
	Cell,
	type ClassValue,
	type Edge,
	type Escape,
	type Frame,
	type FunctionValue,
	type NativeValue,
	NUMBER,
	type ObjectValue,
	STRING,
	SYMBOL,
	UNDEFINED,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import { Members } from "./proof-members.ts";
import type { Arguments } from "./proof-solver.ts";
import { alwaysReturns, isAsync, isStatic, propertyName } from "./proof-syntax.ts";
import { builtinEntry, isTypedArray, nativeEntry, type TableEntry } from "./proof-table.ts";

export abstract class Calls extends Members {
	// Calls

	protected edge(frame: Frame, site: ts.Node, edge: Edge): void {
		const edges = frame.edges.get(site);
		if (edges === undefined) frame.edges.set(site, [edge]);
		else if (!edges.some((known) => known.callee === edge.callee)) edges.push(edge);
	}

	protected invoke(
		callee: FunctionValue,
		receiver: Value | undefined,
		site: ts.Node,
		caller: Frame,
		args: Arguments,
		result: Cell,
	): Frame {
		const object = receiver?.kind === "object" ? receiver : undefined;
		const context = site.pos + "/" + caller.site.split("/")[0];
		const frame = this.frame(callee, context, object);
		if (receiver !== undefined) this.add(frame.self, receiver);
		const rest = args.rest !== undefined;
		this.edge(caller, site, { callee: frame, args: rest ? undefined : args.cells });
		const taken = callee.node.parameters.length;
		for (let i = 0; i < Math.max(taken, args.cells.length); i++) {
			const parameter = frame.parameters[i];
			if (parameter === undefined || callee.node.parameters[i]?.dotDotDotToken !== undefined) {
				if (args.cells[i] !== undefined) this.flow(args.cells[i], frame.rest);
			} else if (args.cells[i] !== undefined) this.flow(args.cells[i], parameter);
			else this.add(parameter, UNDEFINED);
		}
		if (args.rest !== undefined) this.flow(args.rest, frame.rest);
		if (isHelperPoll(site)) this.flow(frame.yielded, this.yieldedAt(site, caller));
		if (callee.node.asteriskToken !== undefined || isAsync(callee.node)) this.add(result, UNKNOWN);
		else {
			this.flow(frame.result, result);
			if (!alwaysReturns(callee.node)) this.add(result, UNDEFINED);
		}
		return frame;
	}

	/** What the embedded helpers yield that a call polls. */
	protected yieldedAt(site: ts.Node, caller: Frame): Cell {
		let cell = caller.yieldedAt.get(site);
		if (cell === undefined) caller.yieldedAt.set(site, (cell = new Cell()));
		return cell;
	}

	private escapes(value: FunctionValue, how: Escape): void {
		if (this.escaped.get(value)?.nested !== true) this.escaped.set(value, how);
	}

	/** Functions that leave the program: to native code, or to what is not known. */
	protected escape(args: Arguments, to: string, nested = true): void {
		const take = (value: Value): void => {
			if (value.kind === "function") this.escapes(value, { to, nested });
			else if (value.kind === "object" && value.shape === "array") {
				value.madeEmpty = false; // it may be filled there
				this.each(value.elements, take);
			}
		};
		for (const cell of args.cells) this.each(cell, take);
		if (args.rest !== undefined) this.each(args.rest, take);
	}

	protected call(
		callee: Value,
		receiver: Value | undefined,
		site: ts.Node,
		frame: Frame,
		args: Arguments,
		result: Cell,
	): void {
		switch (callee.kind) {
			case "function": {
				const target = this.invoke(callee, receiver, site, frame, args, result);
				if (ts.isCallExpression(site) && this.isPollTask(callee.node))
					if (!this.taskCalls.some((call) => call.callee === target && call.site === site))
						this.taskCalls.push({ site, frame, callee: target });
				return;
			}
			case "native": {
				this.edge(frame, site, { callee, args: args.cells });
				this.callNative(callee, site, frame, args, result);
				return;
			}
			case "builtin":
				this.callBuiltin(callee, site, frame, args, result);
				return;
			case "class":
				return; // a TypeError when it runs
			default:
				// Other primitives and plain objects: a TypeError. Objects of the engine may be functions: a Proxy, a Function.
				if (callee === UNKNOWN || (callee.kind === "object" && callee.shape === "builtin")) {
					this.edge(frame, site, { callee: "unknown", args: undefined });
					this.escape(args, "a function that is not known");
					this.add(result, UNKNOWN);
				}
		}
	}

	protected callNative(callee: NativeValue, site: ts.Node, frame: Frame, args: Arguments, result: Cell): void {
		const entry = callee.own ? nativeEntry(callee.name) : undefined;
		if (callee.own && callee.name === "round") {
			// round(polls, settle, budget) calls the polls with a waker, and settle with what they returned or threw.
			const ignored = new Cell();
			this.pollAll(args.cells[0], site, frame);
			if (args.cells[1] !== undefined)
				this.each(args.cells[1], (settle) => {
					const cells = [this.holding(NUMBER), this.holding(NUMBER), this.holding(UNKNOWN)];
					if (settle.kind === "function")
						this.invoke(settle, undefined, site, frame, { cells, rest: undefined }, ignored);
				});
		} else if (entry?.methods !== undefined) {
			this.callMethods(callee, entry.methods, site, frame, args, result);
			return;
		} else if (entry?.result === "look" && args.cells[0] !== undefined) {
			this.each(args.cells[0], (wait) => {
				if (wait.kind === "object") this.add(result, this.native("stator:look of " + callee.name, wait));
			});
			return;
		} else {
			// A level's, a guest's: the table of polls comes first.
			if (callee.own && (callee.name === "serve" || callee.name === "host")) this.pollAll(args.cells[0], site, frame);
			this.escape(args, "the native function " + callee.name, entry === undefined || entry.callbacks === true);
		}
		this.add(result, entry === undefined ? (this.extraNatives.has(callee.name) ? NUMBER : UNKNOWN) : resultOf(entry));
	}

	/** What the table of polls holds is polled from C with a waker: functions without a receiver, instances by the method of their class. */
	private pollAll(table: Cell | undefined, site: ts.Node, frame: Frame): void {
		if (table === undefined) return;
		const ignored = new Cell();
		const poll = (callee: Value, receiver: Value | undefined): void => {
			if (callee.kind === "function")
				this.invoke(callee, receiver, site, frame, { cells: [this.holding(NUMBER)], rest: undefined }, ignored);
		};
		this.each(table, (polls) => {
			if (polls.kind !== "object") return;
			this.each(polls.elements, (turn) => {
				poll(turn, undefined);
				if (turn.kind !== "object" || turn.class === undefined) return;
				const methods = new Cell();
				this.readValue(turn, turn, "poll", site, frame, methods);
				this.each(methods, (method) => poll(method, turn));
			});
		});
	}

	/** Methods of the object that a native function is for, one after the other; the last gives the result. */
	private callMethods(
		callee: NativeValue,
		methods: NonNullable<TableEntry["methods"]>,
		site: ts.Node,
		frame: Frame,
		args: Arguments,
		result: Cell,
	): void {
		const names = Object.keys(methods);
		const callAll = (wait: Value): void => {
			for (const name of names) {
				const called = new Cell();
				this.readValue(wait, wait, name, site, frame, called);
				const cells = methods[name].map((index) => args.cells[index] ?? this.holding(UNDEFINED));
				const given = name === names.at(-1) ? result : new Cell();
				this.each(called, (method) => this.call(method, wait, site, frame, { cells, rest: undefined }, given));
			}
		};
		if (callee.about !== undefined) callAll(callee.about);
		else if (args.cells[0] !== undefined)
			this.each(args.cells[0], (look) => {
				if (look.kind === "native" && look.about !== undefined) callAll(look.about);
			});
	}

	protected callBuiltin(callee: BuiltinValue, site: ts.Node, frame: Frame, args: Arguments, result: Cell): void {
		const receiver = callee.receiver;
		if (callee.name === "Function.prototype.call" || callee.name === "Function.prototype.apply") {
			this.edge(frame, site, { callee, args: args.cells });
			if (receiver === undefined) return;
			const first = args.cells[0];
			const apply = callee.name.endsWith("apply");
			const passed: Arguments = apply
				? { cells: [], rest: args.cells[1] === undefined ? undefined : this.items(args.cells[1]) }
				: { cells: args.cells.slice(1), rest: args.rest };
			if (first === undefined) this.call(receiver, undefined, site, frame, passed, result);
			else this.each(first, (self) => this.call(this.rebound(receiver, self), self, site, frame, passed, result));
			return;
		}
		if (callee.name === "Function.prototype.bind") {
			this.edge(frame, site, { callee, args: args.cells });
			// What is bound may be called later with any arguments.
			if (receiver?.kind === "function") {
				const bound = this.frame(receiver, "bound " + site.pos, undefined);
				if (args.cells[0] !== undefined) this.flow(args.cells[0], bound.self);
				for (const parameter of bound.parameters) this.add(parameter, UNKNOWN);
				this.add(result, receiver);
			} else this.add(result, UNKNOWN);
			return;
		}
		this.edge(frame, site, { callee, args: args.cells });
		const entry = builtinEntry(callee.name);
		const object = receiver?.kind === "object" ? receiver : undefined;
		if (entry === undefined) {
			this.escape(args, callee.name);
			this.add(result, callee.name.startsWith("String.prototype.") ? stringResult(callee.name) : UNKNOWN);
			return;
		}
		if (entry.callbacks) this.escape(args, callee.name);
		if (callee.name === "Array") {
			this.construct(callee, site, frame, args, result);
			return;
		}
		if (callee.name === "Array.from" && args.cells[0] !== undefined) {
			const list = this.object(site, frame, "array", "Array.prototype");
			const item = this.items(args.cells[0]);
			this.add(result, list);
			if (args.cells[1] === undefined) this.flow(item, list.elements);
			else {
				this.add(item, UNDEFINED);
				this.each(args.cells[1], (called) => {
					if (called.kind !== "primitive")
						this.call(
							called,
							undefined,
							site,
							frame,
							{ cells: [item, this.holding(NUMBER)], rest: undefined },
							list.elements,
						);
				});
			}
			return;
		}
		if (callee.name === "Array.of") {
			const list = this.object(site, frame, "array", "Array.prototype");
			for (const cell of args.cells) this.flow(cell, list.elements);
			this.add(result, list);
			return;
		}
		if (callee.name.startsWith("Object.") && this.callObject(callee.name, site, frame, args, result)) return;
		if (entry.stores && object !== undefined) {
			object.filledBy.add(frame);
			for (const cell of args.cells) this.flow(cell, object.elements);
		}
		if (entry.calls && args.cells[0] !== undefined) {
			const item = new Cell();
			if (object === undefined) this.add(item, UNKNOWN);
			else this.readElement(object, this.holding(NUMBER), site, frame, item);
			const folds = /\.reduce/.test(callee.name);
			const sorts = /ort(ed)?$/.test(callee.name);
			// The second argument is an index, or the key of a map.
			const numbers = this.holding(/^(Map|Set)\./.test(callee.name) ? UNKNOWN : NUMBER);
			const returned = new Cell();
			if (folds) {
				if (args.cells[1] !== undefined) this.flow(args.cells[1], returned);
				this.flow(item, returned);
				this.flow(returned, result);
			}
			const cells = folds ? [returned, item, numbers] : sorts ? [item, item] : [item, numbers];
			this.each(args.cells[0], (called) => {
				if (called.kind !== "primitive")
					this.call(called, undefined, site, frame, { cells, rest: undefined }, returned);
			});
			if (/\.(find|findLast)$/.test(callee.name)) this.flow(item, result);
			else if (/\.find(Last)?Index$/.test(callee.name)) this.add(result, NUMBER);
			else if (/\.(every|some)$/.test(callee.name)) this.add(result, BOOLEAN);
			else if (/\.(forEach)$/.test(callee.name)) this.add(result, UNDEFINED);
			else if (entry.result === "array") {
				const list = this.object(site, frame, "array", "Array.prototype");
				this.flow(/\.(map|flatMap)$/.test(callee.name) ? returned : item, list.elements);
				this.add(result, list);
			} else if (entry.result === "receiver" && receiver !== undefined) this.add(result, receiver);
			return;
		}
		switch (entry.result) {
			case "receiver":
				if (receiver !== undefined) this.add(result, receiver);
				return;
			case "element":
				if (object !== undefined) {
					this.readElement(object, this.holding(NUMBER), site, frame, result);
					this.add(result, UNDEFINED);
				} else this.add(result, UNKNOWN);
				return;
			case "array": {
				const list = this.object(site, frame, "array", "Array.prototype");
				if (object !== undefined) this.flow(object.elements, list.elements);
				for (const cell of args.cells) this.flow(this.items(cell), list.elements);
				this.add(result, list);
				return;
			}
			case "first argument":
				if (args.cells[0] !== undefined) this.flow(args.cells[0], result);
				return;
			default:
				if (callee.name === "Symbol") this.add(result, SYMBOL);
				else this.add(result, resultOf(entry));
		}
	}

	/** Functions of Object that hand properties on. False: nothing special about it. */
	protected callObject(name: string, site: ts.Node, frame: Frame, args: Arguments, result: Cell): boolean {
		const first = args.cells[0];
		if (first === undefined) return false;
		switch (name) {
			case "Object.freeze":
			case "Object.seal":
			case "Object.preventExtensions":
				this.flow(first, result);
				return true;
			case "Object.assign":
				this.flow(first, result);
				this.each(first, (to) => {
					for (const cell of args.cells.slice(1))
						this.each(cell, (from) => {
							if (from.kind === "object" && to.kind === "object") this.copyProperties(from, to);
						});
				});
				return true;
			case "Object.keys":
			case "Object.getOwnPropertyNames":
			case "Object.values": {
				const list = this.object(site, frame, "array", "Array.prototype");
				if (name !== "Object.values") this.add(list.elements, STRING);
				else this.each(first, (value) => this.readElement(value, this.holding(STRING), site, frame, list.elements));
				this.add(result, list);
				return true;
			}
			case "Object.defineProperty":
			case "Object.defineProperties":
			case "Object.setPrototypeOf":
				this.flow(first, result);
				this.each(first, (value) => {
					if (value.kind === "object") this.add(value.properties.get(ANY_NAME), UNKNOWN);
				});
				// Getters and setters run whenever the property is used.
				for (const cell of args.cells.slice(1)) this.each(cell, (value) => this.escapeAccessors(value, name));
				return true;
			default:
				return false;
		}
	}

	private escapeAccessors(descriptor: Value, to: string, depth = 0): void {
		if (descriptor.kind !== "object" || descriptor.shape !== "plain" || depth > 1) return;
		descriptor.properties.each((name, cell) =>
			this.each(cell, (value) => {
				if (value.kind === "function" && (name === "get" || name === "set")) this.escapes(value, { to, nested: true });
				else this.escapeAccessors(value, to, depth + 1);
			}),
		);
	}

	/** A builtin method called on another receiver than the one it was read from: Array.prototype.indexOf.call(list). */
	protected rebound(callee: Value, self: Value): Value {
		return callee.kind === "builtin" ? this.builtin(callee.name, self) : callee;
	}

	protected construct(callee: Value, site: ts.Node, frame: Frame, args: Arguments, result: Cell): void {
		if (callee.kind === "class") {
			const object = this.object(site, frame, "instance", "", callee);
			this.initialize(callee, object, site, frame, args);
			this.add(result, object);
		} else if (callee.kind === "builtin") {
			const typed = isTypedArray(callee.name);
			const prototype = typed ? "TypedArray.prototype" : callee.name + ".prototype";
			if (callee.name === "Array") {
				const list = this.object(site, frame, "array", "Array.prototype");
				if (args.cells.length > 1) for (const cell of args.cells) this.flow(cell, list.elements);
				else list.madeEmpty = true;
				this.add(list.elements, UNDEFINED);
				this.add(result, list);
			} else this.add(result, this.object(site, frame, "builtin", prototype));
			if (callee.name === "Map" || callee.name === "Set") {
				const made = this.object(site, frame, "builtin", prototype);
				const pairs = callee.name === "Map" && ts.isNewExpression(site) ? pairsOf(site) : undefined;
				if (pairs !== undefined) for (const pair of pairs) this.flow(this.evaluate(pair, frame), made.elements);
				else
					for (const cell of args.cells)
						this.each(cell, (value) => {
							if (value.kind === "object") this.each(value.elements, (item) => this.mapItem(item, made));
						});
			} else this.escape(args, callee.name);
		} else if (callee.kind === "function") {
			this.invoke(callee, undefined, site, frame, args, new Cell());
			this.add(result, UNKNOWN);
		} else if (
			callee === UNKNOWN ||
			callee.kind === "native" ||
			(callee.kind === "object" && callee.shape === "builtin")
		)
			this.add(result, UNKNOWN);
		// Of other values: a TypeError when it runs.
	}

	protected mapItem(item: Value, to: ObjectValue): void {
		if (item.kind === "object" && item.shape === "array") this.flow(item.elements, to.elements);
		else this.add(to.elements, item);
	}

	/** Runs field initialisers and constructors on a new object, the base class's first. */
	protected initialize(
		owner: ClassValue,
		object: ObjectValue,
		site: ts.Node,
		caller: Frame,
		args: Arguments,
		seen = new Set<ClassValue>(),
	): void {
		if (seen.has(owner)) return;
		seen.add(owner);
		object.declared.add("constructor");
		const fields = this.frameIn(owner.node, owner.frame, "r" + object.id + "f", object, owner);
		this.add(fields.self, object);
		this.edge(caller, site, { callee: fields, args: [] });
		for (const member of owner.node.members) {
			if (!ts.isPropertyDeclaration(member) || isStatic(member)) continue;
			const name = propertyName(member.name);
			if (name === undefined) continue;
			object.declared.add(name);
			const cell = object.properties.get(name);
			if (member.initializer === undefined) this.add(cell, UNDEFINED);
			else this.flow(this.evaluate(member.initializer, fields), cell);
		}
		const own = owner.node.members.find(ts.isConstructorDeclaration);
		if (own !== undefined) {
			const value = this.functionValue(own, owner.frame, owner);
			this.invoke(value, object, site, caller, args, new Cell());
			return;
		}
		this.each(owner.base, (base) => {
			if (base.kind === "class") this.initialize(base, object, site, caller, args, seen);
		});
	}

	protected args(list: readonly ts.Expression[] | undefined, frame: Frame): Arguments {
		const cells: Cell[] = [];
		let rest: Cell | undefined;
		for (const argument of list ?? []) {
			if (ts.isSpreadElement(argument)) {
				rest ??= new Cell();
				this.flow(this.items(this.evaluate(argument.expression, frame)), rest);
			} else if (rest !== undefined) this.flow(this.evaluate(argument, frame), rest);
			else cells.push(this.evaluate(argument, frame));
		}
		return { cells, rest };
	}
}

/** The values in `new Map([[key, value], …])`, when they stand there. */
function pairsOf(site: ts.NewExpression): ts.Expression[] | undefined {
	const list = site.arguments?.[0];
	if (list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
	const values: ts.Expression[] = [];
	for (const item of list.elements) {
		if (!ts.isArrayLiteralExpression(item) || item.elements.length !== 2 || item.elements.some(ts.isSpreadElement))
			return undefined;
		values.push(item.elements[1]);
	}
	return values;
}

function resultOf(entry: TableEntry): Value {
	switch (entry.result) {
		case "number":
			return NUMBER;
		case "string":
			return STRING;
		case "boolean":
			return BOOLEAN;
		case "nothing":
			return UNDEFINED;
		default:
			return UNKNOWN;
	}
}

function stringResult(name: string): Value {
	if (/(charCodeAt|codePointAt|indexOf|IndexOf|search|localeCompare)$/.test(name)) return NUMBER;
	if (/(includes|startsWith|endsWith)$/.test(name)) return BOOLEAN;
	return /(split|match|matchAll)$/.test(name) ? UNKNOWN : STRING;
}
