/** Statements with awaits in them: control flow as blocks and jumps. Statements without stay as they are. */
import ts from "typescript";
import { isAsync, isComplex, isUsing } from "./contains.ts";
import { lowerAwait } from "./transform-await.ts";
import { lower } from "./transform-expression.ts";
import { lowerForAwait, lowerForOf } from "./transform-for-of.ts";
import { finishText, leaveText, targetOf } from "./transform-jump.ts";
import type { Machine, Scope, Target } from "./transform-machine.ts";
import { assignPattern, bind, declarePattern } from "./transform-pattern.ts";
import { render } from "./transform-render.ts";
import { lowerTryStatement, lowerUsing } from "./transform-try.ts";

export function lowerStatements(m: Machine, statements: readonly ts.Statement[]): void {
	for (const statement of statements) {
		if (ts.isFunctionDeclaration(statement)) hoist(m, statement);
		else if (ts.isVariableStatement(statement))
			for (const { name } of statement.declarationList.declarations)
				if (!isLocalAsync(m, name)) declarePattern(m, name);
	}
	for (let i = 0; i < statements.length; i++) {
		const statement = statements[i];
		if (ts.isVariableStatement(statement) && isUsing(statement.declarationList)) {
			m.at(statement);
			lowerUsing(m, statement.declarationList, () => lowerStatements(m, statements.slice(i + 1)));
			return;
		}
		lowerStatement(m, statement);
	}
}

const isLocalAsync = (m: Machine, name: ts.BindingName): boolean =>
	ts.isIdentifier(name) && m.unit.localAsync(m.unit.symbolOf(name)) !== undefined;

/** A function of the body is made once, with the frame. */
function hoist(m: Machine, node: ts.FunctionDeclaration): void {
	if (isAsync(node) || node.name === undefined) return;
	m.declareFunction(node.name);
	const before = m.variables.filter((variable) => variable.kept);
	for (const variable of before) variable.kept = false;
	const text = render(m, node);
	for (const variable of m.variables)
		if (variable.kept && variable.looped)
			m.refuse(
				node,
				'a function declared in a task that uses "' + variable.name + '", which is new in each turn of a loop',
				"pass it as a parameter, or write an arrow function after the variable",
			);
	for (const variable of before) variable.kept = true;
	m.functions.push(
		m
			.pin(text)
			.split("\n")
			.map((line) => ({ text: line, position: node.getStart(m.module.source) })),
	);
}

export function lowerStatement(m: Machine, node: ts.Statement, names: readonly string[] = []): void {
	if (m.blocks.dead) {
		declareIn(m, node);
		return;
	}
	const temporaries = m.temporaries;
	m.at(node);
	lowerOne(m, node, names);
	m.temporaries = temporaries;
}

/** Variables of code that is never reached: closures may still name them. */
function declareIn(m: Machine, node: ts.Statement): void {
	if (ts.isVariableStatement(node)) for (const { name } of node.declarationList.declarations) declarePattern(m, name);
}

function lowerOne(m: Machine, node: ts.Statement, names: readonly string[]): void {
	if (ts.isVariableStatement(node)) {
		lowerVariables(m, node.declarationList);
		return;
	}
	if (
		ts.isFunctionDeclaration(node) ||
		ts.isInterfaceDeclaration(node) ||
		ts.isTypeAliasDeclaration(node) ||
		ts.isEmptyStatement(node)
	)
		return;
	if (ts.isClassDeclaration(node)) {
		m.refuse(node, "a class declared inside a task", "declare it at the top of the module");
		return;
	}
	if (ts.isReturnStatement(node)) {
		lowerReturn(m, node);
		return;
	}
	if (ts.isThrowStatement(node)) {
		m.stop("throw " + lower(m, node.expression) + ";");
		return;
	}
	if (ts.isBreakOrContinueStatement(node)) {
		m.stop(leaveText(m, jumpTarget(m, node)));
		return;
	}
	if (ts.isLabeledStatement(node)) {
		lowerLabelled(m, node, [...names, node.label.text]);
		return;
	}
	if (ts.isForInStatement(node)) {
		m.refuse(
			node,
			"for...in: it makes an iterator of property names",
			"loop over an array of the names made at start-up",
		);
		return;
	}
	if (!isComplex(node)) {
		// A label above belongs to the loop: jumps within go to it as they are.
		const prefix = names.map((name) => name + ": ").join("");
		m.emitFrom(prefix + render(m, node), node);
		return;
	}
	if (ts.isBlock(node)) {
		lowerStatements(m, node.statements);
		return;
	}
	if (ts.isExpressionStatement(node)) {
		lowerExpressionStatement(m, node.expression);
		return;
	}
	if (ts.isIfStatement(node)) {
		lowerIf(m, node);
		return;
	}
	if (ts.isWhileStatement(node)) {
		lowerWhile(m, node, names);
		return;
	}
	if (ts.isDoStatement(node)) {
		lowerDo(m, node, names);
		return;
	}
	if (ts.isForStatement(node)) {
		lowerFor(m, node, names);
		return;
	}
	if (ts.isForOfStatement(node)) {
		node.awaitModifier === undefined ? lowerForOf(m, node, names) : lowerForAwait(m, node, names);
		return;
	}
	if (ts.isSwitchStatement(node)) {
		lowerSwitch(m, node, names);
		return;
	}
	if (ts.isTryStatement(node)) {
		lowerTryStatement(m, node);
		return;
	}
	m.refuse(node, "this statement is not supported in a task", "write it another way");
}

