/** The machine that stator-rom made and described (tools/rom/strip.c has the form): its objects, its stack, its names. */

export interface Slot {
	place: number;
	/** Begins an object. */
	object: boolean;
	/** The engine's, not the program's. */
	builtin: boolean;
	internal: boolean;
	id: number;
	next: number;
	references: number[];
	/** The C function of a builtin. */
	callback?: string;
	/** A constructor of typed arrays: the type's row in the engine's tables. */
	type?: number;
	/** A symbol that is the value. */
	symbol?: number;
}

export interface Machine {
	keys: string[];
	/** Name -> ID. */
	ids: Map<string, number>;
	/** Places of the stack, and the objects there. */
	roots: Map<number, number[]>;
	slots: Map<number, Slot>;
}

export function readMachine(text: string): Machine {
	const machine: Machine = { keys: [], ids: new Map(), roots: new Map(), slots: new Map() };
	for (const line of text.split("\n")) {
		const words = line.split(" ");
		if (words[0] === "key") {
			const name = line.slice(words[0].length + words[1].length + 2);
			machine.keys[Number(words[1])] = name;
			machine.ids.set(name, Number(words[1]));
		} else if (words[0] === "root") machine.roots.set(Number(words[1]), words.slice(2).map(Number));
		else if (words[0] === "slot") addSlot(machine, words);
	}
	return machine;
}

function addSlot(machine: Machine, words: string[]): void {
	const [place, object, builtin, internal, id, next] = words.slice(1, 7).map(Number);
	const slot: Slot = {
		place,
		object: object === 1,
		builtin: builtin === 1,
		internal: internal === 1,
		id,
		next,
		references: [],
	};
	for (const word of words.slice(7))
		if (word.startsWith("@")) slot.callback = word.slice(1);
		else if (word.startsWith("#")) slot.type = Number(word.slice(1));
		else if (word.startsWith("%")) slot.symbol = Number(word.slice(1));
		else if (Number(word) >= 0) slot.references.push(Number(word));
	machine.slots.set(place, slot);
}

/** The properties of an object, itself excluded. */
export function* chain(machine: Machine, object: Slot): Generator<Slot> {
	for (let at = machine.slots.get(object.next); at !== undefined; at = machine.slots.get(at.next)) yield at;
}

/** What people call the builtins: "Array.prototype.push", "get Map.prototype.size"; by the place of the property or object. */
export function nameBuiltins(machine: Machine): Map<number, string> {
	const names = new Map<number, string>();
	const queue: [object: number, name: string][] = [[machine.roots.get(0)?.[0] ?? -1, ""]];
	for (let i = 0; i < queue.length; i++) {
		const [place, name] = queue[i];
		const object = machine.slots.get(place);
		if (object === undefined) continue;
		for (const property of chain(machine, object)) {
			if (property.internal || !property.builtin) continue;
			const key = machine.keys[property.id] ?? "";
			const full = key.startsWith("Symbol.") ? name + "[" + key + "]" : name === "" ? key : name + "." + key;
			if (!names.has(property.place)) names.set(property.place, full);
			for (const reference of property.references) {
				if (names.has(reference)) continue;
				names.set(reference, full);
				queue.push([reference, full]);
			}
		}
	}
	return names;
}
