/**
 * What the proof computes with: abstract values, cells that collect them, and frames.
 *
 * A cell stands for everything that a variable, a property or an expression may ever hold; it only grows. A frame stands
 * for the activations of one function in one context: the receiver for functions that use `this`, else the last two
 * call sites. So two queues made of one class do not mix what is in them, and a helper that handles text at start-up and
 * numbers in a task is seen as both, apart.
 */

import type ts from "typescript";
import type { ClassNode, FunctionNode, Owner, Variable } from "./proof-scope.ts";

export type PrimitiveName =
	| "number"
	| "string"
	| "boolean"
	| "bigint"
	| "symbol"
	| "undefined"
	| "null"
	/** Anything at all: what a catch got, the result of what is not known. */
	| "unknown";

export interface PrimitiveValue {
	readonly kind: "primitive";
	readonly name: PrimitiveName;
}

export interface FunctionValue {
	readonly kind: "function";
	readonly node: FunctionNode;
	/** Where it was made: its free variables live there. */
	readonly frame: Frame;
	/** The class whose method it is: where `super` looks. */
	readonly home: ClassValue | undefined;
	readonly properties: Properties;
}

export interface ClassValue {
	readonly kind: "class";
	readonly node: ClassNode;
	readonly frame: Frame;
	readonly base: Cell;
	readonly members: Map<string, Member>;
	readonly properties: Properties;
	instances: number;
}

/** An object, by the place that makes it. */
export interface ObjectValue {
	readonly kind: "object";
	readonly id: number;
	readonly shape: "plain" | "array" | "instance" | "builtin";
	/** For shape builtin: the prototype's path, "Map.prototype". */
	readonly prototype: string;
	readonly node: ts.Node;
	readonly depth: number;
	class: ClassValue | undefined;
	readonly properties: Properties;
	/** Items of arrays, values of maps, and what other objects have under numbers. */
	readonly elements: Cell;
	readonly accessors: Map<string, Member>;
	/** Names of properties that exist when start-up is over. */
	readonly declared: Set<string>;
	/** An array that was made without items: `[]`, `new Array(n)`. */
	madeEmpty: boolean;
	/** Who puts items into it. */
	readonly filledBy: Set<Frame>;
}

export interface BuiltinValue {
	readonly kind: "builtin";
	readonly name: string;
	/** The receiver it was read from. */
	readonly receiver: Value | undefined;
}

export interface NativeValue {
	readonly kind: "native";
	readonly name: string;
	/** One of Stator's own, which proof-table.ts knows. */
	readonly own: boolean;
	/** The object that it is for. */
	readonly about: Value | undefined;
}

export type Value = PrimitiveValue | FunctionValue | ClassValue | ObjectValue | BuiltinValue | NativeValue;

export interface Member {
	method?: FunctionValue;
	getter?: FunctionValue;
	setter?: FunctionValue;
}

export class Cell {
	readonly values = new Set<Value>();
	readonly listeners: ((value: Value) => void)[] = [];
	readonly targets = new Set<Cell>();
}

export class Properties {
	private readonly cells = new Map<string, Cell>();
	private readonly listeners: ((name: string, cell: Cell) => void)[] = [];

	/** The cell of a name, made when it is first asked for. */
	get(name: string): Cell {
		let cell = this.cells.get(name);
		if (cell === undefined) {
			this.cells.set(name, (cell = new Cell()));
			for (const listener of this.listeners) listener(name, cell);
		}
		return cell;
	}

	has(name: string): boolean {
		return this.cells.has(name);
	}

	/** Every name, those that come later too. */
	each(listener: (name: string, cell: Cell) => void): void {
		this.listeners.push(listener);
		for (const [name, cell] of [...this.cells]) listener(name, cell);
	}
}

/** The name under which values are kept that were assigned by a name which is not known. */
export const ANY_NAME = "*";

/** Who may be called at a place, and with what. */
export interface Edge {
	readonly callee: Frame | BuiltinValue | NativeValue | "unknown";
	/** Arguments by position; undefined when they are not known one by one (spread, calls from C). */
	readonly args: readonly Cell[] | undefined;
}

/** What has a function that left the program. */
export interface Escape {
	/** "the native function started", for people. */
	readonly to: string;
	/** May call it in the middle of the program's own calls; false: the executor's C, which calls it where none is under way. */
	readonly nested: boolean;
}

export class Frame {
	readonly id: number;
	readonly node: Owner;
	readonly outer: Frame | undefined;
	readonly site: string;
	readonly depth: number;
	readonly home: ClassValue | undefined;
	readonly self = new Cell();
	readonly parameters: Cell[] = [];
	/** Arguments that no parameter takes, or whose position is not known. */
	readonly rest = new Cell();
	readonly result = new Cell();
	/** What a compiled helper of this frame yields, and what those yield that it polls: by call (proof-compiled.ts). */
	readonly yielded = new Cell();
	readonly yieldedAt = new Map<ts.Node, Cell>();
	readonly variables = new Map<Variable, Cell>();
	readonly expressions = new Map<ts.Node, Cell>();
	readonly edges = new Map<ts.Node, Edge[]>();
	/** Properties written: by node, receiver and name. */
	readonly writes = new Map<ts.Node, { object: ObjectValue; name: string }[]>();

	constructor(id: number, node: Owner, outer: Frame | undefined, site: string, depth: number, home?: ClassValue) {
		this.id = id;
		this.node = node;
		this.outer = outer;
		this.site = site;
		this.depth = depth;
		this.home = home;
	}
}

const primitive = (name: PrimitiveName): PrimitiveValue => ({ kind: "primitive", name });

export const NUMBER = primitive("number");
export const STRING = primitive("string");
export const BOOLEAN = primitive("boolean");
export const BIGINT = primitive("bigint");
export const SYMBOL = primitive("symbol");
export const UNDEFINED = primitive("undefined");
export const NULL = primitive("null");
export const UNKNOWN = primitive("unknown");

/** What primitives have members of, those of every object left out. */
const MEMBERS: Readonly<Record<string, RegExp>> = {
	number: /^(toString|toFixed|toPrecision|toExponential|toLocaleString|valueOf)$/,
	boolean: /^(toString|valueOf)$/,
	bigint: /^(toString|toLocaleString|valueOf)$/,
	symbol: /^(description|toString|valueOf)$/,
	string:
		/^(length|at|charAt|charCodeAt|codePointAt|concat|endsWith|includes|indexOf|lastIndexOf|localeCompare|match|matchAll|normalize|padEnd|padStart|repeat|replace|replaceAll|search|slice|split|startsWith|substring|substr|toLowerCase|toUpperCase|toString|trim|trimEnd|trimStart|valueOf)$/,
};

/** What every object has; primitives have them from it. */
export const OBJECT_METHODS: ReadonlySet<string> = new Set([
	"hasOwnProperty",
	"isPrototypeOf",
	"valueOf",
	"toString",
	"toLocaleString",
]);

/** Whether a primitive has a member of its own kind: of any other, reading gives undefined. */
export function hasMember(value: PrimitiveValue, name: string): boolean {
	return MEMBERS[value.name].test(name);
}

/** True for what `+` and comparisons first turn into a primitive, by calls and strings. */
export function isObject(value: Value): boolean {
	return value.kind !== "primitive";
}
