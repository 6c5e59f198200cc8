/**
 * The check itself: walks everything that the roots reach, frame by frame along the calls, and refuses each place that
 * allocates on XS. What an expression may hold comes from proof-values.ts, what the words say from proof-messages.ts.
 *
 * `throw new …` is let pass, arguments and all: it ends the turn, and allocates only when something has gone wrong. Such
 * places are counted. Functions made in it are not let pass: what they capture is allocated on entry of the scope.
 */
import ts from "typescript";
import {
	BIGINT,
	BOOLEAN,
	type Frame,
	hasMember,
	isObject,
	NUMBER,
	type PrimitiveValue,
	STRING,
	SYMBOL,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import { type Chain, calleeText, Follow } from "./proof-follow.ts";
import * as messages from "./proof-messages.ts";
import { isClassNode, isFunctionNode, nameOf } from "./proof-scope.ts";
import { isAsync, isComparison, keyName } from "./proof-syntax.ts";

const has = (values: ReadonlySet<Value>, value: Value): boolean => values.has(value);
const onlyObjects = (values: ReadonlySet<Value>): boolean => values.size > 0 && [...values].every(isObject);
const withObject = (values: ReadonlySet<Value>): boolean => [...values].some(isObject);

export class Check extends Follow {
	private startUp: ReadonlySet<Frame> = new Set();

	/** The frames of start-up. */
	after(frames: ReadonlySet<Frame>): this {
		this.startUp = frames;
		return this;
	}

	/** Promise code that start-up begins goes on after start-up, from the loop. */
	continuations(frames: Iterable<Frame>): void {
		for (const frame of frames) {
			if (!ts.isSourceFile(frame.node) && !(isFunctionNode(frame.node) && isAsync(frame.node))) continue;
			if (!ts.isSourceFile(frame.node) && this.isLifted(frame.node)) continue;
			const chain: Chain = { name: nameOf(frame.node), site: undefined, from: undefined };
			const look = (node: ts.Node): void => {
				if (isFunctionNode(node)) return;
				if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
					this.refuse(node, messages.AWAIT, chain);
				ts.forEachChild(node, look);
			};
			ts.forEachChild(frame.node, look);
		}
	}

	// Walking

	private children(node: ts.Node, frame: Frame, chain: Chain): void {
		ts.forEachChild(node, (child) => this.visit(child, frame, chain));
	}

	protected override visit(node: ts.Node, frame: Frame, chain: Chain): void {
		this.follow(node, frame, chain);
		if (isClassNode(node)) {
			this.refuse(node, messages.CLASS, chain);
			return;
		}
		if (isFunctionNode(node)) {
			this.refuse(node, messages.CLOSURE, chain);
			return;
		}
		switch (node.kind) {
			case ts.SyntaxKind.ThrowStatement:
				this.throws(node as ts.ThrowStatement, frame, chain);
				return;
			case ts.SyntaxKind.ObjectLiteralExpression:
				this.refuse(node, messages.OBJECT_LITERAL, chain);
				for (const property of (node as ts.ObjectLiteralExpression).properties) {
					if (ts.isPropertyAssignment(property)) {
						if (!isFunctionNode(property.initializer)) this.visit(property.initializer, frame, chain);
					} else if (ts.isSpreadAssignment(property)) this.visit(property.expression, frame, chain);
				}
				return;
			case ts.SyntaxKind.ArrayLiteralExpression:
				this.refuse(node, messages.ARRAY_LITERAL, chain);
				break;
			case ts.SyntaxKind.TemplateExpression:
				this.refuse(node, messages.TEMPLATE, chain);
				break;
			case ts.SyntaxKind.TaggedTemplateExpression:
				this.refuse(node, messages.TAGGED_TEMPLATE, chain);
				return;
			case ts.SyntaxKind.RegularExpressionLiteral:
				this.refuse(node, messages.REGEXP, chain);
				return;
			case ts.SyntaxKind.BigIntLiteral:
				this.refuse(node, messages.BIGINT_LITERAL, chain);
				return;
			case ts.SyntaxKind.SpreadElement:
				if (!ts.isArrayLiteralExpression(node.parent)) this.refuse(node, messages.SPREAD, chain);
				break;
			case ts.SyntaxKind.ForOfStatement:
				this.refuse(node, (node as ts.ForOfStatement).awaitModifier ? messages.AWAIT : messages.FOR_OF, chain);
				break;
			case ts.SyntaxKind.ForInStatement:
				this.refuse(node, messages.FOR_IN, chain);
				break;
			case ts.SyntaxKind.TryStatement:
				this.refuse(node, messages.TRY, chain);
				break;
			case ts.SyntaxKind.AwaitExpression:
				this.refuse(node, messages.AWAIT, chain);
				break;
			case ts.SyntaxKind.YieldExpression:
				this.refuse(node, messages.YIELD, chain);
				break;
			case ts.SyntaxKind.DeleteExpression:
				this.refuse(node, messages.DELETE, chain);
				break;
			case ts.SyntaxKind.NewExpression: {
				const made = node as ts.NewExpression;
				this.refuse(node, messages.NEW(calleeText(made)), chain);
				for (const argument of made.arguments ?? []) this.visit(argument, frame, chain);
				return;
			}
			case ts.SyntaxKind.CallExpression:
				if ((node as ts.CallExpression).expression.kind === ts.SyntaxKind.ImportKeyword)
					this.refuse(node, messages.DYNAMIC_IMPORT, chain);
				break;
			case ts.SyntaxKind.Identifier:
				if (
					(node as ts.Identifier).text === "arguments" &&
					this.values.scopes.resolve(node as ts.Identifier) === undefined
				)
					this.refuse(node, messages.ARGUMENTS, chain);
				return;
			case ts.SyntaxKind.PropertyAccessExpression: {
				const access = node as ts.PropertyAccessExpression;
				this.member(access, access.expression, access.name.text, frame, chain);
				this.visit(access.expression, frame, chain);
				return;
			}
			case ts.SyntaxKind.ElementAccessExpression:
				this.element(node as ts.ElementAccessExpression, frame, chain);
				break;
			case ts.SyntaxKind.BinaryExpression:
				this.binary(node as ts.BinaryExpression, frame, chain);
				return;
			case ts.SyntaxKind.PrefixUnaryExpression:
				this.unary(node as ts.PrefixUnaryExpression, frame, chain);
				break;
			case ts.SyntaxKind.PostfixUnaryExpression:
				this.target((node as ts.PostfixUnaryExpression).operand, frame, chain);
				break;
			case ts.SyntaxKind.ObjectBindingPattern:
			case ts.SyntaxKind.ArrayBindingPattern:
				this.bindingPattern(node as ts.BindingPattern, frame, chain);
				return;
			case ts.SyntaxKind.LabeledStatement:
				this.visit((node as ts.LabeledStatement).statement, frame, chain);
				return;
		}
		this.children(node, frame, chain);
	}

	private throws(node: ts.ThrowStatement, frame: Frame, chain: Chain): void {
		let thrown = node.expression;
		while (ts.isParenthesizedExpression(thrown)) thrown = thrown.expression;
		if (!ts.isNewExpression(thrown)) {
			this.visit(thrown, frame, chain);
			return;
		}
		this.throwSites.add(node);
		const look = (child: ts.Node): void => {
			if (isFunctionNode(child) || isClassNode(child)) this.refuse(child, messages.CLOSURE, chain);
			else ts.forEachChild(child, look);
		};
		look(thrown);
	}

	/** Reading a member: makes a wrapper object for a primitive. */
	private member(node: ts.Node, receiver: ts.Node, name: string, frame: Frame, chain: Chain): void {
		const values = this.values.typeOf(receiver, frame);
		this.memberOf(values, node, name, chain);
	}

	private memberOf(values: ReadonlySet<Value>, node: ts.Node, name: string, chain: Chain): void {
		const mixed = withObject(values) || has(values, UNKNOWN);
		// Beside objects, and what a catch got, a member that the primitive does not have is not what is read.
		for (const value of [STRING, NUMBER, BOOLEAN, BIGINT, SYMBOL] as PrimitiveValue[])
			if (has(values, value) && (!mixed || hasMember(value, name))) {
				this.refuse(node, messages.BOXED(value.name, name), chain);
				return;
			}
		for (const value of values)
			if (value.kind === "native") {
				this.refuse(node, messages.NATIVE_MEMBER, chain);
				return;
			}
	}

	private element(node: ts.ElementAccessExpression, frame: Frame, chain: Chain): void {
		const key = node.argumentExpression;
		const values = this.values.typeOf(node.expression, frame);
		const fixed = keyName(key);
		if (fixed !== undefined) {
			this.memberOf(values, node, fixed, chain);
			return;
		}
		if (has(values, STRING)) this.refuse(node, messages.STRING_INDEX, chain);
		const negative = ts.isPrefixUnaryExpression(key) && key.operator === ts.SyntaxKind.MinusToken;
		const fraction =
			(ts.isNumericLiteral(key) && !Number.isInteger(Number(key.text))) ||
			(ts.isBinaryExpression(key) && key.operatorToken.kind === ts.SyntaxKind.SlashToken);
		if ((negative && ts.isNumericLiteral(key.operand)) || fraction) this.refuse(node, messages.BAD_INDEX, chain);
	}

	private binary(node: ts.BinaryExpression, frame: Frame, chain: Chain): void {
		const operator = node.operatorToken.kind;
		const assigns = operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
		if (assigns) this.target(node.left, frame, chain);
		if (operator === ts.SyntaxKind.EqualsToken) {
			this.visit(node.right, frame, chain);
			return;
		}
		const left = this.values.typeOf(node.left, frame);
		const right = this.values.typeOf(node.right, frame);
		switch (operator) {
			case ts.SyntaxKind.PlusToken:
			case ts.SyntaxKind.PlusEqualsToken:
				if (this.sum(left, right, node, chain)) {
					// One message for a whole chain: "a" + b + "c".
					this.operands(node, frame, chain);
					return;
				}
				break;
			case ts.SyntaxKind.CommaToken:
			case ts.SyntaxKind.BarBarToken:
			case ts.SyntaxKind.AmpersandAmpersandToken:
			case ts.SyntaxKind.QuestionQuestionToken:
			case ts.SyntaxKind.BarBarEqualsToken:
			case ts.SyntaxKind.AmpersandAmpersandEqualsToken:
			case ts.SyntaxKind.QuestionQuestionEqualsToken:
			case ts.SyntaxKind.InKeyword:
			case ts.SyntaxKind.InstanceOfKeyword:
			case ts.SyntaxKind.EqualsEqualsEqualsToken:
			case ts.SyntaxKind.ExclamationEqualsEqualsToken:
				break;
			case ts.SyntaxKind.EqualsEqualsToken:
			case ts.SyntaxKind.ExclamationEqualsToken: {
				const simple = (values: ReadonlySet<Value>): boolean =>
					values.size > 0 && [...values].every((value) => value === NUMBER || value === STRING || value === BOOLEAN);
				if ((onlyObjects(left) && simple(right)) || (onlyObjects(right) && simple(left)))
					this.refuse(node, messages.CONVERSION, chain);
				break;
			}
			default:
				if (onlyObjects(left) || onlyObjects(right)) this.refuse(node, messages.CONVERSION, chain);
				else if (!isComparison(operator) && (has(left, BIGINT) || has(right, BIGINT)))
					this.refuse(node, messages.BIGINT_LITERAL, chain);
		}
		if (!assigns) this.visit(node.left, frame, chain);
		this.visit(node.right, frame, chain);
	}

	/** `+`: true when it was refused. */
	private sum(left: ReadonlySet<Value>, right: ReadonlySet<Value>, node: ts.Node, chain: Chain): boolean {
		if (has(left, STRING) || has(right, STRING)) this.refuse(node, messages.CONCATENATION, chain);
		else if (has(left, BIGINT) || has(right, BIGINT)) this.refuse(node, messages.BIGINT_LITERAL, chain);
		else if ((withObject(left) && !has(left, NUMBER)) || (withObject(right) && !has(right, NUMBER)))
			this.refuse(node, messages.CONVERSION, chain);
		else return false;
		return true;
	}

	private operands(node: ts.Expression, frame: Frame, chain: Chain): void {
		if (ts.isParenthesizedExpression(node)) this.operands(node.expression, frame, chain);
		else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
			this.operands(node.left, frame, chain);
			this.operands(node.right, frame, chain);
		} else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken)
			this.operands(node.right, frame, chain);
		else this.visit(node, frame, chain);
	}

	private unary(node: ts.PrefixUnaryExpression, frame: Frame, chain: Chain): void {
		const values = this.values.typeOf(node.operand, frame);
		if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
			this.target(node.operand, frame, chain);
		if (node.operator === ts.SyntaxKind.ExclamationToken) return;
		if (onlyObjects(values)) this.refuse(node, messages.CONVERSION, chain);
		else if (has(values, BIGINT) && !ts.isBigIntLiteral(node.operand))
			this.refuse(node, messages.BIGINT_LITERAL, chain);
	}

	// Assignment

	private target(node: ts.Expression, frame: Frame, chain: Chain): void {
		if (ts.isParenthesizedExpression(node)) this.target(node.expression, frame, chain);
		else if (ts.isPropertyAccessExpression(node)) {
			const values = this.values.typeOf(node.expression, frame);
			this.follow(node, frame, chain);
			if (
				node.name.text === "length" &&
				[...values].some((value) => value.kind === "object" && value.shape === "array")
			)
				this.refuse(node, messages.ARRAY_LENGTH, chain);
			else this.added(node, frame, chain);
			this.memberOf(values, node, node.name.text, chain);
			this.visit(node.expression, frame, chain);
		} else if (ts.isElementAccessExpression(node)) {
			this.follow(node, frame, chain);
			if (keyName(node.argumentExpression) !== undefined) this.added(node, frame, chain);
			else {
				for (const value of this.values.typeOf(node.expression, frame))
					if (value.kind === "object" && (value.shape === "plain" || value.shape === "instance")) {
						this.refuse(node, messages.COMPUTED_PROPERTY, chain);
						break;
					}
				const key = node.argumentExpression;
				if (
					ts.isPropertyAccessExpression(key) &&
					key.name.text === "length" &&
					key.expression.getText() === node.expression.getText()
				)
					this.refuse(node, messages.ARRAY_END, chain);
				else if ([...this.values.typeOf(node.expression, frame)].some((value) => this.isEmptyUntilNow(value)))
					this.refuse(node, messages.ARRAY_EMPTY, chain);
				this.element(node, frame, chain);
			}
			this.visit(node.expression, frame, chain);
			this.visit(node.argumentExpression, frame, chain);
		} else if (ts.isArrayLiteralExpression(node)) {
			this.refuse(node, messages.ARRAY_PATTERN, chain);
			for (const element of node.elements)
				this.patternTarget(ts.isSpreadElement(element) ? element.expression : element, frame, chain);
		} else if (ts.isObjectLiteralExpression(node)) {
			const values = this.values.typeOf(node, frame);
			for (const property of node.properties) {
				this.follow(property, frame, chain);
				if (ts.isSpreadAssignment(property)) this.refuse(property, messages.OBJECT_REST, chain);
				else if (ts.isShorthandPropertyAssignment(property)) {
					this.memberOf(values, property, property.name.text, chain);
					if (property.objectAssignmentInitializer !== undefined)
						this.visit(property.objectAssignmentInitializer, frame, chain);
				} else if (ts.isPropertyAssignment(property)) {
					if (ts.isIdentifier(property.name)) this.memberOf(values, property, property.name.text, chain);
					this.patternTarget(property.initializer, frame, chain);
				}
			}
		}
	}

	/** An array without items into which nothing is put before start-up is over. */
	private isEmptyUntilNow(value: Value): boolean {
		if (value.kind !== "object" || value.shape !== "array" || !value.madeEmpty) return false;
		for (const frame of value.filledBy) if (this.startUp.has(frame)) return false;
		return true;
	}

	private patternTarget(node: ts.Expression, frame: Frame, chain: Chain): void {
		if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
			this.target(node.left, frame, chain);
			this.visit(node.right, frame, chain);
		} else this.target(node, frame, chain);
	}

	/** Properties that an assignment adds to an object which start-up made without them. */
	private added(node: ts.Node, frame: Frame, chain: Chain): void {
		for (const { object, name } of frame.writes.get(node) ?? [])
			if (!object.declared.has(name)) {
				this.refuse(node, messages.NEW_PROPERTY(name), chain);
				return;
			}
	}

	private bindingPattern(node: ts.BindingPattern, frame: Frame, chain: Chain): void {
		if (ts.isArrayBindingPattern(node)) this.refuse(node, messages.ARRAY_PATTERN, chain);
		const values = this.values.typeOf(node, frame);
		for (const element of node.elements) {
			if (!ts.isBindingElement(element)) continue;
			this.follow(element, frame, chain);
			if (ts.isObjectBindingPattern(node)) {
				if (element.dotDotDotToken !== undefined) this.refuse(element, messages.OBJECT_REST, chain);
				const key = element.propertyName ?? element.name;
				if (ts.isIdentifier(key)) this.memberOf(values, element, key.text, chain);
				else if (ts.isComputedPropertyName(key)) this.visit(key.expression, frame, chain);
			}
			if (!ts.isIdentifier(element.name)) this.visit(element.name, frame, chain);
			if (element.initializer !== undefined) this.visit(element.initializer, frame, chain);
		}
	}
}
