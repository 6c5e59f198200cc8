/**
 * What a program can reach of the engine: one marking over two graphs, the machine's objects (machine.ts) and the
 * engine's C code (engine.ts), which lead into each other: a builtin function is a C function, and C code reads
 * prototypes and names.
 *
 * ```
 * program's instructions -> C of the interpreter -> C functions -> places of the stack -> objects
 * program's names --------------------------------> properties of objects that are reached -> values -> C functions
 * ```
 *
 * A property of a builtin counts only when its object is reached and its name is used by somebody: by an instruction that
 * carries it, by a literal key, or by C code that is reached. When a program makes names at run time, every
 * property of every object that is reached counts; the global object's do only when the program gets hold of that object.
 *
 * Everything has a reason: who it was first reached from.
 */
import type { Engine } from "./engine.ts";
import { chain, type Machine, type Slot } from "./machine.ts";

export interface Needs {
	/** Instructions, as the engine calls them ("XS_CODE_ADD"), with where they stand. */
	instructions: Map<string, string>;
	/** Names that stand in the program where a builtin's may be meant, with where. */
	names: Map<string, string>;
	/** Where names are made at run time. */
	anyName: string[];
	/** C functions that are called from outside of the engine: natives that the program imports, the platform's calls. */
	functions: Map<string, string>;
}

/** A thing that is reached: "function fx_Array_prototype_push", "object 474", "name length". */
export type Thing = string;

/**
 * C code and prototypes that are mentioned wherever values are handled and that only values from certain sources lead
 * into: what waits, and what opens.
 */
