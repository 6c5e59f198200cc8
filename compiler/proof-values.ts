/**
 * What may be in every variable, property and expression of the bundle, and who may be called from where: a points-to
 * analysis over the whole program, flow-insensitive, by subscription. Evaluating an expression makes its cell and tells
 * the cells that it comes from; each value that arrives anywhere goes on to whoever listens, until nothing moves.
 * Calls are resolved as functions arrive at them.
 *
 * In layers: proof-solver.ts (cells, values, frames), proof-members.ts (names and properties), proof-calls.ts (calls),
 * and here the syntax: expressions and statements.
 */
import ts from "typescript";
import { Calls } from "./proof-calls.ts";
import { isReturned, isTemporary, pollBefore, writesBefore } from "./proof-compiled.ts";
import {
	ANY_NAME,
	BIGINT,
	BOOLEAN,
	Cell,
	type ClassValue,
	type Frame,
	isObject,
	type Member,
	NULL,
	NUMBER,
	Properties,
	STRING,
	UNDEFINED,
	UNKNOWN,
	type Value,
} from "./proof-domain.ts";
import { type ClassNode, type FunctionNode, isClassNode, isFunctionNode, type Variable } from "./proof-scope.ts";
import { isComparison, isExpressionNode, isStatic, keyName, propertyName } from "./proof-syntax.ts";
import { isNumberConstant } from "./proof-table.ts";

export class Values extends Calls {
	constructor(file: ts.SourceFile, isPollTask: (node: FunctionNode) => boolean, extraNatives: ReadonlySet<string>) {
		super(file, isPollTask, extraNatives);
		this.visitChildren(file, this.module);
		this.drain();
	}

	// Expressions

	protected evaluate(node: ts.Expression, frame: Frame): Cell {
		const known = frame.expressions.get(node);
		if (known !== undefined) return known;
		const cell = new Cell();
		frame.expressions.set(node, cell);
		this.expression(node, frame, cell);
		return cell;
	}

