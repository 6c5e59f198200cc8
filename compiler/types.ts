/** Questions to the type checker, in the compiler's words. */
import ts from "typescript";
import { isAsync, isFunction } from "./contains.ts";

/** Without what only the type checker sees. */
function bare(node: ts.Expression): ts.Expression {
	const outer = ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node);
	return outer ? bare(node.expression) : node;
}

const TYPED_ARRAY = /^(Int|Uint|Float|BigInt|BigUint)\d+(Clamped)?Array$/;

export class Types {
	readonly checker: ts.TypeChecker;
	private readonly sources: readonly ts.SourceFile[];
	private readonly libraries: (source: ts.SourceFile) => boolean;
	private overriders: Map<string, ts.ClassLikeDeclaration[]> | undefined;

	constructor(program: ts.Program) {
		this.checker = program.getTypeChecker();
		this.sources = program.getSourceFiles();
		this.libraries = (source) => program.isSourceFileDefaultLibrary(source);
	}

	symbolOf(node: ts.Node): ts.Symbol | undefined {
		if (ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node)
			return this.checker.getShorthandAssignmentValueSymbol(node.parent);
		if (ts.isIdentifier(node) && ts.isBindingElement(node.parent) && node.parent.propertyName === node)
			return undefined;
		return this.checker.getSymbolAtLocation(node);
	}

	/** The symbol behind imports and re-exports. */
	original(symbol: ts.Symbol): ts.Symbol {
		return (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? this.checker.getAliasedSymbol(symbol) : symbol;
	}

	isGlobal(symbol: ts.Symbol): boolean {
		const declaration = symbol.declarations?.[0];
		return declaration === undefined || this.libraries(declaration.getSourceFile());
	}

	typeOf(node: ts.Node): ts.Type {
		return this.checker.getTypeAtLocation(node);
	}

	hasMethod(type: ts.Type, name: string): boolean {
		const property = this.checker.getPropertyOfType(this.checker.getApparentType(type), name);
		return property !== undefined;
	}

	/** Has poll, take and drop. */
	isAwaitable(type: ts.Type): boolean {
		return this.hasMethod(type, "poll") && this.hasMethod(type, "take") && this.hasMethod(type, "drop");
	}

	isArrayType(type: ts.Type): boolean {
		const parts = type.isUnion() ? type.types : [type];
		return parts.every(
			(part) =>
				this.checker.isArrayType(part) || this.checker.isTupleType(part) || TYPED_ARRAY.test(part.symbol?.name ?? ""),
		);
	}

	isArray(node: ts.Expression): boolean {
		return this.isArrayType(this.typeOf(node));
	}

	/** Its `take` yields nothing and does nothing, as far as its class says: the call may be left out. */
	takesNothing(node: ts.Expression): boolean {
		const take = this.checker.getPropertyOfType(this.checker.getApparentType(this.typeOf(node)), "take");
		const declaration = take?.valueDeclaration;
		return (
			declaration !== undefined && ts.isMethodDeclaration(declaration) && declaration.body?.statements.length === 0
		);
	}

	mayBeUndefined(node: ts.Expression): boolean {
		const type = this.typeOf(node);
		const parts = type.isUnion() ? type.types : [type];
		const loose =
			ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
		return parts.some((part) => (part.flags & loose) !== 0);
	}

	/** A name whose value does not change: const, function, class, import of one. */
	isConstant(node: ts.Identifier): boolean {
		if (node.text === "undefined") return true;
		const symbol = this.symbolOf(node);
		if (symbol === undefined) return false;
		const declaration = this.original(symbol).valueDeclaration;
		if (declaration === undefined) return false;
		if (ts.isVariableDeclaration(declaration))
			return ts.isVariableDeclarationList(declaration.parent) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
		return ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration);
	}

	/** A constant of the module or of another. */
	isModuleConstant(node: ts.Identifier): boolean {
		if (!this.isConstant(node)) return false;
		const symbol = this.symbolOf(node);
		let at: ts.Node | undefined = symbol === undefined ? undefined : this.original(symbol).valueDeclaration;
		while (at !== undefined && !ts.isStatement(at)) at = at.parent;
		return at !== undefined && ts.isSourceFile(at.parent);
	}

