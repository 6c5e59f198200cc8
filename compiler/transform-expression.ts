/** Expressions with awaits in them: taken apart from left to right, as the language evaluates them. */
import ts from "typescript";
import { hasAwait } from "./contains.ts";
import { lowerAwait } from "./transform-await.ts";
import type { Machine } from "./transform-machine.ts";
import { isSimpleText, lowerInto, operands } from "./transform-operands.ts";
import { assign } from "./transform-pattern.ts";
import { checkCall, render } from "./transform-render.ts";
import { handleFor } from "./transform-spawn.ts";

const K = ts.SyntaxKind;

/** Emits what comes before an expression's last step; gives the text of that step, to be evaluated once, next. */
export function lower(m: Machine, node: ts.Expression): string {
	if (!hasAwait(node)) return render(m, node);
	if (ts.isAwaitExpression(node)) return lowerAwait(m, node.expression, node, true);
	if (ts.isParenthesizedExpression(node)) return "(" + lower(m, node.expression) + ")";
	if (
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isTypeAssertionExpression(node)
	)
		return ts.isNonNullExpression(node) && ts.isOptionalChain(node) ? lowerChain(m, node) : lower(m, node.expression);
	if (ts.isBinaryExpression(node)) return lowerBinary(m, node);
	if (ts.isConditionalExpression(node)) return lowerConditional(m, node);
	if (ts.isOptionalChain(node)) return lowerChain(m, node);
	if (ts.isCallExpression(node)) return lowerCall(m, node);
	if (ts.isPropertyAccessExpression(node)) return grouped(lower(m, node.expression)) + "." + node.name.text;
	if (ts.isElementAccessExpression(node)) {
		const [object, key] = operands(m, [node.expression, node.argumentExpression]);
		return grouped(object) + "[" + key + "]";
	}
	if (ts.isNewExpression(node)) {
		const [made, ...given] = operands(m, [node.expression, ...(node.arguments ?? [])]);
		return "new (" + made + ")(" + given.join(", ") + ")";
	}
	if (ts.isPrefixUnaryExpression(node))
		return (ts.tokenToString(node.operator) ?? "") + " " + reference(m, node.operand);
	if (ts.isPostfixUnaryExpression(node)) return reference(m, node.operand) + (ts.tokenToString(node.operator) ?? "");
	if (ts.isTypeOfExpression(node)) return "typeof " + grouped(lower(m, node.expression));
	if (ts.isVoidExpression(node)) return "void " + grouped(lower(m, node.expression));
	if (ts.isDeleteExpression(node)) return "delete " + reference(m, node.expression);
	if (ts.isArrayLiteralExpression(node)) {
		const items = node.elements.filter((element) => !ts.isOmittedExpression(element));
		const texts = operands(m, items);
		return (
			"[" +
			node.elements.map((element) => (ts.isOmittedExpression(element) ? "" : texts.shift())).join(", ") +
			(node.elements.length > 0 && ts.isOmittedExpression(node.elements[node.elements.length - 1]) ? "," : "") +
			"]"
		);
	}
	if (ts.isObjectLiteralExpression(node)) return lowerObject(m, node);
	if (ts.isTemplateExpression(node)) {
		const texts = operands(
			m,
			node.templateSpans.map((span) => span.expression),
			(_, text) => "`${" + text + "}`",
		);
		let text = sourceOf(m, node.head);
		node.templateSpans.forEach((span, index) => {
			text += texts[index] + sourceOf(m, span.literal);
		});
		return text;
	}
	m.refuse(node, "an await in this place is not supported", "store the awaited value in a variable first");
	return "undefined";
}

const sourceOf = (m: Machine, node: ts.Node): string => node.getText(m.module.source);

/** Text as the object of an access or the operand of an operator. */
export function grouped(text: string): string {
	return /^[\w$.\ue001]+(\(\))?$/.test(text) && !/^\d/.test(text) ? text : "(" + text + ")";
}

/** A place that is read and written, or deleted; its object and key are evaluated once. */
function reference(m: Machine, node: ts.Expression): string {
	if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return reference(m, node.expression);
	return lower(m, node);
}

/** A place as the target of an assignment whose value is evaluated after it. */
function target(m: Machine, node: ts.Expression): string {
	if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node))
		return target(m, node.expression);
	if (ts.isPropertyAccessExpression(node)) return fixed(m, node.expression) + "." + node.name.text;
	if (ts.isElementAccessExpression(node)) {
		const [object, key] = operands(m, [node.expression, node.argumentExpression]);
		const kept = keepUnlessFixed(m, node.expression, object);
		return kept + "[" + keepUnlessFixed(m, node.argumentExpression, key) + "]";
	}
	return render(m, node);
}