function jumpTarget(m: Machine, node: ts.BreakOrContinueStatement): Target {
	const target = targetOf(m, node);
	if (target === undefined) throw new Error("a jump without a target");
	return target;
}

/** Variables of a declaration, from left to right. */
export function lowerVariables(m: Machine, list: ts.VariableDeclarationList): void {
	const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
	for (const declaration of list.declarations) {
		const { name, initializer } = declaration;
		if (isLocalAsync(m, name)) continue;
		declarePattern(m, name);
		m.at(declaration);
		if (isVar) {
			assignPattern(m, name, () => "");
			if (initializer === undefined) continue;
		}
		const value = initializer === undefined ? "undefined" : lower(m, initializer);
		bind(m, name, value);
	}
}

function lowerExpressionStatement(m: Machine, given: ts.Expression): void {
	let node = given;
	while (ts.isParenthesizedExpression(node) || ts.isVoidExpression(node)) node = node.expression;
	if (ts.isAwaitExpression(node)) lowerAwait(m, node.expression, node, false);
	else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) {
		lowerExpressionStatement(m, node.left);
		lowerExpressionStatement(m, node.right);
	} else {
		const text = lower(m, node);
		if (!/^\ue001\d+\ue001$/.test(text) && text !== "undefined")
			m.emit((/^(\{|function\b)/.test(text) ? "(" + text + ")" : text) + ";");
	}
}

function lowerReturn(m: Machine, node: ts.ReturnStatement): void {
	const { expression } = node;
	if (expression === undefined) {
		m.stop(finishText(m, undefined));
		return;
	}
	returnValue(m, expression);
}

/** `return value`, also of an arrow function without braces. A promise that is returned is awaited. */
export function returnValue(m: Machine, expression: ts.Expression): void {
	if (!m.unit.isAwaitedReturn(expression)) {
		m.stop(finishText(m, lower(m, expression)));
		return;
	}
	if (m.region !== undefined) {
		m.refuse(expression, "inside try, `return` of a promise does not wait for it", "write `return await …`");
		return;
	}
	const text = lowerAwait(m, expression, expression, true);
	m.stop(finishText(m, text));
}

/** Emits what comes before a condition; gives the text of its opposite. */
function opposite(m: Machine, condition: ts.Expression): string {
	if (ts.isParenthesizedExpression(condition)) return opposite(m, condition.expression);
	if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken)
		return lower(m, condition.operand);
	return "!(" + lower(m, condition) + ")";
}

function lowerIf(m: Machine, node: ts.IfStatement): void {
	const { thenStatement: yes, elseStatement: no } = node;
	const simple = no !== undefined && !isComplex(yes);
	const condition =
		simple || (!isComplex(yes) && !isComplex(no)) ? lower(m, node.expression) : opposite(m, node.expression);
	const jump = (label: ReturnType<typeof m.blocks.label>): string => "{ " + m.blocks.jumpText(label) + " }";
	if (!isComplex(yes) && !isComplex(no)) {
		m.emit("if (" + condition + ") " + block(m, yes) + (no === undefined ? "" : " else " + block(m, no)));
		return;
	}
	const end = m.blocks.label();
	if (no === undefined) {
		m.emit("if (" + condition + ") " + jump(end));
		lowerStatement(m, yes);
	} else if (!isComplex(yes)) {
		m.emit("if (" + condition + ") { " + block(m, yes) + " " + m.blocks.jumpText(end) + " }");
		lowerStatement(m, no);
	} else if (!isComplex(no)) {
		m.emit("if (" + condition + ") { " + block(m, no) + " " + m.blocks.jumpText(end) + " }");
		lowerStatement(m, yes);
	} else {
		const otherwise = m.blocks.label();
		m.emit("if (" + condition + ") " + jump(otherwise));
		lowerStatement(m, yes);
		m.blocks.jump(end);
		m.blocks.place(otherwise);
		lowerStatement(m, no);
	}
	m.blocks.place(end);
}

/** A statement without awaits, in braces. */
function block(m: Machine, node: ts.Statement): string {
	return "{ " + render(m, node) + " }";
}

/** Runs `body` as the body of a loop or switch that can be left. */
export function inScope(m: Machine, scope: Scope, body: () => void): void {
	m.scopes.push(scope);
	body();
	m.scopes.pop();
}

function scopeOf(m: Machine, node: ts.Node, names: readonly string[], continues = m.blocks.label()) {
	const breaks = { label: m.blocks.label(), region: m.region };
	return { names, node, breaks, continues: { label: continues, region: m.region } };
}

export { scopeOf };