	protected expression(node: ts.Expression, frame: Frame, to: Cell): void {
		if (ts.isParenthesizedExpression(node)) this.flow(this.evaluate(node.expression, frame), to);
		else if (ts.isIdentifier(node)) this.identifier(node, frame, to);
		else if (ts.isNumericLiteral(node)) this.add(to, NUMBER);
		else if (ts.isStringLiteralLike(node)) this.add(to, STRING);
		else if (ts.isBigIntLiteral(node)) this.add(to, BIGINT);
		else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) this.add(to, BOOLEAN);
		else if (node.kind === ts.SyntaxKind.NullKeyword) this.add(to, NULL);
		else if (node.kind === ts.SyntaxKind.ThisKeyword) this.flow(this.selfFrame(frame).self, to);
		else if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) this.add(to, this.functionValue(node, frame));
		else if (ts.isClassExpression(node)) this.add(to, this.classValue(node, frame));
		else if (ts.isRegularExpressionLiteral(node)) this.add(to, this.object(node, frame, "builtin", "RegExp.prototype"));
		else if (ts.isTemplateExpression(node)) {
			for (const span of node.templateSpans) this.evaluate(span.expression, frame);
			this.add(to, STRING);
		} else if (ts.isTaggedTemplateExpression(node)) {
			const cells = [this.holding(UNKNOWN)];
			if (ts.isTemplateExpression(node.template))
				for (const span of node.template.templateSpans) cells.push(this.evaluate(span.expression, frame));
			this.each(this.evaluate(node.tag, frame), (tag) =>
				this.call(tag, undefined, node, frame, { cells, rest: undefined }, to),
			);
		} else if (ts.isArrayLiteralExpression(node)) this.arrayLiteral(node, frame, to);
		else if (ts.isObjectLiteralExpression(node)) this.objectLiteral(node, frame, to);
		else if (ts.isPropertyAccessExpression(node)) {
			if (node.expression.kind === ts.SyntaxKind.SuperKeyword) this.superMember(node.name.text, node, frame, to);
			else this.read(this.evaluate(node.expression, frame), node.name.text, node, frame, to);
			if (node.questionDotToken !== undefined) this.add(to, UNDEFINED);
		} else if (ts.isElementAccessExpression(node)) {
			const key = node.argumentExpression;
			const from = this.evaluate(node.expression, frame);
			this.evaluate(key, frame);
			const fixed = keyName(key);
			if (fixed !== undefined) this.read(from, fixed, node, frame, to);
			else {
				const name = this.evaluate(key, frame);
				this.each(from, (value) => this.readElement(value, name, node, frame, to));
			}
			if (node.questionDotToken !== undefined) this.add(to, UNDEFINED);
		} else if (ts.isCallExpression(node)) this.callExpression(node, frame, to);
		else if (ts.isNewExpression(node)) {
			const args = this.args(node.arguments, frame);
			this.each(this.evaluate(node.expression, frame), (callee) => this.construct(callee, node, frame, args, to));
		} else if (ts.isBinaryExpression(node)) this.binary(node, frame, to);
		else if (ts.isPrefixUnaryExpression(node)) this.unary(node, frame, to);
		else if (ts.isPostfixUnaryExpression(node)) {
			this.evaluate(node.operand, frame);
			this.add(to, NUMBER);
			this.assign(node.operand, this.holding(NUMBER), frame);
		} else if (ts.isConditionalExpression(node)) {
			this.evaluate(node.condition, frame);
			this.flow(this.evaluate(node.whenTrue, frame), to);
			this.flow(this.evaluate(node.whenFalse, frame), to);
		} else if (ts.isTypeOfExpression(node)) {
			this.evaluate(node.expression, frame);
			this.add(to, STRING);
		} else if (ts.isVoidExpression(node)) {
			this.evaluate(node.expression, frame);
			this.add(to, UNDEFINED);
		} else if (ts.isDeleteExpression(node)) {
			this.evaluate(node.expression, frame);
			this.add(to, BOOLEAN);
		} else {
			this.add(to, UNKNOWN);
			this.visitChildren(node, frame);
		}
	}

	protected identifier(node: ts.Identifier, frame: Frame, to: Cell): void {
		const variable = this.scopes.resolve(node);
		if (variable === undefined) {
			if (node.text === "undefined") this.add(to, UNDEFINED);
			else if (isNumberConstant(node.text)) this.add(to, NUMBER);
			else if (node.text === "arguments") this.add(to, UNKNOWN);
			else this.add(to, this.builtin(node.text));
		} else if (variable.native === undefined) this.readVariable(node, variable, frame, to);
		else this.add(to, variable.native === "" ? UNKNOWN : this.native(variable.native));
	}

	protected readVariable(node: ts.Identifier, variable: Variable, frame: Frame, to: Cell): void {
		if (isReturned(variable)) {
			const poll = pollBefore(node);
			if (poll !== undefined) {
				this.flow(this.yieldedAt(poll, frame), to);
				return;
			}
		} else if (isTemporary(variable)) {
			const writes = writesBefore(node);
			if (writes !== undefined) {
				for (const write of writes) this.flow(this.evaluate(write.right, frame), to);
				return;
			}
			// In another function than the writes: a wait that is dropped, and its poll has been judged already.
			this.each(this.variable(variable, frame), (value) => {
				if (value !== UNKNOWN) this.add(to, value);
			});
			return;
		}
		this.flow(this.variable(variable, frame), to);
	}

	protected callExpression(node: ts.CallExpression, frame: Frame, to: Cell): void {
		const args = this.args(node.arguments, frame);
		if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
			const self = this.selfFrame(frame);
			const home = self.home;
			if (home === undefined) return;
			this.each(self.self, (object) => {
				this.each(home.base, (base) => {
					if (base.kind === "class" && object.kind === "object") this.initialize(base, object, node, frame, args);
				});
			});
			return;
		}
		if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			this.add(to, UNKNOWN);
			return;
		}
		if (node.questionDotToken !== undefined) this.add(to, UNDEFINED);
		let target: ts.Expression = node.expression;
		while (ts.isParenthesizedExpression(target)) target = target.expression;
		const callees = this.evaluate(target, frame);
		if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
			if (target.expression.kind === ts.SyntaxKind.SuperKeyword) {
				const self = this.selfFrame(frame).self;
				this.each(callees, (callee) =>
					this.each(self, (receiver) => this.call(callee, receiver, node, frame, args, to)),
				);
				return;
			}
			// Each receiver with what was read from it, not with what was read from the others.
			const name = ts.isPropertyAccessExpression(target) ? target.name.text : keyName(target.argumentExpression);
			this.each(this.evaluate(target.expression, frame), (receiver) => {
				const own = new Cell();
				if (name !== undefined) this.readValue(receiver, receiver, name, target, frame, own);
				else if (ts.isElementAccessExpression(target))
					this.readElement(receiver, this.evaluate(target.argumentExpression, frame), target, frame, own);
				this.each(own, (callee) => this.call(callee, receiver, node, frame, args, to));
			});
			return;
		}
		this.each(callees, (callee) => this.call(callee, undefined, node, frame, args, to));
	}

	protected superMember(name: string, node: ts.Node, frame: Frame, to: Cell): void {
		const self = this.selfFrame(frame);
		const home = self.home;
		if (home === undefined) return;
		this.each(home.base, (base) => {
			if (base.kind === "class") {
				this.each(self.self, (receiver) => this.member(base, name, receiver, node, frame, to));
				this.member(base, "static " + name, base, node, frame, to);
			} else if (base.kind === "builtin") this.add(to, this.builtin(base.name + ".prototype." + name));
		});
	}

	protected binary(node: ts.BinaryExpression, frame: Frame, to: Cell): void {
		const operator = node.operatorToken.kind;
		if (operator === ts.SyntaxKind.EqualsToken) {
			const right = this.evaluate(node.right, frame);
			this.assign(node.left, right, frame, node.right);
			if (!ts.isObjectLiteralExpression(node.left) && !ts.isArrayLiteralExpression(node.left))
				this.evaluateTarget(node.left, frame);
			this.flow(right, to);
			return;
		}
		const left = this.evaluate(node.left, frame);
		const right = this.evaluate(node.right, frame);
		switch (operator) {
			case ts.SyntaxKind.PlusToken:
			case ts.SyntaxKind.PlusEqualsToken: {
				// Text beside anything is text; a number needs a number (or what is made one) on both sides.
				const numbers: [Set<Value>, Set<Value>] = [new Set(), new Set()];
				const sum =
					(side: 0 | 1) =>
					(value: Value): void => {
						if (value === STRING || (isObject(value) && value.kind !== "builtin")) {
							this.add(to, STRING);
							return;
						}
						numbers[side].add(value === BIGINT || value === UNKNOWN ? value : NUMBER);
						if (numbers[1 - side].size === 0) return;
						for (const values of numbers) for (const each of values) this.add(to, each);
					};
				this.each(left, sum(0));
				this.each(right, sum(1));
				break;
			}
			case ts.SyntaxKind.CommaToken:
				this.flow(right, to);
				return;
			case ts.SyntaxKind.BarBarToken:
			case ts.SyntaxKind.AmpersandAmpersandToken:
			case ts.SyntaxKind.QuestionQuestionToken:
			case ts.SyntaxKind.BarBarEqualsToken:
			case ts.SyntaxKind.AmpersandAmpersandEqualsToken:
			case ts.SyntaxKind.QuestionQuestionEqualsToken:
				this.each(left, (value) => {
					// `a || b` and `a ?? b` never yield a missing a.
					if ((value === UNDEFINED || value === NULL) && operator !== ts.SyntaxKind.AmpersandAmpersandToken) return;
					this.add(to, value);
				});
				this.flow(right, to);
				break;
			default:
				if (isComparison(operator)) this.add(to, BOOLEAN);
				else {
					const compute = (value: Value): void => this.add(to, value === BIGINT ? BIGINT : NUMBER);
					this.each(left, compute);
					this.each(right, compute);
				}
		}
		if (operator >= ts.SyntaxKind.FirstCompoundAssignment && operator <= ts.SyntaxKind.LastCompoundAssignment)
			this.assign(node.left, to, frame);
	}

	/** The parts of an assignment's target, without reading the target itself. */
	protected evaluateTarget(target: ts.Expression, frame: Frame): void {
		if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
			this.evaluate(target.expression, frame);
			if (ts.isElementAccessExpression(target)) this.evaluate(target.argumentExpression, frame);
		}
	}

	protected unary(node: ts.PrefixUnaryExpression, frame: Frame, to: Cell): void {
		const operand = this.evaluate(node.operand, frame);
		switch (node.operator) {
			case ts.SyntaxKind.ExclamationToken:
				this.add(to, BOOLEAN);
				return;
			case ts.SyntaxKind.PlusPlusToken:
			case ts.SyntaxKind.MinusMinusToken:
				this.assign(node.operand, this.holding(NUMBER), frame);
				break;
		}
		this.add(to, NUMBER);
		this.each(operand, (value) => {
			if (value === BIGINT) this.add(to, BIGINT);
		});
	}

	protected arrayLiteral(node: ts.ArrayLiteralExpression, frame: Frame, to: Cell): void {
		const list = this.object(node, frame, "array", "Array.prototype");
		if (node.elements.length === 0) list.madeEmpty = true;
		for (const element of node.elements) {
			if (ts.isOmittedExpression(element)) this.add(list.elements, UNDEFINED);
			else if (ts.isSpreadElement(element))
				this.flow(this.items(this.evaluate(element.expression, frame)), list.elements);
			else this.flow(this.evaluate(element, frame), list.elements);
		}
		this.add(to, list);
	}

	protected objectLiteral(node: ts.ObjectLiteralExpression, frame: Frame, to: Cell): void {
		const object = this.object(node, frame, "plain", "");
		for (const property of node.properties) {
			if (ts.isSpreadAssignment(property)) {
				this.each(this.evaluate(property.expression, frame), (value) => {
					if (value.kind !== "object") return;
					this.copyProperties(value, object);
				});
				continue;
			}
			const name = property.name === undefined ? undefined : propertyName(property.name);
			if (name === undefined && ts.isComputedPropertyName(property.name!))
				this.evaluate(property.name.expression, frame);
			if (name !== undefined) object.declared.add(name);
			const cell = object.properties.get(name ?? ANY_NAME);
			if (name === undefined || /^\d+$/.test(name)) this.flow(cell, object.elements);
			if (ts.isPropertyAssignment(property)) this.flow(this.evaluate(property.initializer, frame), cell);
			else if (ts.isShorthandPropertyAssignment(property)) this.identifier(property.name, frame, cell);
			else if (ts.isMethodDeclaration(property)) this.add(cell, this.functionValue(property, frame));
			else if (name !== undefined) {
				const accessor = object.accessors.get(name) ?? {};
				object.accessors.set(name, accessor);
				const value = this.functionValue(property, frame);
				if (ts.isGetAccessorDeclaration(property)) accessor.getter = value;
				else accessor.setter = value;
			}
		}
		this.add(to, object);
	}

	protected classValue(node: ClassNode, frame: Frame): ClassValue {
		const key = node.pos + ":" + frame.id;
		const known = this.classes.get(key);
		if (known !== undefined) return known;
		const value: ClassValue = {
			kind: "class",
			node,
			frame,
			base: new Cell(),
			members: new Map(),
			properties: new Properties(),
			instances: 0,
		};
		this.classes.set(key, value);
		if (node.name !== undefined) {
			const variable = this.scopes.resolve(node.name);
			if (variable !== undefined) this.add(this.variable(variable, frame), value);
		}
		const heritage = node.heritageClauses?.[0]?.types[0]?.expression;
		if (heritage !== undefined) this.flow(this.evaluate(heritage, frame), value.base);
		const statics = this.frameIn(node, frame, "static", undefined, value);
		this.add(statics.self, value);
		for (const member of node.members) {
			const prefix = isStatic(member) ? "static " : "";
			if (ts.isClassStaticBlockDeclaration(member)) this.visitChildren(member.body, statics);
			else if (ts.isPropertyDeclaration(member) && prefix !== "") {
				const name = propertyName(member.name);
				if (name !== undefined && member.initializer !== undefined)
					this.flow(this.evaluate(member.initializer, statics), value.properties.get(name));
			} else if (isFunctionNode(member) && member.name !== undefined) {
				const name = propertyName(member.name);
				if (name === undefined) continue;
				const entry: Member = value.members.get(prefix + name) ?? {};
				value.members.set(prefix + name, entry);
				const made = this.functionValue(member, frame, value);
				if (ts.isGetAccessorDeclaration(member)) entry.getter = made;
				else if (ts.isSetAccessorDeclaration(member)) entry.setter = made;
				else entry.method = made;
			}
		}
		return value;
	}

	// Statements

	protected visitChildren(node: ts.Node, frame: Frame): void {
		ts.forEachChild(node, (child) => this.visit(child, frame));
	}

	protected visit(node: ts.Node, frame: Frame): void {
		if (ts.isFunctionDeclaration(node)) {
			const variable = node.name === undefined ? undefined : this.scopes.resolve(node.name);
			if (variable !== undefined) this.add(this.variable(variable, frame), this.functionValue(node, frame));
		} else if (ts.isClassDeclaration(node)) this.classValue(node, frame);
		else if (ts.isVariableDeclaration(node)) {
			const list = node.parent;
			const loop = ts.isVariableDeclarationList(list) ? list.parent : undefined;
			if (loop !== undefined && ts.isForOfStatement(loop) && loop.initializer === list)
				this.bind(node.name, this.items(this.evaluate(loop.expression, frame)), frame);
			else if (loop !== undefined && ts.isForInStatement(loop) && loop.initializer === list)
				this.bind(node.name, this.holding(STRING), frame);
			else if (ts.isCatchClause(list)) this.bind(node.name, this.holding(UNKNOWN), frame);
			else if (node.initializer !== undefined)
				this.bind(node.name, this.evaluate(node.initializer, frame), frame, node.initializer);
			else this.bind(node.name, this.holding(UNDEFINED), frame);
		} else if (ts.isReturnStatement(node)) {
			if (node.expression === undefined) this.add(frame.result, UNDEFINED);
			else this.flow(this.evaluate(node.expression, frame), frame.result);
		} else if (
			(ts.isForOfStatement(node) || ts.isForInStatement(node)) &&
			!ts.isVariableDeclarationList(node.initializer)
		) {
			const from = this.evaluate(node.expression, frame);
			this.assign(node.initializer, ts.isForInStatement(node) ? this.holding(STRING) : this.items(from), frame);
			this.visit(node.statement, frame);
		} else if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isIdentifier(node)) {
			// names only
		} else if (ts.isExpressionStatement(node)) this.evaluate(node.expression, frame);
		else if (isExpressionNode(node)) this.evaluate(node, frame);
		else if (!isFunctionNode(node) && !isClassNode(node)) this.visitChildren(node, frame);
	}
}
