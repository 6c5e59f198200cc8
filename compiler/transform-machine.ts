/**
 * One async function on its way to a state machine: what the parts of the compiler share while they take it apart.
 *
 * A function is gone through twice. The first time every variable is taken to live in the frame, and it is noted in which
 * blocks each is used; the second time those that are used in one block only are locals of `poll`. To make that possible
 * a variable stands in generated text as a mark, which `emit` resolves when the line's place is known.
 */
import ts from "typescript";
import { isFunction, markAwaitedReturn } from "./contains.ts";
import type { NativeLeaf } from "./native-leaves.ts";
import type { Line } from "./source-map.ts";
import { linesFrom } from "./source-map.ts";
import { Blocks, type Label } from "./transform-blocks.ts";
import type { Module, Unit } from "./unit.ts";

/** Where a variable lives: the frame, `poll`, or an object made anew for each turn of a loop because a closure keeps it. */
export type Home = "frame" | "local" | "box";

export interface Variable {
	readonly index: number;
	readonly name: string;
	readonly home: Home;
	/** Blocks in which it is used. */
	readonly blocks: Set<number>;
	/** Must live in the frame: functions that live there use it, or it is set before the first block. */
	pinned: boolean;
	/** Used by a closure that the body makes. */
	kept: boolean;
	/** Declared inside a loop. */
	readonly looped: boolean;
}

/** What stands for the frame object until it is known how a function has it: as `this`, or as `$f`. */
export const FRAME = "\ue004";

/** What the class of a frame object has itself: no variable of the frame has such a name. */
const OWN_OF_CLASS = ["poll", "start", "cancel", "unwind", "constructor", "__proto__"];

/** The name of the timer that all sleeps of a frame object share. */
export const TIMER = "$timer";

export interface Leaf {
	/** How it stands in text. */
	readonly name: string;
	/** Its name in the frame. */
	readonly own: string;
	/** The number of the platform's wait instead of an object (native-leaves.ts). */
	readonly native: NativeLeaf | undefined;
	readonly className: string;
	readonly create: (module: Module) => string;
	readonly key: string;
}

/** A property of a frame object, and the text that makes its first value in a module. */
export interface Property {
	readonly name: string;
	readonly create: (module: Module) => string;
}

/** What is known of a compiled async function that others embed. */
export interface Compiled {
	/** The function that makes its frame; of the form frame: what its functions' names begin with. */
	readonly factory: string;
	/** What it keeps in the caller's frame object, with what it embeds itself; undefined: it has a frame of its own. */
	readonly properties: readonly Property[] | undefined;
	/** A function of the form frame that stands in the factory of the task whose body declares it. */
	readonly local: boolean;
	readonly file: ts.SourceFile;
	readonly shown: string;
	readonly depth: number;
	readonly cancels: boolean;
	/** Its cancellation may take more than one turn. */
	readonly cancelWaits: boolean;
	readonly unwinds: boolean;
	/** It returns values (through `$returned` of its module). */
	readonly yields: boolean;
	/** Its `start` takes the receiver first. */
	readonly takesThis: boolean;
	readonly states: number;
	/** Handles in it and in what it embeds. */
	readonly handles: number;
}

export interface Embedded {
	readonly name: string;
	readonly compiled: Compiled;
}

/** A region of a `try`: where an exception in it goes, and what stands around. */
export interface Region {
	readonly number: number;
	readonly kind: "catch" | "finally";
	readonly handler: Label;
	readonly parent: Region | undefined;
	/** Which completion record a `finally` uses. */
	readonly record: number;
	/** Completions that leave it by a jump: numbers from FIRST_JUMP. */
	readonly exits: Target[];
	/** A `return` or a cancellation goes through it. */
	returns: boolean;
	cancelled: boolean;
}

export interface Target {
	readonly label: Label;
	readonly region: Region | undefined;
}

export interface Scope {
	readonly names: readonly string[];
	readonly node: ts.Node;
	readonly breaks: Target;
	readonly continues?: Target;
}

/** A point at which the machine waits, and what a cancellation has to drop there. */
export interface Suspension {
	readonly label: Label;
	/** What awaits, in the source. */
	readonly at: ts.Node;
	/** The leaf that is waited for. */
	readonly leaf?: Leaf;
	readonly drop: string;
	/** A frame of its own that may have to clean up: the label at which that is waited for. */
	readonly cleanup?: Label;
	readonly call?: Embedded;
	/** Only this machine uses what is dropped: dropping it once more does no harm. */
	readonly own: boolean;
}