function test(m: Machine, condition: ts.Expression | undefined, end: ReturnType<typeof m.blocks.label>): void {
	if (condition === undefined || condition.kind === ts.SyntaxKind.TrueKeyword) return;
	m.at(condition);
	m.emit("if (" + opposite(m, condition) + ") { " + m.blocks.jumpText(end) + " }");
}

function lowerWhile(m: Machine, node: ts.WhileStatement, names: readonly string[]): void {
	const scope = scopeOf(m, node, names);
	m.loops++;
	m.blocks.place(scope.continues.label);
	test(m, node.expression, scope.breaks.label);
	inScope(m, scope, () => lowerStatement(m, node.statement));
	m.blocks.jump(scope.continues.label);
	m.loops--;
	m.blocks.place(scope.breaks.label);
}

function lowerDo(m: Machine, node: ts.DoStatement, names: readonly string[]): void {
	const scope = scopeOf(m, node, names);
	const head = m.blocks.label();
	m.loops++;
	m.blocks.place(head);
	inScope(m, scope, () => lowerStatement(m, node.statement));
	m.blocks.place(scope.continues.label);
	m.at(node.expression);
	if (!m.blocks.dead) {
		if (node.expression.kind === ts.SyntaxKind.TrueKeyword) m.blocks.jump(head);
		else m.emit("if (" + lower(m, node.expression) + ") { " + m.blocks.jumpText(head) + " }");
	}
	m.loops--;
	m.blocks.place(scope.breaks.label);
}

function lowerFor(m: Machine, node: ts.ForStatement, names: readonly string[]): void {
	const { initializer, condition, incrementor } = node;
	const run = (): void => {
		const scope = scopeOf(m, node, names);
		const head = incrementor === undefined && !anyBoxed() ? scope.continues.label : m.blocks.label();
		m.blocks.place(head);
		test(m, condition, scope.breaks.label);
		inScope(m, scope, () => lowerStatement(m, node.statement));
		if (head !== scope.continues.label) {
			m.blocks.place(scope.continues.label);
			// Each turn has variables of its own, which begin with the values of the turn before.
			for (const variable of turnVariables)
				if (variable.home === "box") m.emit(variable.name + " = { v: " + variable.name + ".v };");
			if (incrementor !== undefined) {
				m.at(incrementor);
				lowerExpressionStatement(m, incrementor);
			}
		}
		m.blocks.jump(head);
		m.blocks.place(scope.breaks.label);
	};
	m.loops++;
	const first = m.variables.length;
	let turnVariables: typeof m.variables = [];
	const anyBoxed = (): boolean => turnVariables.some((variable) => variable.home === "box");
	if (initializer !== undefined)
		if (ts.isVariableDeclarationList(initializer)) {
			if (isUsing(initializer)) {
				lowerUsing(m, initializer, run);
				m.loops--;
				return;
			}
			lowerVariables(m, initializer);
			if ((initializer.flags & ts.NodeFlags.Let) !== 0)
				turnVariables = m.variables.slice(first).filter((variable) => variable.looped);
		} else lowerExpressionStatement(m, initializer);
	run();
	m.loops--;
}

function lowerLabelled(m: Machine, node: ts.LabeledStatement, names: readonly string[]): void {
	const { statement } = node;
	if (ts.isIterationStatement(statement, true) || !isComplex(statement)) {
		if (isComplex(statement)) {
			lowerStatement(m, statement, names);
			return;
		}
		m.emitFrom(
			names
				.slice(0, -1)
				.map((name) => name + ": ")
				.join("") + render(m, node),
			node,
		);
		return;
	}
	if (ts.isSwitchStatement(statement)) {
		lowerStatement(m, statement, names);
		return;
	}
	const breaks = { label: m.blocks.label(), region: m.region };
	inScope(m, { names, node, breaks }, () => lowerStatement(m, statement));
	m.blocks.place(breaks.label);
}

function lowerSwitch(m: Machine, node: ts.SwitchStatement, names: readonly string[]): void {
	const value = m.keep(lower(m, node.expression));
	const breaks = { label: m.blocks.label(), region: m.region };
	const { clauses } = node.caseBlock;
	const labels = clauses.map(() => m.blocks.label());
	clauses.forEach((clause, index) => {
		if (ts.isDefaultClause(clause)) return;
		m.at(clause);
		m.emit("if (" + value + " === (" + lower(m, clause.expression) + ")) { " + m.blocks.jumpText(labels[index]) + " }");
	});
	const otherwise = clauses.findIndex(ts.isDefaultClause);
	m.blocks.jump(otherwise < 0 ? breaks.label : labels[otherwise]);
	const all = clauses.flatMap((clause) => [...clause.statements]);
	for (const statement of all) if (ts.isFunctionDeclaration(statement)) hoist(m, statement);
	inScope(m, { names, node, breaks }, () => {
		clauses.forEach((clause, index) => {
			m.blocks.place(labels[index]);
			for (const statement of clause.statements) {
				if (ts.isVariableStatement(statement) && isUsing(statement.declarationList)) {
					m.refuse(statement, "`using` directly inside a case", "put the case into braces");
					continue;
				}
				lowerStatement(m, statement);
			}
		});
	});
	m.blocks.place(breaks.label);
}