function fixed(m: Machine, node: ts.Expression): string {
	if (node.kind === K.SuperKeyword) return "super";
	return keepUnlessFixed(m, node, lower(m, node));
}

function keepUnlessFixed(m: Machine, node: ts.Expression, text: string): string {
	if (node.kind === K.ThisKeyword || (ts.isIdentifier(node) && m.unit.isConstant(node))) return text;
	if (/^(-?\d+|"[^"\\]*")$/.test(text)) return text;
	return /^\ue001\d+\ue001$/.test(text) && !ts.isIdentifier(node) ? text : m.keep(text);
}

function lowerBinary(m: Machine, node: ts.BinaryExpression): string {
	const { left, right } = node;
	const operator = node.operatorToken.kind;
	if (operator === K.AmpersandAmpersandToken || operator === K.BarBarToken || operator === K.QuestionQuestionToken) {
		if (!hasAwait(right))
			return grouped(lower(m, left)) + " " + node.operatorToken.getText() + " " + grouped(render(m, right));
		const result = m.keep(lower(m, left));
		const end = m.blocks.label();
		m.emit("if (" + stays(operator, result) + ") { " + m.blocks.jumpText(end) + " }");
		lowerInto(m, result, right);
		m.blocks.place(end);
		return result;
	}
	if (operator === K.CommaToken) {
		const first = lower(m, left);
		m.emit(first + ";");
		return lower(m, right);
	}
	if (operator === K.EqualsToken) {
		if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) {
			const value = m.keep(lower(m, right));
			assign(m, left, value);
			return value;
		}
		if (!hasAwait(right)) return lower(m, left) + " = " + render(m, right);
		const to = target(m, left);
		return to + " = " + lower(m, right);
	}
	if (operator >= K.FirstCompoundAssignment && operator <= K.LastCompoundAssignment) {
		const sign = node.operatorToken.getText().slice(0, -1);
		if (!hasAwait(right)) return lower(m, left) + " " + sign + "= " + render(m, right);
		const to = target(m, left);
		const before = m.keep(to);
		if (sign === "&&" || sign === "||" || sign === "??") {
			const kind = sign === "&&" ? K.AmpersandAmpersandToken : sign === "||" ? K.BarBarToken : K.QuestionQuestionToken;
			const end = m.blocks.label();
			m.emit("if (" + stays(kind, before) + ") { " + m.blocks.jumpText(end) + " }");
			lowerInto(m, before, right);
			m.emit(to + " = " + before + ";");
			m.blocks.place(end);
			return before;
		}
		return to + " = " + before + " " + sign + " " + grouped(lower(m, right));
	}
	const [first, second] = operands(m, [left, right]);
	return grouped(first) + " " + node.operatorToken.getText() + " " + grouped(second);
}

/** When a logical operator does not look at its right side. */
function stays(operator: ts.SyntaxKind, value: string): string {
	if (operator === K.AmpersandAmpersandToken) return "!" + value;
	if (operator === K.BarBarToken) return value;
	return value + " !== undefined && " + value + " !== null";
}

function lowerConditional(m: Machine, node: ts.ConditionalExpression): string {
	const condition = lower(m, node.condition);
	if (!hasAwait(node.whenTrue) && !hasAwait(node.whenFalse))
		return grouped(condition) + " ? " + grouped(render(m, node.whenTrue)) + " : " + grouped(render(m, node.whenFalse));
	const result = m.mark(m.temporary());
	const [otherwise, end] = [m.blocks.label(), m.blocks.label()];
	// A variable that is set on two ways lives in the frame: it is used in several blocks.
	m.emit("if (!" + grouped(condition) + ") { " + m.blocks.jumpText(otherwise) + " }");
	lowerInto(m, result, node.whenTrue);
	m.blocks.jump(end);
	m.blocks.place(otherwise);
	lowerInto(m, result, node.whenFalse);
	m.blocks.place(end);
	return result;
}

function lowerObject(m: Machine, node: ts.ObjectLiteralExpression): string {
	const values: ts.Expression[] = [];
	for (const property of node.properties) {
		if (property.name !== undefined && ts.isComputedPropertyName(property.name)) values.push(property.name.expression);
		if (ts.isPropertyAssignment(property)) values.push(property.initializer);
		else if (ts.isShorthandPropertyAssignment(property)) values.push(property.name);
		else if (ts.isSpreadAssignment(property)) values.push(property.expression);
	}
	const spreads = new Set(node.properties.filter(ts.isSpreadAssignment).map((property) => property.expression));
	const texts = operands(m, values, (value, text) => (spreads.has(value) ? "{ ..." + text + " }" : text));
	const parts = node.properties.map((property) => {
		let name = "";
		if (property.name !== undefined)
			name = ts.isComputedPropertyName(property.name) ? "[" + texts.shift() + "]" : sourceOf(m, property.name);
		if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property))
			return name + ": " + texts.shift();
		if (ts.isSpreadAssignment(property)) return "..." + texts.shift();
		return render(m, property);
	});
	return "{ " + parts.join(", ") + " }";
}

