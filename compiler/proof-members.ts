/**
 * Names and properties: what is bound, assigned, read and written, by patterns, along classes, through getters and
 * setters, by computed names.
 */
import ts from "typescript";
import { isReturned } from "./proof-compiled.ts";
import {
	ANY_NAME,
	BOOLEAN,
	Cell,
	type ClassValue,
	type Frame,
	type FunctionValue,
	hasMember,
	isObject,
	NULL,
	NUMBER,
	OBJECT_METHODS,
	type ObjectValue,
	STRING,
	UNDEFINED,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import { type Arguments, NO_ARGUMENTS, Solver } from "./proof-solver.ts";
import { keyName } from "./proof-syntax.ts";
import { hasNamedMembers, isFunctionMember, isNumberConstant } from "./proof-table.ts";

export abstract class Members extends Solver {
	/** Calls a function of the program; the arguments flow in, the result flows out. */
	protected abstract invoke(
		callee: FunctionValue,
		receiver: Value | undefined,
		site: ts.Node,
		caller: Frame,
		args: Arguments,
		result: Cell,
	): Frame;

	// Patterns

	protected bind(name: ts.BindingName, from: Cell, frame: Frame, source?: ts.Expression): void {
		if (ts.isIdentifier(name)) {
			const variable = this.scopes.resolve(name);
			if (variable !== undefined) this.flow(from, this.variable(variable, frame));
			return;
		}
		frame.expressions.set(name, from);
		const items = ts.isArrayBindingPattern(name) ? placed(source) : undefined;
		for (const [index, element] of name.elements.entries()) {
			if (!ts.isBindingElement(element)) continue;
			let value: Cell;
			if (element.dotDotDotToken !== undefined) value = this.holding(UNKNOWN);
			else if (items !== undefined) value = this.itemAt(items, index, frame);
			else if (ts.isArrayBindingPattern(name)) value = this.items(from);
			else {
				value = new Cell();
				const key = element.propertyName ?? element.name;
				this.readKey(from, key, element, frame, value);
			}
			this.bind(element.name, this.withDefault(value, element.initializer, frame), frame, items?.[index]);
		}
	}

	protected readKey(from: Cell, key: ts.Node, node: ts.Node, frame: Frame, to: Cell): void {
		if (ts.isIdentifier(key) || ts.isStringLiteral(key) || ts.isPrivateIdentifier(key))
			this.read(from, key.text, node, frame, to);
		else if (ts.isComputedPropertyName(key)) {
			const name = this.evaluate(key.expression, frame);
			this.each(from, (value) => this.readElement(value, name, node, frame, to));
		} else this.each(from, (value) => this.readElement(value, this.holding(NUMBER), node, frame, to));
	}

	/** What stands at a place of an array literal. */
	private itemAt(items: readonly ts.Expression[], index: number, frame: Frame): Cell {
		const item = items[index];
		return item === undefined || ts.isOmittedExpression(item) ? this.holding(UNDEFINED) : this.evaluate(item, frame);
	}

	/** What iterating over the values of a cell gives. */
	protected items(from: Cell): Cell {
		const cell = new Cell();
		this.each(from, (value) => {
			if (value.kind === "object" && value.shape !== "instance") this.flow(value.elements, cell);
			else if (value === STRING) this.add(cell, STRING);
			else if (isObject(value) || value === UNKNOWN) this.add(cell, UNKNOWN);
		});
		return cell;
	}

	protected assign(target: ts.Node, from: Cell, frame: Frame, source?: ts.Expression): void {
		if (ts.isParenthesizedExpression(target)) this.assign(target.expression, from, frame, source);
		else if (ts.isIdentifier(target)) {
			const variable = this.scopes.resolve(target);
			if (variable === undefined) return;
			this.flow(from, this.variable(variable, frame));
			if (isReturned(variable)) this.flow(from, frame.yielded);
		} else if (ts.isPropertyAccessExpression(target)) {
			this.each(this.evaluate(target.expression, frame), (value) =>
				this.write(value, target.name.text, from, target, frame),
			);
		} else if (ts.isElementAccessExpression(target)) {
			this.evaluate(target.argumentExpression, frame);
			const key = target.argumentExpression;
			this.each(this.evaluate(target.expression, frame), (value) => {
				if (value.kind === "object") value.filledBy.add(frame);
				const fixed = keyName(key);
				if (fixed !== undefined) this.write(value, fixed, from, target, frame);
				else if (value.kind === "object" || value.kind === "function" || value.kind === "class")
					this.each(this.evaluate(key, frame), (name) => {
						const isNumber = name === NUMBER || name === BOOLEAN;
						if (value.kind === "object" && (isNumber || value.shape !== "plain")) this.flow(from, value.elements);
						if (!isNumber) this.flow(from, value.properties.get(ANY_NAME));
					});
			});
		} else if (ts.isObjectLiteralExpression(target)) {
			frame.expressions.set(target, from);
			for (const property of target.properties) {
				if (ts.isShorthandPropertyAssignment(property)) {
					const value = new Cell();
					this.read(from, property.name.text, property, frame, value);
					this.assign(property.name, this.withDefault(value, property.objectAssignmentInitializer, frame), frame);
				} else if (ts.isPropertyAssignment(property)) {
					const value = new Cell();
					this.readKey(from, property.name, property, frame, value);
					this.assignWithDefault(property.initializer, value, frame);
				} else if (ts.isSpreadAssignment(property)) this.assign(property.expression, this.holding(UNKNOWN), frame);
			}
		} else if (ts.isArrayLiteralExpression(target)) {
			frame.expressions.set(target, from);
			const items = placed(source);
			const any = this.items(from);
			for (const [index, element] of target.elements.entries())
				if (ts.isSpreadElement(element)) this.assign(element.expression, this.holding(UNKNOWN), frame);
				else this.assignWithDefault(element, items === undefined ? any : this.itemAt(items, index, frame), frame);
		}
	}

	protected assignWithDefault(target: ts.Expression, from: Cell, frame: Frame): void {
		if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken)
			this.assign(target.left, this.withDefault(from, target.right, frame), frame);
		else this.assign(target, from, frame);
	}

	// Properties

	protected read(from: Cell, name: string, node: ts.Node, frame: Frame, to: Cell): void {
		this.each(from, (value) => this.readValue(value, value, name, node, frame, to));
	}

	/** Reading by a computed name: a number, or text that may be any name. */
	protected readElement(value: Value, key: Cell, node: ts.Node, frame: Frame, to: Cell): void {
		if (value === STRING || value === UNKNOWN) this.add(to, value);
		else if (value.kind === "native" || value.kind === "builtin") this.add(to, UNKNOWN);
		if (value.kind === "primitive" || value.kind === "native" || value.kind === "builtin") return;
		if (value.kind === "object") {
			this.flow(value.elements, to);
			if (value.prototype === "TypedArray.prototype") this.add(to, NUMBER);
			else if (value.shape === "array") this.add(to, UNDEFINED);
		}
		this.flow(value.properties.get(ANY_NAME), to);
		if (value.kind === "object" && value.prototype !== "") return;
		let all = false;
		this.each(key, (name) => {
			if (all || name === NUMBER || name === BOOLEAN) return;
			all = true;
			value.properties.each((_, cell) => this.flow(cell, to));
			const members = value.kind === "object" ? value.class : value.kind === "class" ? value : undefined;
			const seen = new Set<ClassValue>();
			const look = (owner: ClassValue): void => {
				if (seen.has(owner)) return;
				seen.add(owner);
				for (const member of owner.members.keys()) this.member(owner, member, value, node, frame, to);
				this.each(owner.base, (base) => {
					if (base.kind === "class") look(base);
				});
			};
			if (members !== undefined) look(members);
			if (value.kind === "object")
				for (const name of value.accessors.keys()) this.readValue(value, value, name, node, frame, to);
		});
	}

	protected readValue(value: Value, receiver: Value, name: string, node: ts.Node, frame: Frame, to: Cell): void {
		switch (value.kind) {
			case "primitive":
				if (value === UNKNOWN) this.add(to, UNKNOWN);
				else if (value === STRING && name === "length") this.add(to, NUMBER);
				else if (value !== UNDEFINED && value !== NULL)
					this.add(
						to,
						hasMember(value, name) || OBJECT_METHODS.has(name)
							? this.builtin(value.name[0].toUpperCase() + value.name.slice(1) + ".prototype." + name, receiver)
							: UNDEFINED,
					);
				return;
			case "function":
			case "class": {
				this.flow(value.properties.get(name), to);
				this.flow(value.properties.get(ANY_NAME), to);
				if (value.kind === "class") {
					this.member(value, "static " + name, receiver, node, frame, to);
					if (name === "prototype") this.add(to, UNKNOWN);
				}
				if (name === "call" || name === "apply" || name === "bind" || name === "toString")
					this.add(to, this.builtin("Function.prototype." + name, receiver));
				else if (name === "length") this.add(to, NUMBER);
				else if (name === "name") this.add(to, STRING);
				return;
			}
			case "object": {
				this.flow(value.properties.get(name), to);
				this.flow(value.properties.get(ANY_NAME), to);
				if (/^\d+$/.test(name)) this.flow(value.elements, to);
				const accessor = value.accessors.get(name);
				if (accessor?.getter !== undefined) this.invoke(accessor.getter, value, node, frame, NO_ARGUMENTS, to);
				if (value.class !== undefined) this.member(value.class, name, receiver, node, frame, to);
				if (value.prototype !== "") {
					if (name === "length" || name === "size" || name === "byteLength" || name === "byteOffset")
						this.add(to, NUMBER);
					else this.add(to, this.builtin(value.prototype + "." + name, receiver));
				} else if (OBJECT_METHODS.has(name) && !value.properties.has(name))
					this.add(to, this.builtin("Object.prototype." + name, receiver));
				return;
			}
			case "builtin": {
				const path = value.name + "." + name;
				if (name === "call" || name === "apply" || name === "bind")
					this.add(to, isFunctionMember(value.name) ? UNKNOWN : this.builtin("Function.prototype." + name, receiver));
				else if (isNumberConstant(path)) this.add(to, NUMBER);
				else if (value.name === "globalThis") this.add(to, this.builtin(name));
				else this.add(to, hasNamedMembers(value.name) ? this.builtin(path) : UNKNOWN);
				return;
			}
			case "native":
				this.add(to, UNKNOWN);
		}
	}

	/** Looks a member up along the classes, `seen` among them: one that a function makes in a loop may be its own base. */
	protected member(
		owner: ClassValue,
		name: string,
		receiver: Value,
		node: ts.Node,
		frame: Frame,
		to: Cell,
		seen = new Set<ClassValue>(),
	): void {
		if (seen.has(owner)) return;
		seen.add(owner);
		const found = owner.members.get(name);
		if (found !== undefined) {
			if (found.method !== undefined) this.add(to, found.method);
			if (found.getter !== undefined) this.invoke(found.getter, receiver, node, frame, NO_ARGUMENTS, to);
			return;
		}
		this.each(owner.base, (base) => {
			if (base.kind === "class") {
				if (name.startsWith("static ")) this.flow(base.properties.get(name.slice(7)), to);
				this.member(base, name, receiver, node, frame, to, seen);
			} else if (base.kind === "builtin" && !name.startsWith("static "))
				this.add(to, this.builtin(base.name + ".prototype." + name, receiver));
			else if (base === UNKNOWN) this.add(to, UNKNOWN);
		});
	}

	protected setter(
		owner: ClassValue,
		name: string,
		use: (setter: FunctionValue) => void,
		seen = new Set<ClassValue>(),
	): void {
		if (seen.has(owner)) return;
		seen.add(owner);
		const found = owner.members.get(name);
		if (found?.setter !== undefined) use(found.setter);
		if (found !== undefined) return;
		this.each(owner.base, (base) => {
			if (base.kind === "class") this.setter(base, name, use, seen);
		});
	}

	protected hasSetter(owner: ClassValue, name: string, seen = new Set<ClassValue>()): boolean {
		if (seen.has(owner)) return false;
		seen.add(owner);
		const found = owner.members.get(name);
		if (found !== undefined) return found.setter !== undefined;
		for (const base of owner.base.values) if (base.kind === "class" && this.hasSetter(base, name, seen)) return true;
		return false;
	}

	protected write(value: Value, name: string, from: Cell, node: ts.Node, frame: Frame): void {
		if (value.kind === "function" || value.kind === "class") {
			this.flow(from, value.properties.get(name));
			if (value.kind === "class")
				this.setter(value, "static " + name, (setter) => {
					this.invoke(setter, value, node, frame, { cells: [from], rest: undefined }, new Cell());
				});
		}
		if (value.kind !== "object") return;
		this.flow(from, value.properties.get(name));
		const call = (setter: FunctionValue): void => {
			this.invoke(setter, value, node, frame, { cells: [from], rest: undefined }, new Cell());
		};
		const own = value.accessors.get(name)?.setter;
		if (own !== undefined) call(own);
		if (value.class !== undefined) this.setter(value.class, name, call);
		if (own !== undefined || (value.class !== undefined && this.hasSetter(value.class, name))) return;
		const writes = frame.writes.get(node) ?? [];
		writes.push({ object: value, name });
		frame.writes.set(node, writes);
	}

	protected copyProperties(from: ObjectValue, to: ObjectValue): void {
		if (from === to) return;
		to.madeEmpty = false;
		this.flow(from.elements, to.elements);
		from.properties.each((name, cell) => this.flow(cell, to.properties.get(name)));
		for (const name of from.declared) to.declared.add(name);
		for (const [name, accessor] of from.accessors) to.accessors.set(name, accessor);
	}
}

/** The items of an array literal that a pattern takes apart at once, so that each name gets its own; undefined where their places are not known. */
function placed(source: ts.Expression | undefined): readonly ts.Expression[] | undefined {
	let literal = source;
	while (literal !== undefined && ts.isParenthesizedExpression(literal)) literal = literal.expression;
	if (literal === undefined || !ts.isArrayLiteralExpression(literal)) return undefined;
	return literal.elements.some(ts.isSpreadElement) ? undefined : literal.elements;
}
