/**
 * The machinery under proof-values.ts: cells that tell who listens to them, the values and frames that are told apart,
 * and the bodies of functions, looked at once a frame. The numbers below bound how many frames and objects are told
 * apart; what is beyond is merged, which loses precision and nothing else.
 */
import ts from "typescript";
import {
	type BuiltinValue,
	Cell,
	type ClassValue,
	type Escape,
	Frame,
	type FunctionValue,
	type NativeValue,
	type ObjectValue,
	Properties,
	UNDEFINED,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import { type ClassNode, type FunctionNode, isFunctionNode, Scopes, type Variable } from "./proof-scope.ts";

const FRAMES_MAX = 96;
const INSTANCES_MAX = 64;
const DEPTH_MAX = 4;

/** A call's arguments: by position, and behind them those whose position is not known. */
export interface Arguments {
	readonly cells: Cell[];
	readonly rest: Cell | undefined;
}

export const NO_ARGUMENTS: Arguments = { cells: [], rest: undefined };

export abstract class Solver {
	readonly scopes: Scopes;
	readonly module: Frame;
	/** Every frame, by the function that it is of. */
	readonly frames = new Map<ts.Node, Frame[]>();
	/** Functions given to native or unknown functions, which may call them at any time. */
	readonly escaped = new Map<FunctionValue, Escape>();
	/** Calls of pollTask: the call, and the frame it is made in. */
	readonly taskCalls: { site: ts.CallExpression; frame: Frame; callee: Frame }[] = [];

	protected readonly extraNatives: ReadonlySet<string>;
	protected readonly isPollTask: (node: FunctionNode) => boolean;
	protected readonly queue: (() => void)[] = [];
	protected readonly frameKeys = new Map<string, Frame>();
	protected readonly functions = new Map<string, FunctionValue>();
	protected readonly classes = new Map<string, ClassValue>();
	protected readonly objects = new Map<string, ObjectValue>();
	protected readonly objectCounts = new Map<ts.Node, number>();
	protected readonly builtins = new Map<string, BuiltinValue>();
	protected readonly natives = new Map<string, NativeValue>();
	protected readonly usesThis = new Map<ts.Node, boolean>();
	protected readonly ids = new Map<Value, number>();

	constructor(file: ts.SourceFile, isPollTask: (node: FunctionNode) => boolean, extraNatives: ReadonlySet<string>) {
		this.scopes = new Scopes(file);
		this.isPollTask = isPollTask;
		this.extraNatives = extraNatives;
		this.module = new Frame(0, file, undefined, "", 0);
		this.frames.set(file, [this.module]);
		this.module.self.values.add(UNDEFINED);
	}

	/** The cell of an expression. */
	protected abstract evaluate(node: ts.Expression, frame: Frame): Cell;
	/** Goes through statements. */
	protected abstract visitChildren(node: ts.Node, frame: Frame): void;
	/** Gives values to the names of a declaration; `source`: the expression that they come from, where there is one. */
	protected abstract bind(name: ts.BindingName, from: Cell, frame: Frame, source?: ts.Expression): void;

	/** Resolves what has been asked since; called again after frames were made for roots. */
	drain(): void {
		for (let next = 0; next < this.queue.length; next++) this.queue[next]();
		this.queue.length = 0;
	}

	typeOf(node: ts.Node, frame: Frame): ReadonlySet<Value> {
		return frame.expressions.get(node)?.values ?? new Set();
	}

	/**
	 * The frames in which a function runs. When the program does not call it, or when it may be called from outside as
	 * well, one with the given arguments is among them; what is not given is unknown.
	 */
	framesOf(value: FunctionValue, args: Value[], outside: boolean): Frame[] {
		const known = (this.frames.get(value.node) ?? []).filter((frame) => frame.outer === value.frame);
		if (known.length > 0 && !outside) return known;
		const frame = this.frame(value, "root", undefined);
		for (let i = 0; i < frame.parameters.length; i++) this.add(frame.parameters[i], args[i] ?? UNKNOWN);
		this.add(frame.rest, UNKNOWN);
		return [...known.filter((other) => other !== frame), frame];
	}

	/** The functions that an object has under a name, its own or its class's; of a class: that its objects have from it. */
	methodsOf(object: ObjectValue | ClassValue, name: string): FunctionValue[] {
		const found: FunctionValue[] = [];
		if (object.kind === "object")
			for (const value of object.properties.get(name).values) if (value.kind === "function") found.push(value);
		const seen = new Set<ClassValue>();
		const look = (owner: ClassValue): void => {
			if (seen.has(owner)) return;
			seen.add(owner);
			const member = owner.members.get(name);
			if (member?.method !== undefined) found.push(member.method);
			else for (const base of owner.base.values) if (base.kind === "class") look(base);
		};
		const owner = object.kind === "class" ? object : object.class;
		if (owner !== undefined) look(owner);
		return found;
	}

	// Cells

	protected add(cell: Cell, value: Value): void {
		if (cell.values.has(value)) return;
		cell.values.add(value);
		for (const target of cell.targets) this.queue.push(() => this.add(target, value));
		for (const listener of cell.listeners) this.queue.push(() => listener(value));
	}

	protected flow(from: Cell, to: Cell): void {
		if (from === to || from.targets.has(to)) return;
		from.targets.add(to);
		for (const value of from.values) this.add(to, value);
	}

	protected each(cell: Cell, listener: (value: Value) => void): void {
		cell.listeners.push(listener);
		for (const value of cell.values) this.queue.push(() => listener(value));
	}

	protected holding(...values: Value[]): Cell {
		const cell = new Cell();
		for (const value of values) cell.values.add(value);
		return cell;
	}

	// Values

	protected idOf(value: Value): number {
		let id = this.ids.get(value);
		if (id === undefined) this.ids.set(value, (id = this.ids.size));
		return id;
	}

	protected functionValue(node: FunctionNode, frame: Frame, home?: ClassValue): FunctionValue {
		const key = node.pos + ":" + frame.id + ":" + (home === undefined ? "" : this.idOf(home));
		let value = this.functions.get(key);
		if (value === undefined) {
			value = { kind: "function", node, frame, home, properties: new Properties() };
			this.functions.set(key, value);
		}
		return value;
	}

	protected object(
		node: ts.Node,
		frame: Frame,
		shape: ObjectValue["shape"],
		prototype: string,
		owner?: ClassValue,
	): ObjectValue {
		let where = frame.depth > DEPTH_MAX ? "*" : String(frame.id);
		const prefix = node.pos + ":" + node.end + ":" + (owner === undefined ? "" : this.idOf(owner)) + ":" + shape + ":";
		if (where !== "*" && !this.objects.has(prefix + where)) {
			const made = this.objectCounts.get(node) ?? 0;
			if (made >= INSTANCES_MAX || (owner !== undefined && owner.instances >= INSTANCES_MAX)) where = "*";
			else {
				this.objectCounts.set(node, made + 1);
				if (owner !== undefined) owner.instances++;
			}
		}
		const key = where === "*" && owner !== undefined ? "class" + this.idOf(owner) : prefix + where;
		let value = this.objects.get(key);
		if (value === undefined) {
			value = {
				kind: "object",
				id: this.objects.size,
				shape,
				prototype,
				node,
				depth: where === "*" ? DEPTH_MAX : frame.depth,
				class: owner,
				properties: new Properties(),
				elements: new Cell(),
				accessors: new Map(),
				declared: new Set(),
				madeEmpty: false,
				filledBy: new Set(),
			};
			this.objects.set(key, value);
		}
		return value;
	}

	protected builtin(name: string, receiver?: Value): BuiltinValue {
		const key = name + ":" + (receiver === undefined ? "" : this.idOf(receiver));
		let value = this.builtins.get(key);
		if (value === undefined) this.builtins.set(key, (value = { kind: "builtin", name, receiver }));
		return value;
	}

	/** `about`: the object that it is for. */
	protected native(path: string, about?: Value): NativeValue {
		const key = about === undefined ? path : path + ":" + this.idOf(about);
		let value = this.natives.get(key);
		if (value === undefined) {
			const [module, name] = path.split(":");
			value = { kind: "native", name, own: module !== "", about };
			this.natives.set(key, value);
		}
		return value;
	}

	// Frames

	protected frame(callee: FunctionValue, site: string, receiver: ObjectValue | undefined): Frame {
		const byReceiver = receiver !== undefined && this.hasThis(callee.node);
		return this.frameIn(callee.node, callee.frame, byReceiver ? "r" + receiver.id : site, receiver, callee.home);
	}

	protected frameIn(
		node: FunctionNode | ClassNode,
		outer: Frame,
		context: string,
		receiver: ObjectValue | undefined,
		home: ClassValue | undefined,
	): Frame {
		const prefix = node.pos + ":" + outer.id + ":" + (home === undefined ? "" : this.idOf(home)) + ":";
		const known = this.frameKeys.get(prefix + context);
		if (known !== undefined) return known;
		const all = this.frames.get(node) ?? [];
		if (all.length === 0) this.frames.set(node, all);
		if (all.length >= FRAMES_MAX && context !== "*") return this.frameIn(node, outer, "*", receiver, home);
		const depth = Math.max(outer.depth, context.startsWith("r") ? (receiver?.depth ?? 0) : 0) + 1;
		const frame = new Frame(this.frameKeys.size + 1, node, outer, context, depth, home);
		this.frameKeys.set(prefix + context, frame);
		all.push(frame);
		if (isFunctionNode(node)) {
			for (let i = 0; i < node.parameters.length; i++) frame.parameters.push(new Cell());
			this.queue.push(() => this.body(node, frame));
		}
		return frame;
	}

	protected hasThis(node: FunctionNode): boolean {
		let known = this.usesThis.get(node);
		if (known === undefined) {
			const look = (at: ts.Node): boolean =>
				at.kind === ts.SyntaxKind.ThisKeyword ||
				at.kind === ts.SyntaxKind.SuperKeyword ||
				(!(isFunctionNode(at) && !ts.isArrowFunction(at)) && ts.forEachChild(at, look) === true);
			known = !ts.isArrowFunction(node) && (ts.isConstructorDeclaration(node) || ts.forEachChild(node, look) === true);
			this.usesThis.set(node, known);
		}
		return known;
	}

	protected body(node: FunctionNode, frame: Frame): void {
		node.parameters.forEach((parameter, i) => {
			if (parameter.dotDotDotToken !== undefined) {
				const list = this.object(parameter, frame, "array", "Array.prototype");
				this.flow(frame.parameters[i], list.elements);
				this.flow(frame.rest, list.elements);
				this.bind(parameter.name, this.holding(list), frame);
				return;
			}
			this.flow(frame.rest, frame.parameters[i]);
			this.bind(parameter.name, this.withDefault(frame.parameters[i], parameter.initializer, frame), frame);
		});
		if (node.body === undefined) return;
		if (ts.isBlock(node.body)) this.visitChildren(node.body, frame);
		else this.flow(this.evaluate(node.body, frame), frame.result);
	}

	protected withDefault(from: Cell, initializer: ts.Expression | undefined, frame: Frame): Cell {
		if (initializer === undefined) return from;
		const cell = new Cell();
		this.each(from, (value) => {
			if (value !== UNDEFINED) this.add(cell, value);
		});
		this.flow(this.evaluate(initializer, frame), cell);
		return cell;
	}

	protected variable(variable: Variable, frame: Frame): Cell {
		let at: Frame | undefined = frame;
		while (at !== undefined && at.node !== variable.owner) at = at.outer;
		const home = at ?? this.module;
		let cell = home.variables.get(variable);
		if (cell === undefined) home.variables.set(variable, (cell = new Cell()));
		return cell;
	}

	/** `this` and the receiver's frame: arrow functions look outward. */
	protected selfFrame(frame: Frame): Frame {
		let at = frame;
		while (ts.isArrowFunction(at.node) && at.outer !== undefined) at = at.outer;
		return at;
	}
}
