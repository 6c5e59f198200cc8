/**
 * Names of one ES module, resolved lexically: each identifier to the variable that it means. The proof needs no types,
 * so TypeScript's binder and checker stay out of it.
 */
import ts from "typescript";

/** What has a body of its own that runs later than where it stands. */
export type FunctionNode =
	| ts.FunctionDeclaration
	| ts.FunctionExpression
	| ts.ArrowFunction
	| ts.MethodDeclaration
	| ts.GetAccessorDeclaration
	| ts.SetAccessorDeclaration
	| ts.ConstructorDeclaration;

export type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

/** Where variables live: a function, a class (for its field initialisers), or the module. */
export type Owner = FunctionNode | ClassNode | ts.SourceFile;

export interface Variable {
	readonly name: string;
	readonly owner: Owner;
	/** The native function that it is bound to by an import: "stator:wake" for Stator's own, else ":name"; "" when unknown. */
	readonly native?: string;
}

/** Stator's own native modules, which proof-table.ts knows. */
const OWN_NATIVE = /^native:(.*\/)?xs\/(stator|tick|timer|interrupt|digital|ring|channel|flash|trace)$/;

export function isFunctionNode(node: ts.Node): node is FunctionNode {
	return (
		ts.isFunctionDeclaration(node) ||
		ts.isFunctionExpression(node) ||
		ts.isArrowFunction(node) ||
		ts.isMethodDeclaration(node) ||
		ts.isGetAccessorDeclaration(node) ||
		ts.isSetAccessorDeclaration(node) ||
		ts.isConstructorDeclaration(node)
	);
}

export function isClassNode(node: ts.Node): node is ClassNode {
	return ts.isClassDeclaration(node) || ts.isClassExpression(node);
}

function isScope(node: ts.Node): boolean {
	return (
		isFunctionNode(node) ||
		isClassNode(node) ||
		ts.isSourceFile(node) ||
		ts.isBlock(node) ||
		ts.isForStatement(node) ||
		ts.isForInStatement(node) ||
		ts.isForOfStatement(node) ||
		ts.isCatchClause(node) ||
		ts.isCaseBlock(node)
	);
}

/** The function, class or module whose code a node is part of. */
export function ownerOf(node: ts.Node): Owner {
	let at = node.parent;
	while (!isFunctionNode(at) && !isClassNode(at) && !ts.isSourceFile(at)) at = at.parent;
	return at;
}

/** The names that a declaration's left side binds. */
export function boundNames(name: ts.BindingName): ts.Identifier[] {
	if (ts.isIdentifier(name)) return [name];
	const names: ts.Identifier[] = [];
	for (const element of name.elements) if (ts.isBindingElement(element)) names.push(...boundNames(element.name));
	return names;
}

export class Scopes {
	private readonly names = new Map<ts.Node, Map<string, Variable>>();

	constructor(file: ts.SourceFile) {
		this.declareIn(file, file, file);
	}

	/** The variable that an identifier means; undefined for a global one. */
	resolve(identifier: ts.Identifier): Variable | undefined {
		let at: ts.Node | undefined = identifier.parent;
		while (at !== undefined) {
			const found = this.names.get(at)?.get(identifier.text);
			if (found !== undefined) return found;
			at = at.parent;
		}
		return undefined;
	}

	private declare(scope: ts.Node, name: string, owner: Owner, native?: string): void {
		let names = this.names.get(scope);
		if (names === undefined) this.names.set(scope, (names = new Map()));
		if (!names.has(name)) names.set(name, native === undefined ? { name, owner } : { name, owner, native });
	}

	/** `scope` is the nearest block, `owner` the nearest function, class or module. */
	private declareIn(node: ts.Node, scope: ts.Node, owner: Owner): void {
		ts.forEachChild(node, (child) => {
			let inner = scope;
			let innerOwner = owner;
			if (ts.isImportDeclaration(child)) this.declareImport(child, owner);
			else if (ts.isVariableDeclaration(child)) {
				const list = child.parent;
				const hoisted = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) === 0;
				for (const name of boundNames(child.name)) this.declare(hoisted ? owner : scope, name.text, owner);
			} else if (ts.isParameter(child))
				for (const name of boundNames(child.name)) this.declare(owner, name.text, owner);
			if (isFunctionNode(child) || isClassNode(child)) {
				if (child.name !== undefined && ts.isIdentifier(child.name)) {
					if (ts.isFunctionDeclaration(child) || ts.isClassDeclaration(child))
						this.declare(scope, child.name.text, owner);
					else if (ts.isFunctionExpression(child) || ts.isClassExpression(child))
						this.declare(child, child.name.text, owner);
				}
				innerOwner = child;
			}
			if (isScope(child)) inner = child;
			this.declareIn(child, inner, innerOwner);
		});
	}

	private declareImport(node: ts.ImportDeclaration, owner: Owner): void {
		const from = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
		const prefix = OWN_NATIVE.test(from) ? "stator:" : from.startsWith("native:") ? ":" : undefined;
		const clause = node.importClause;
		if (clause?.name !== undefined) this.declare(owner, clause.name.text, owner, "");
		const bindings = clause?.namedBindings;
		if (bindings === undefined) return;
		if (ts.isNamespaceImport(bindings)) this.declare(owner, bindings.name.text, owner, "");
		else
			for (const element of bindings.elements)
				this.declare(
					owner,
					element.name.text,
					owner,
					prefix === undefined ? "" : prefix + (element.propertyName ?? element.name).text,
				);
	}
}

/** The name of a function for people: its own, or that of what it is assigned to. */
export function nameOf(node: Owner): string {
	if (ts.isSourceFile(node)) return "main";
	if (ts.isConstructorDeclaration(node)) return nameOf(node.parent as ClassNode) + " constructor";
	const own = node.name;
	let text: string | undefined;
	if (own !== undefined && (ts.isIdentifier(own) || ts.isPrivateIdentifier(own) || ts.isStringLiteral(own)))
		text = own.text;
	else if (own === undefined) {
		const parent = node.parent;
		if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) text = parent.name.text;
		else if (ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name)) text = parent.name.text;
		else if (ts.isPropertyDeclaration(parent) && ts.isIdentifier(parent.name)) text = parent.name.text;
		else if (ts.isBinaryExpression(parent) && ts.isIdentifier(parent.left)) text = parent.left.text;
	}
	text = (text ?? (isClassNode(node) ? "class" : "function")).replace(/\$\d+$/, "");
	if (!isClassNode(node) && isClassNode(node.parent)) return nameOf(node.parent).replace(/^_/, "") + "." + text;
	return text;
}