/**
 * Where the frame's variables are: captured by the functions of each instance, or properties of an object whose class has the
 * functions, one set for all instances.
 */
export type Form = "captured" | "frame";

/** What the two passes share. */
export interface Knowledge {
	readonly homes: Map<number, Home>;
	readonly functions: Map<ts.Node, boolean>;
}

const RESERVED =
	/^\$(s|id|e|f|r|p\d+|slot|mask|state|region|error|this|returned|poll|loop|machine|t\d+|kind\d+|value\d+|leaf\d+|timer|\d+_.*|handle\d+|call\d+.*)$/;

export class Machine {
	readonly unit: Unit;
	readonly module: Module;
	readonly fn: ts.FunctionLikeDeclaration;
	readonly kind: "task" | "embedded";
	readonly parent: Machine | undefined;
	readonly knowledge: Knowledge | undefined;
	readonly form: Form;
	readonly blocks: Blocks;
	readonly variables: Variable[] = [];
	readonly bySymbol = new Map<ts.Symbol, Variable>();
	readonly frame: string[] = [];
	readonly leaves: Leaf[] = [];
	readonly calls: Embedded[] = [];
	/** Calls of `spawn` whose result is used -> the names of their handles. */
	readonly handles = new Map<ts.Node, string>();
	/** What the handles are made with. */
	handleClass = "";
	readonly regions: Region[] = [];
	readonly scopes: Scope[] = [];
	readonly suspensions: Suspension[] = [];
	/** Points at which the cancellation of an embedded function is waited for. */
	readonly cleanups: { label: Label; at: ts.Node; call: Embedded; region: Region | undefined }[] = [];
	/** Functions that live in the frame, and factories of local async functions. */
	readonly functions: Line[][] = [];
	readonly localMachines = new Map<ts.Node, Compiled>();
	/** Functions of the form frame that stand beside this machine's own: they get the frame and keep nothing of it. */
	readonly beside: Line[][] = [];
	/** What the properties of this function begin with in a frame object that is a task's. */
	readonly prefix: string;
	/** Functions that are made in the frame; true: they must be made where they stand. */
	readonly functionHomes: Map<ts.Node, boolean>;
	/** Names of the parameters of `start`. */
	startParameters: readonly string[] = [];
	private outside: Line[] | undefined = undefined;
	region: Region | undefined = undefined;
	loops = 0;
	/** How many finally bodies are being taken apart. */
	finallies = 0;
	temporaries = 0;
	usesThis = false;
	/** The body makes closures or classes: what they mention is a variable, not `this`. */
	makesClosures = false;
	/** Leaves of one await: each of them needs an object of its own. */
	nested = 0;
	yields = false;
	records = 0;
	readonly names: Set<string>;
	readonly identifiers: Map<ts.Identifier, ts.Symbol>;
	readonly clashes: Set<string>;

	constructor(
		unit: Unit,
		module: Module,
		fn: ts.FunctionLikeDeclaration,
		kind: "task" | "embedded",
		parent: Machine | undefined,
		knowledge: Knowledge | undefined,
		form: Form,
	) {
		this.unit = unit;
		this.module = module;
		this.fn = fn;
		this.kind = kind;
		this.parent = parent;
		this.knowledge = knowledge;
		this.form = form;
		this.prefix = form === "frame" && kind === "embedded" ? "$" + unit.frameNumber(fn) + "_" : "";
		this.blocks = new Blocks(this.inFrame("$state"));
		this.functionHomes = knowledge?.functions ?? new Map();
		this.names = parent?.names ?? new Set(form === "frame" && kind === "task" ? OWN_OF_CLASS : []);
		if (parent === undefined) {
			const { identifiers, clashes } = lookUp(unit, fn);
			this.identifiers = identifiers;
			this.clashes = clashes;
		} else {
			this.identifiers = parent.identifiers;
			this.clashes = parent.clashes;
		}
	}

	get source(): string {
		return this.module.source.text;
	}

	at(node: ts.Node): void {
		this.blocks.position = node.getStart(this.module.source);
	}

	// ---- variables ----

	private freeName(name: string, plain: boolean): string {
		let free = name;
		if (!plain || this.names.has(name) || this.clashes.has(name))
			for (let n = 1; ; n++) {
				free = name + "$" + n;
				if (!this.names.has(free) && !this.module.identifiers.has(free)) break;
			}
		this.names.add(free);
		return free;
	}