	/** A method that its class or interface declares, of an object that is there: it is the same before and after an await. */
	isFixedMethod(node: ts.PropertyAccessExpression): boolean {
		const declaration = this.symbolOf(node.name)?.valueDeclaration;
		if (declaration === undefined || this.mayBeUndefined(bare(node.expression))) return false;
		return ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration);
	}

	/** The one function that a call can reach, where that is known. */
	calleeOf(call: ts.CallExpression): ts.FunctionLikeDeclaration | undefined {
		const declaration = this.checker.getResolvedSignature(call)?.declaration;
		if (declaration === undefined) return undefined;
		if (isFunction(declaration as ts.Node)) {
			const fn = declaration as ts.FunctionLikeDeclaration;
			if (fn.body === undefined) return this.implementation(fn);
			return this.isSettled(call.expression) ? fn : undefined;
		}
		return undefined;
	}

	private implementation(fn: ts.FunctionLikeDeclaration): ts.FunctionLikeDeclaration | undefined {
		const symbol = fn.name === undefined ? undefined : this.symbolOf(fn.name);
		return symbol?.declarations?.find((d): d is ts.FunctionLikeDeclaration => isFunction(d) && d.body !== undefined);
	}

	/** The callee's expression always means the function that its type shows. */
	private isSettled(node: ts.Expression): boolean {
		if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return this.isSettled(node.expression);
		if (ts.isIdentifier(node)) return this.isConstant(node);
		return ts.isPropertyAccessExpression(node);
	}

	asyncCallee(call: ts.CallExpression): ts.FunctionLikeDeclaration | undefined {
		const fn = this.calleeOf(call);
		return fn !== undefined && isAsync(fn) ? fn : undefined;
	}

	/** A subclass has a method of the same name. */
	isOverridden(fn: ts.FunctionLikeDeclaration): boolean {
		if (!ts.isMethodDeclaration(fn) || !ts.isClassLike(fn.parent) || !ts.isIdentifier(fn.name)) return false;
		const base = fn.parent;
		return (this.overridersOf(fn.name.text) ?? []).some((owner) => owner !== base && this.extendsClass(owner, base));
	}

	private extendsClass(owner: ts.ClassLikeDeclaration, base: ts.ClassLikeDeclaration): boolean {
		const types = this.checker.getTypeAtLocation(owner).getBaseTypes() ?? [];
		return types.some((type) => {
			const declaration = type.symbol?.valueDeclaration;
			return (
				declaration === base ||
				(declaration !== undefined && ts.isClassLike(declaration) && this.extendsClass(declaration, base))
			);
		});
	}

	private overridersOf(name: string): ts.ClassLikeDeclaration[] | undefined {
		if (this.overriders === undefined) {
			const found = new Map<string, ts.ClassLikeDeclaration[]>();
			const visit = (node: ts.Node): void => {
				if (
					ts.isClassLike(node) &&
					node.heritageClauses?.some((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
				)
					for (const member of node.members)
						if (member.name !== undefined && ts.isIdentifier(member.name))
							found.set(member.name.text, [...(found.get(member.name.text) ?? []), node]);
				ts.forEachChild(node, visit);
			};
			for (const source of this.sources)
				if (!source.isDeclarationFile && source.text.includes("extends")) visit(source);
			this.overriders = found;
		}
		return this.overriders.get(name);
	}

	/** A member whose name is a symbol of the language: dispose, asyncDispose. */
	wellKnown(node: ts.Node, name: string): ts.Symbol | undefined {
		const type = this.checker.getNonNullableType(this.typeOf(node));
		return type.getProperties().find((property) => property.name.startsWith("__@" + name + "@"));
	}

	hasMember(node: ts.Node, name: string): boolean {
		return this.wellKnown(node, name) !== undefined;
	}

	/** Some `return` of the function has a value. */
	returnsValue(fn: ts.FunctionLikeDeclaration): boolean {
		if (fn.body === undefined || !ts.isBlock(fn.body)) return true;
		const visit = (node: ts.Node): boolean =>
			(ts.isReturnStatement(node) && node.expression !== undefined) ||
			(!isFunction(node) && (ts.forEachChild(node, visit) ?? false));
		return ts.forEachChild(fn.body, visit) ?? false;
	}

	nameOf(fn: ts.FunctionLikeDeclaration): string {
		const own =
			fn.name ??
			(ts.isVariableDeclaration(fn.parent) || ts.isPropertyAssignment(fn.parent) ? fn.parent.name : undefined);
		const text = own === undefined ? "async function" : own.getText();
		const owner = ts.isClassLike(fn.parent) ? fn.parent.name?.text : undefined;
		return owner === undefined ? text : owner + "." + text;
	}
}