const GATES: { waits: RegExp; opens: RegExp }[] = [
	{
		waits: /^(gxTypeBigInt\b.*|root mxBigIntPrototypeStackIndex)$/,
		opens: /^(op:XS_CODE_BIGINT_[12]|fx_BigInt(_\w+)?|fxBigU?[iI]nt64Getter|fxNewBigInt\w*|xsmc?BigInt\w*)$/,
	},
	{ waits: /^gxTypeAtomics#/, opens: /^fx_Atomics_/ },
];
/** These look at properties by names that nobody has written down. */
const LOOKS_AT_ALL =
	/^fx_(Reflect_(get|has|ownKeys|getOwnPropertyDescriptor)|Object_(getOwnProperty\w+|hasOwn|prototype_(hasOwnProperty|propertyIsEnumerable|__lookup\w+)))$/;
/** Names that C code gives to what it makes, or looks up in what the program has made: no builtin is meant. */
const OWN_NAMES: Record<string, readonly string[]> = {
	fxDefaultFunctionPrototype: ["constructor"],
	"op:XS_CODE_CLASS": ["constructor"],
	"op:XS_CODE_SUPER": ["constructor"],
	fxRunExtends: ["constructor"],
	fxCloneMachine: ["global", "globalThis"],
	fxPrepareTransfer: ["from", "import", "aliases"],
	fxDefinePrivateProperty: ["get", "set"],
};
/** Called through a pointer in the program's table of modules. */
const INDIRECT: Record<string, readonly string[]> = { fxLoadModule: ["stator_bind_hosts"] };
/** These hand every builtin on. */
const NEEDS_ALL = /^fx_(Compartment|lockdown|ModuleSource)$/;

export class Reach {
	readonly reasons = new Map<Thing, string>();
	/** Why every property of what is reached counts; empty: it does not. */
	readonly anyName: string[] = [];
	private readonly engine: Engine;
	private readonly machine: Machine;
	private readonly queue: (() => void)[] = [];
	/** Properties whose object is reached and whose name is not yet. */
	private readonly waiting = new Map<number, Set<Slot>>();
	private readonly gates = GATES.map((gate) => ({
		...gate,
		open: false,
		held: [] as [name: string, reason: string][],
	}));
	private readonly global: number;
	private globalTaken = false;

	constructor(engine: Engine, machine: Machine, needs: Needs) {
		this.engine = engine;
		this.machine = machine;
		this.global = machine.roots.get(0)?.[0] ?? -1;
		for (const name of Object.keys(engine.nodes))
			if (/^(stator_(?!bind_hosts)\w+|fxAbort|fxRunID)$/.test(name)) this.node(name, "the platform");
		this.node("gxOrdinaryBehavior", "every object");
		for (const [name, place] of needs.functions) this.node(name, place);
		// What a machine has of its own: globals, the program's module, the first module's body.
		for (const [index, places] of machine.roots)
			if (index < 13) for (const place of places) this.object(place, "the machine");
		for (const [name, place] of needs.instructions) this.node("op:" + name, place);
		this.globalTaken = needs.names.has("globalThis") || needs.names.has("global");
		for (const place of needs.anyName) this.takeAnyName(place);
		for (const [name, place] of needs.names) {
			const id = machine.ids.get(name);
			if (id !== undefined) this.name(id, place);
		}
		for (let i = 0; i < this.queue.length; i++) this.queue[i]();
	}

	has(thing: Thing): boolean {
		return this.reasons.has(thing);
	}

	private reach(thing: Thing, reason: string, follow: () => void): void {
		if (this.reasons.has(thing)) return;
		this.reasons.set(thing, reason);
		this.queue.push(follow);
	}

	/** True: it waits for what leads into it. */
	private held(name: string, reason: string): boolean {
		const gate = this.gates.find(({ open, waits }) => !open && waits.test(name));
		gate?.held.push([name, reason]);
		return gate !== undefined;
	}

	private node(name: string, reason: string): void {
		const node = this.engine.nodes[name];
		if (node === undefined || this.held(name, reason)) return;
		const thing = "c " + name;
		this.reach(thing, reason, () => {
			for (const gate of this.gates) {
				if (gate.open || !gate.opens.test(name)) continue;
				gate.open = true;
				for (const [held, why] of gate.held)
					if (held.startsWith("root ")) this.root(held.slice(5), why);
					else this.node(held, why);
			}
			if (LOOKS_AT_ALL.test(name) || NEEDS_ALL.test(name)) this.takeAnyName(thing);
			if (NEEDS_ALL.test(name)) this.takeAll(thing);
			for (const need of [...node.needs, ...(INDIRECT[name] ?? [])]) this.node(need, thing);
			for (const root of node.roots) this.root(root, thing);
			// A typed array finds its constructor by its type.
			if (name.startsWith("gxTypeDispatches#")) for (const id of node.names) this.root("_" + id, thing);
			const own = OWN_NAMES[name] ?? [];
			for (const id of node.names) if (!own.includes(id)) this.name(this.engine.ids.indexOf(id), thing);
		});
	}

	private root(name: string, reason: string): void {
		if (this.held("root " + name, reason)) return;
		this.rootAt(this.engine.roots[name] ?? -1, reason);
	}

	private rootAt(index: number, reason: string): void {
		this.reach("root " + index, reason, () => {
			for (const place of this.machine.roots.get(index) ?? []) this.object(place, reason);
		});
	}

	private name(id: number, reason: string): void {
		if (id < 0) return;
		this.reach("name " + id, reason, () => {
			for (const property of this.waiting.get(id) ?? []) this.property(property, "name " + id);
			this.waiting.delete(id);
		});
	}

	private object(place: number, reason: string): void {
		const slot = this.machine.slots.get(place);
		if (slot === undefined) return;
		this.reach("object " + place, reason, () => {
			this.values(slot, "object " + place);
			if (!slot.object) return;
			for (const property of chain(this.machine, slot)) {
				if (property.internal || !property.builtin) this.values(property, "object " + place);
				else if (this.has("name " + property.id)) this.property(property, "name " + property.id);
				else if (this.anyName.length > 0 && (place !== this.global || this.globalTaken))
					this.property(property, "any name");
				else this.wait(property);
			}
		});
	}

	private wait(property: Slot): void {
		const waiting = this.waiting.get(property.id);
		if (waiting === undefined) this.waiting.set(property.id, new Set([property]));
		else waiting.add(property);
	}

	private property(property: Slot, reason: string): void {
		this.reach("property " + property.place, reason, () => this.values(property, "property " + property.place));
	}

	private values(slot: Slot, reason: string): void {
		for (const place of slot.references) this.object(place, reason);
		if (slot.callback !== undefined) this.node(slot.callback, reason);
		if (slot.symbol !== undefined) this.name(slot.symbol, reason);
		if (slot.type === undefined) return;
		this.node("gxTypeDispatches#" + slot.type, reason);
		this.node("gxTypeAtomics#" + slot.type, reason);
	}

	private takeAnyName(reason: string): void {
		this.anyName.push(reason);
		if (this.anyName.length === 1) this.queue.push(() => this.recount());
	}

	private takeAll(reason: string): void {
		this.globalTaken = true;
		for (const index of this.machine.roots.keys()) this.rootAt(index, reason);
		this.queue.push(() => this.recount());
	}

	/** Properties that waited for their names count now. */
	private recount(): void {
		const globals = new Set<Slot>();
		const global = this.machine.slots.get(this.global);
		if (global !== undefined && !this.globalTaken)
			for (const property of chain(this.machine, global)) globals.add(property);
		for (const [id, waiting] of this.waiting) {
			for (const property of waiting) if (!globals.has(property)) this.property(property, "any name");
			this.waiting.set(id, new Set([...waiting].filter((property) => globals.has(property))));
		}
	}
}