	private add(name: string, home: Home | undefined, looped: boolean): Variable {
		const index = this.variables.length;
		const variable: Variable = {
			index,
			name,
			home: home ?? this.knowledge?.homes.get(index) ?? "frame",
			blocks: new Set(),
			pinned: false,
			kept: false,
			looped,
		};
		this.variables.push(variable);
		if (variable.home !== "local" && !this.frame.includes(name)) this.frame.push(name);
		return variable;
	}

	/** A variable of the source. */
	declare(name: ts.Identifier): Variable {
		const symbol = this.unit.symbolOf(name);
		if (symbol === undefined) throw new Error("no symbol for " + name.text);
		const known = this.bySymbol.get(symbol);
		if (known !== undefined) return known;
		const variable = this.add(this.freeName(name.text, true), undefined, this.loops > 0);
		this.bySymbol.set(symbol, variable);
		return variable;
	}

	/** The name of a function that lives in the frame. */
	declareFunction(name: ts.Identifier): Variable {
		const known = this.bySymbol.get(this.unit.symbolOf(name) as ts.Symbol);
		if (known !== undefined) return known;
		const variable = this.declare(name);
		variable.pinned = true;
		this.frame.splice(this.frame.indexOf(variable.name), 1);
		return variable;
	}

	/** A variable of the compiler's own, free again at the end of the statement. */
	temporary(): Variable {
		const home = this.knowledge?.homes.get(this.variables.length);
		const name = home === "local" ? "$v" + this.variables.length : "$t" + this.temporaries++;
		const variable = this.add(name, undefined, false);
		return variable;
	}

	/** A frame variable with a given name. */
	hidden(name: string): Variable {
		const known = this.variables.find((variable) => variable.name === name);
		if (known !== undefined) return known;
		const variable = this.add(name, "frame", false);
		variable.pinned = true;
		return variable;
	}

	/** The variable of this function or of those around it that an identifier means, with its owner. */
	find(symbol: ts.Symbol): { owner: Machine; variable: Variable } | undefined {
		const variable = this.bySymbol.get(symbol);
		if (variable !== undefined) return { owner: this, variable };
		return this.parent?.find(symbol);
	}

	/** How a variable stands in generated text. */
	mark(variable: Variable): string {
		return "\ue001" + variable.index + "\ue001";
	}

	private resolve(text: string): string {
		return text.replace(/\ue001(\d+)\ue001/g, (_, index) => {
			const variable = this.variables[Number(index)];
			variable.blocks.add(this.blocks.current);
			return this.nameOf(variable);
		});
	}

	nameOf(variable: Variable): string {
		if (variable.home === "local") return variable.name;
		const name = this.inFrame(variable.name);
		return variable.home === "box" ? name + ".v" : name;
	}

	/** How something that lives in the frame stands in text. */
	inFrame(name: string): string {
		return this.form === "frame" ? FRAME + "." + this.prefix + name : name;
	}

	/** The call of one of an embedded function's functions. */
	invoke(call: Embedded, name: "start" | "poll" | "cancel" | "unwind", given: readonly string[]): string {
		const { compiled } = call;
		if (compiled.properties !== undefined)
			return this.unit.useFactory(this.module, compiled, "_" + name) + "(" + [FRAME, ...given].join(", ") + ")";
		const callee = this.form === "frame" ? this.inFrame(call.name) + "." + name : call.name + "_" + name;
		return callee + "(" + given.join(", ") + ")";
	}

	/** The function around which all others are that share its frame. */
	get outermost(): Machine {
		return this.parent === undefined ? this : this.parent.outermost;
	}

	/**
	 * The function can have a frame object: nothing in it captures variables of the frame for good. Known after a pass.
	 */
	get fitsFrame(): boolean {
		return this.functions.length === 0 && ![...this.learn().homes.values()].includes("box");
	}

	/** For text that stands outside the blocks: what it uses lives in the frame. */
	pin(text: string): string {
		return text.replace(/\ue001(\d+)\ue001/g, (_, index) => {
			const variable = this.variables[Number(index)];
			variable.pinned = true;
			return this.nameOf(variable);
		});
	}

	// ---- output ----

	emit(text: string): void {
		if (this.outside !== undefined) {
			this.outside.push({ text: this.pin(text), position: this.blocks.position });
			return;
		}
		if (this.blocks.dead) return;
		this.blocks.emit(this.resolve(text));
	}

