/** Destructuring, taken apart into single reads: records by property, arrays and tuples by index (no iterator is made). */
import ts from "typescript";
import { hasAwait } from "./contains.ts";
import { lower } from "./transform-expression.ts";
import type { Machine } from "./transform-machine.ts";
import { isSimpleText, lowerInto } from "./transform-operands.ts";
import { render } from "./transform-render.ts";

/** Makes the variables of a declaration known. */
export function declarePattern(m: Machine, name: ts.BindingName): void {
	if (ts.isIdentifier(name)) m.declare(name).pinned ||= false;
	else for (const element of name.elements) if (ts.isBindingElement(element)) declarePattern(m, element.name);
}

/** A `var` pattern as the target of an assignment. */
export function assignPattern(m: Machine, name: ts.BindingName, inner: (node: ts.Node) => string): string {
	if (ts.isIdentifier(name)) {
		const variable = m.declare(name);
		variable.pinned = true;
		return m.mark(variable);
	}
	const parts = name.elements.map((element) => {
		if (!ts.isBindingElement(element)) return "";
		const target = assignPattern(m, element.name, inner);
		const initial = element.initializer === undefined ? "" : " = " + inner(element.initializer);
		const dots = element.dotDotDotToken === undefined ? "" : "...";
		if (ts.isArrayBindingPattern(name)) return dots + target + initial;
		if (dots !== "") return dots + target;
		const key = element.propertyName ?? (element.name as ts.Identifier);
		return (ts.isIdentifier(key) ? key.text : inner(key)) + ": " + target + initial;
	});
	return ts.isArrayBindingPattern(name) ? "[" + parts.join(", ") + "]" : "{ " + parts.join(", ") + " }";
}

/** Where a single value goes. */
type Store = (target: ts.BindingName | ts.Expression, value: string) => void;

const storeDeclared =
	(m: Machine): Store =>
	(target, value) => {
		const variable = m.declare(target as ts.Identifier);
		m.initialise(variable, value);
	};

const storeAssigned =
	(m: Machine): Store =>
	(target, value) => {
		const to = lower(m, target as ts.Expression);
		m.emit((to.startsWith("{") ? "(" + to + " = " + value + ")" : to + " = " + value) + ";");
	};

/** Declares the variables of a name or pattern with a value. */
export function bind(m: Machine, name: ts.BindingName, value: string): void {
	if (ts.isIdentifier(name)) {
		storeDeclared(m)(name, value);
		return;
	}
	const from = isSimpleText(value) ? value : m.keep(value);
	if (ts.isObjectBindingPattern(name)) bindRecord(m, name, from);
	else bindItems(m, name, from);
}

function bindRecord(m: Machine, pattern: ts.ObjectBindingPattern, from: string): void {
	if (pattern.elements.length === 0)
		m.emit(
			"if (" +
				from +
				' == null) throw new TypeError("cannot take ' +
				from.replace(/\ue001\d+\ue001/g, "it") +
				' apart");',
		);
	const taken: string[] = [];
	for (const element of pattern.elements) {
		if (element.dotDotDotToken !== undefined) {
			// The rest is a new object, whoever makes it: the engine does.
			const others = taken.map((key, index) => key + ": " + "$_" + index).join(", ");
			const rest = "(({ " + others + (others === "" ? "" : ", ") + "...$rest }) => $rest)(" + from + ")";
			bind(m, element.name, rest);
			continue;
		}
		const key = element.propertyName ?? (element.name as ts.Identifier);
		let access: string;
		if (ts.isIdentifier(key)) {
			access = from + "." + key.text;
			taken.push(key.text);
		} else if (ts.isComputedPropertyName(key)) {
			const text = lower(m, key.expression);
			const kept = isSimpleText(text) ? text : m.keep(text);
			access = from + "[" + kept + "]";
			taken.push("[" + kept + "]");
		} else {
			access = from + "[" + key.getText() + "]";
			taken.push(key.getText());
		}
		bindWithDefault(m, element.name, access, element.initializer);
	}
}

function bindItems(m: Machine, pattern: ts.ArrayBindingPattern, from: string): void {
	const array = m.unit.isArrayType(m.unit.typeOf(pattern)) || isArraySource(m, pattern);
	const items = array ? from : m.keep("[..." + from + "]");
	pattern.elements.forEach((element, index) => {
		if (!ts.isBindingElement(element)) return;
		if (element.dotDotDotToken !== undefined) bind(m, element.name, items + ".slice(" + index + ")");
		else bindWithDefault(m, element.name, items + "[" + index + "]", element.initializer);
	});
}

function isArraySource(m: Machine, pattern: ts.ArrayBindingPattern): boolean {
	const { parent } = pattern;
	if (ts.isVariableDeclaration(parent) && parent.initializer !== undefined) return m.unit.isArray(parent.initializer);
	return false;
}

function bindWithDefault(m: Machine, name: ts.BindingName, access: string, initial: ts.Expression | undefined): void {
	bind(m, name, initial === undefined ? access : withDefault(m, access, initial));
}

/** `access`, or the default where that is undefined. */
export function withDefault(m: Machine, access: string, initial: ts.Expression): string {
	const value = m.keep(access);
	if (!hasAwait(initial)) return "(" + value + " === undefined ? " + render(m, initial) + " : " + value + ")";
	const end = m.blocks.label();
	m.emit("if (" + value + " !== undefined) { " + m.blocks.jumpText(end) + " }");
	lowerInto(m, value, initial);
	m.blocks.place(end);
	return value;
}

/** `pattern = value` where the pattern is an expression. */
export function assign(m: Machine, target: ts.Expression, value: string): void {
	const store = storeAssigned(m);
	if (ts.isParenthesizedExpression(target)) assign(m, target.expression, value);
	else if (ts.isObjectLiteralExpression(target)) {
		const from = isSimpleText(value) ? value : m.keep(value);
		const taken: string[] = [];
		for (const property of target.properties) {
			if (ts.isShorthandPropertyAssignment(property)) {
				taken.push(property.name.text);
				const access = from + "." + property.name.text;
				const initial = property.objectAssignmentInitializer;
				store(property.name, initial === undefined ? access : withDefault(m, access, initial));
			} else if (ts.isPropertyAssignment(property)) {
				const { name } = property;
				const access = ts.isIdentifier(name)
					? from + "." + name.text
					: from + "[" + (ts.isComputedPropertyName(name) ? m.keep(lower(m, name.expression)) : name.getText()) + "]";
				taken.push(ts.isIdentifier(name) ? name.text : name.getText());
				assignWithDefault(m, property.initializer, access);
			} else if (ts.isSpreadAssignment(property)) {
				const others = taken.map((key, index) => key + ": $_" + index).join(", ");
				store(
					property.expression,
					"(({ " + others + (others === "" ? "" : ", ") + "...$rest }) => $rest)(" + from + ")",
				);
			}
		}
	} else if (ts.isArrayLiteralExpression(target)) {
		const { parent } = target;
		const array = ts.isBinaryExpression(parent) && m.unit.isArray(parent.right);
		const items = array ? (isSimpleText(value) ? value : m.keep(value)) : m.keep("[..." + value + "]");
		target.elements.forEach((element, index) => {
			if (ts.isOmittedExpression(element)) return;
			if (ts.isSpreadElement(element)) assign(m, element.expression, items + ".slice(" + index + ")");
			else assignWithDefault(m, element, items + "[" + index + "]");
		});
	} else store(target, value);
}

function assignWithDefault(m: Machine, target: ts.Expression, access: string): void {
	if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken)
		assign(m, target.left, withDefault(m, access, target.right));
	else assign(m, target, access);
}