function lowerCall(m: Machine, node: ts.CallExpression): string {
	checkCall(m, node);
	const callee = skipParentheses(node.expression);
	const given = [...node.arguments];
	const handle = handleFor(m, node, false);
	const more = handle === undefined ? [] : [handle];
	if (!given.some(hasAwait)) {
		const to = lower(m, callee);
		return grouped(to) + "(" + given.map((argument) => render(m, argument)).join(", ") + ")";
	}
	if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) {
		const isSuper = callee.expression.kind === K.SuperKeyword;
		const object = isSuper ? "super" : fixed(m, callee.expression);
		if (ts.isPropertyAccessExpression(callee) && (isSuper || m.unit.isFixedMethod(callee)))
			return object + "." + callee.name.text + "(" + [...operands(m, given), ...more].join(", ") + ")";
		const access = ts.isPropertyAccessExpression(callee)
			? object + "." + callee.name.text
			: object + "[" + lower(m, callee.argumentExpression) + "]";
		const method = m.keep(access);
		return method + ".call(" + [object, ...operands(m, given), ...more].join(", ") + ")";
	}
	const [called, ...texts] = operands(m, [callee, ...given]);
	return grouped(called) + "(" + [...texts, ...more].join(", ") + ")";
}

function skipParentheses(node: ts.Expression): ts.Expression {
	return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? skipParentheses(node.expression) : node;
}

/** `a?.b(await c)`: the chain link by link; a link that finds nothing leads to its end. */
function lowerChain(m: Machine, node: ts.Expression): string {
	const result = m.temporary();
	const end = m.blocks.label();
	m.initialise(result, "undefined");
	const text = chainLink(m, node, end);
	m.emit(m.mark(result) + " = " + text + ";");
	m.blocks.place(end);
	return m.mark(result);
}

const skipNonNull = (node: ts.Expression): ts.Expression =>
	ts.isNonNullExpression(node) ? skipNonNull(node.expression) : node;

function chainLink(m: Machine, node: ts.Expression, end: ReturnType<Machine["blocks"]["label"]>): string {
	if (ts.isNonNullExpression(node) && ts.isOptionalChain(node)) return chainLink(m, node.expression, end);
	if (!ts.isOptionalChain(node) || ts.isNonNullExpression(node)) return lower(m, node);
	const optional = "questionDotToken" in node && node.questionDotToken !== undefined;
	const test = (text: string): string => {
		if (!optional) return text;
		const value = isSimpleText(text) ? text : m.keep(text);
		m.emit("if (" + value + " === undefined || " + value + " === null) { " + m.blocks.jumpText(end) + " }");
		return value;
	};
	if (ts.isPropertyAccessExpression(node))
		return grouped(test(chainLink(m, node.expression, end))) + "." + node.name.text;
	if (ts.isElementAccessExpression(node)) {
		const object = test(chainLink(m, node.expression, end));
		const kept = hasAwait(node.argumentExpression) ? m.keep(object) : grouped(object);
		return kept + "[" + lower(m, node.argumentExpression) + "]";
	}
	if (ts.isCallExpression(node)) {
		const callee = skipNonNull(node.expression);
		if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) {
			const calleeOptional = callee.questionDotToken !== undefined;
			const object = m.keep(chainLink(m, callee.expression, end));
			if (calleeOptional)
				m.emit("if (" + object + " === undefined || " + object + " === null) { " + m.blocks.jumpText(end) + " }");
			const access = ts.isPropertyAccessExpression(callee)
				? object + "." + callee.name.text
				: object + "[" + lower(m, callee.argumentExpression) + "]";
			if (!optional && !node.arguments.some(hasAwait))
				return access + "(" + node.arguments.map((argument) => render(m, argument)).join(", ") + ")";
			const method = test(m.keep(access));
			return method + ".call(" + [object, ...operands(m, [...node.arguments])].join(", ") + ")";
		}
		const called = m.keep(test(chainLink(m, callee, end)));
		return called + "(" + operands(m, [...node.arguments]).join(", ") + ")";
	}
	return lower(m, node);
}