	/** Emits a line after which nothing is reached. */
	stop(text: string): void {
		this.emit(text);
		this.blocks.dead = true;
	}

	/** Emits a piece of the source that was taken over as a whole. */
	emitFrom(text: string, node: ts.Node): void {
		if (this.blocks.dead) return;
		this.blocks.emitLines(linesFrom(this.resolve(text), this.source, node.getStart(this.module.source), node.end));
	}

	/** Gives a variable its first value in this turn of its scope. */
	initialise(variable: Variable, value: string): void {
		const mark = this.mark(variable);
		if (variable.home === "local") this.emit("let " + mark + " = " + value + ";");
		else if (variable.home === "box") this.emit(variable.name + " = { v: " + value + " };");
		else this.emit(mark + " = " + value + ";");
		variable.blocks.add(this.blocks.current);
	}

	/** Keeps a value for later: the text that stands for it. */
	keep(value: string): string {
		const variable = this.temporary();
		this.initialise(variable, value);
		return this.mark(variable);
	}

	/** Lines that do not stand in the blocks: what they use lives in the frame or is theirs alone. */
	aside(work: () => void): Line[] {
		const lines: Line[] = [];
		this.outside = lines;
		work();
		this.outside = undefined;
		return lines;
	}

	/** Names of functions that the body declares stand in no other's way. */
	localNames(): void {
		for (const name of ["$returned"]) this.names.add(name);
	}

	refuse(node: ts.Node, message: string, fix: string): void {
		this.unit.refuse(node, message, fix);
	}

	/** Where each variable is to live, seen from the end of the first pass. */
	learn(): Knowledge {
		const groups = this.blocks.groups();
		const homes = new Map<number, Home>();
		for (const variable of this.variables) {
			const where = new Set([...variable.blocks].map((block) => groups[block]));
			let home: Home = "frame";
			if (!variable.pinned && where.size <= 1) home = "local";
			else if (variable.looped && variable.kept && !variable.pinned) home = "box";
			homes.set(variable.index, home);
		}
		return { homes, functions: this.functionHomes };
	}
}

/** Looks up every identifier that may be a variable of the function, and which names mean several things in it. */
function lookUp(unit: Unit, fn: ts.Node): Names {
	const known = cache.get(fn);
	if (known !== undefined) return known;
	const found = lookUpNew(unit, fn);
	cache.set(fn, found);
	return found;
}

interface Names {
	identifiers: Map<ts.Identifier, ts.Symbol>;
	clashes: Set<string>;
}

const cache = new WeakMap<ts.Node, Names>();

function lookUpNew(unit: Unit, fn: ts.Node): Names {
	const declared = new Set<string>();
	const used: ts.Identifier[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) {
			used.push(node);
			if (RESERVED.test(node.text))
				unit.refuse(node, "the compiler uses the name " + node.text + " itself", "give it another name");
			return;
		}
		if (ts.isTypeNode(node)) return;
		if (ts.isReturnStatement(node) && node.expression !== undefined && unit.isAwaitedReturn(node.expression))
			markAwaitedReturn(node);
		if (
			(ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
			ts.isIdentifier(node.name)
		)
			declared.add(node.name.text);
		if ((isFunction(node) || ts.isClassLike(node)) && node.name !== undefined && ts.isIdentifier(node.name))
			declared.add(node.name.text);
		ts.forEachChild(node, visit);
	};
	ts.forEachChild(fn, visit);
	const identifiers = new Map<ts.Identifier, ts.Symbol>();
	const meanings = new Map<string, ts.Symbol>();
	const clashes = new Set<string>();
	for (const name of used) {
		if (!declared.has(name.text) || isPropertyName(name)) continue;
		const symbol = unit.symbolOf(name);
		if (symbol === undefined) continue;
		identifiers.set(name, symbol);
		const first = meanings.get(name.text);
		if (first === undefined) meanings.set(name.text, symbol);
		else if (first !== symbol) clashes.add(name.text);
	}
	return { identifiers, clashes };
}

/** The identifier names a member, not a variable. */
export function isPropertyName(name: ts.Identifier): boolean {
	const { parent } = name;
	if (ts.isPropertyAccessExpression(parent)) return parent.name === name;
	if (ts.isQualifiedName(parent)) return true;
	if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent))
		return parent.name === name;
	if (ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) return parent.name === name;
	if (ts.isBindingElement(parent)) return parent.propertyName === name;
	if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return true;
	return false;
}
