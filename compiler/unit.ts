/** One compilation: what is known of the whole program, and what each of its modules becomes. */
import ts from "typescript";
import { isAsync, isFunction } from "./contains.ts";
import { type Refusal, refusalAt } from "./errors.ts";
import { type LeafCall, leafShape } from "./leaves.ts";
import { shownPath, specifier } from "./program.ts";
import type { BuildReport } from "./report.ts";
import { assemble, type Edit, type Line } from "./source-map.ts";
import { build, FACTORY } from "./transform-frame.ts";
import type { Compiled, Form, Machine } from "./transform-machine.ts";
import { Types } from "./types.ts";

/** What a module becomes. */
export interface Module {
	readonly source: ts.SourceFile;
	readonly identifiers: { has(name: string): boolean };
	readonly edits: Edit[];
	/** Local name -> where it comes from. */
	readonly imports: Map<string, { file: string; name: string }>;
	/** Exported name -> local name. */
	readonly exports: Map<string, string>;
	readonly appended: Line[];
	usesReturned: boolean;
}

type Classified =
	| { kind: "plain" }
	| { kind: "refused" }
	| { kind: "object" }
	| { kind: "leaf"; call: LeafCall }
	| { kind: "call"; callee: ts.FunctionLikeDeclaration };

const PROMISE_FIX =
	"await a leaf operation or the call of an async function by its name; what needs promises runs as plainTask(…)";

export class Unit extends Types {
	readonly program: ts.Program;
	readonly root: string | undefined;
	readonly refusals: Refusal[] = [];
	readonly report: BuildReport = { tasks: [], machines: [], slots: 0, queues: [] };
	readonly modules = new Map<ts.SourceFile, Module>();
	private readonly compiled = new Map<ts.Node, Compiled>();
	private readonly inProgress: ts.FunctionLikeDeclaration[] = [];
	private readonly refused = new Set<ts.Node>();
	private count = 0;

	constructor(program: ts.Program, root: string | undefined) {
		super(program);
		this.program = program;
		this.root = root;
	}

	fresh(): number {
		return this.count++;
	}

	refuse(node: ts.Node, message: string, fix: string): void {
		if (this.refused.has(node)) return;
		this.refused.add(node);
		this.refusals.push(refusalAt(node, shownPath(node.getSourceFile().fileName, this.root), message, fix));
	}

	/** What is not TypeScript at all. */
	refuseAt(source: ts.SourceFile, offset: number, message: string): void {
		const { line, character } = source.getLineAndCharacterOfPosition(offset);
		const file = shownPath(source.fileName, this.root);
		const sourceLine = source.text.split("\n")[line];
		this.refusals.push({ file, line: line + 1, column: character + 1, sourceLine, message, fix: "correct the syntax" });
	}

	moduleOf(source: ts.SourceFile): Module {
		let module = this.modules.get(source);
		if (module === undefined) {
			const { identifiers } = source as unknown as { identifiers: Map<string, string> };
			module = {
				source,
				identifiers,
				edits: [],
				imports: new Map(),
				exports: new Map(),
				appended: [],
				usesReturned: false,
			};
			this.modules.set(source, module);
		}
		return module;
	}

	// ---- names of other modules ----

	/** The name by which a module may use something declared at the top of a module. */
	use(module: Module, given: ts.Symbol): string {
		const symbol = this.original(given);
		const declaration = symbol.declarations?.[0];
		if (declaration === undefined) return symbol.name;
		const source = declaration.getSourceFile();
		if (source === module.source) return declaredName(declaration) ?? symbol.name;
		const own = this.checker.getSymbolAtLocation(source);
		const exported =
			own === undefined ? undefined : this.checker.getExportsOfModule(own).find((s) => this.original(s) === symbol);
		if (exported !== undefined) return this.importFrom(module, source, exported.name);
		const local = declaredName(declaration) ?? symbol.name;
		this.moduleOf(source).exports.set("$stator_" + local, local);
		return this.importFrom(module, source, "$stator_" + local);
	}

	importFrom(module: Module, source: ts.SourceFile, name: string): string {
		return this.importName(module, source.fileName, name);
	}

	/** The local name of something from a file, or from what a bare name ("#hal") means. */
	private importName(module: Module, file: string, name: string): string {
		for (const [local, from] of module.imports) if (from.file === file && from.name === name) return local;
		let local = name.startsWith("$") ? name : "$" + name;
		// `$returned` is the module's own, which it may come to need later.
		const taken = () => local === "$returned" || module.imports.has(local) || module.identifiers.has(local);
		for (let n = 1; taken(); n++) local = "$" + name.replace(/^\$/, "") + "$" + n;
		module.imports.set(local, { file, name });
		return local;
	}

	importLibrary(module: Module, file: string, name: string): string {
		const source = this.program.getSourceFile(file);
		if (source === undefined) throw new Error("not in the program: " + file);
		if (source === module.source) return name;
		return this.importFrom(module, source, name);
	}

	/** The local name of one of the platform's functions. */
	importHal(module: Module, name: string): string {
		return this.importName(module, "#hal", name);
	}

	useReturned(module: Module, source: ts.SourceFile): string {
		const owner = this.moduleOf(source);
		owner.usesReturned = true;
		return owner === module ? "$returned" : this.importFrom(module, source, "$returned");
	}

	useFactory(module: Module, compiled: Compiled, suffix = ""): string {
		const name = compiled.factory + suffix;
		return compiled.file === module.source ? name : this.importFrom(module, compiled.file, name);
	}

	/** Tells the properties of different functions in one frame object apart. */
	frameNumber(fn: ts.Node): number {
		let number = this.frameNumbers.get(fn);
		if (number === undefined) this.frameNumbers.set(fn, (number = this.frameNumbers.size));
		return number;
	}

	private readonly frameNumbers = new Map<ts.Node, number>();

	// ---- awaits ----

	/** What an awaited expression is. */
	classify(node: ts.Expression, at: ts.Node): Classified {
		if (ts.isCallExpression(node)) {
			const callee = this.asyncCallee(node);
			if (callee !== undefined) return this.checkCallee(callee, node) ? { kind: "call", callee } : { kind: "refused" };
			const call = this.leafCall(node);
			if (call !== undefined) return { kind: "leaf", call };
		}
		const type = this.typeOf(node);
		const parts = type.isUnion() ? type.types : [type];
		let [awaitable, thenable, unknown, plain] = [0, 0, 0, 0];
		for (const part of parts)
			if ((part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) unknown++;
			else if (this.isAwaitable(part)) awaitable++;
			else if (this.hasMethod(part, "then")) thenable++;
			else if ((part.flags & ts.TypeFlags.TypeParameter) !== 0 && part.getConstraint() === undefined) unknown++;
			else plain++;
		if (thenable > 0) {
			const what = ts.isCallExpression(node)
				? "`await` of a call that gives a promise and is no async function known here"
				: "`await` of a promise";
			this.refuse(at, what + ": each one allocates", PROMISE_FIX);
			return { kind: "refused" };
		}
		if (unknown > 0) {
			this.refuse(at, "`await` of a value whose type is any or unknown: it could be a promise", "give it a type");
			return { kind: "refused" };
		}
		if (awaitable > 0 && plain > 0) {
			this.refuse(at, "`await` of what may or may not be awaitable", "test it first: if (x !== undefined) await x");
			return { kind: "refused" };
		}
		return { kind: awaitable > 0 ? "object" : "plain" };
	}

	/** A returned value that is awaited on its way out. */
	isAwaitedReturn(node: ts.Expression): boolean {
		if (ts.isAwaitExpression(node) || ts.isLiteralExpression(node) || ts.isBinaryExpression(node)) return false;
		if (ts.isCallExpression(node) && this.asyncCallee(node) !== undefined) return true;
		const type = this.typeOf(node);
		const parts = type.isUnion() ? type.types : [type];
		return parts.some(
			(part) => (part.flags & ts.TypeFlags.Any) === 0 && (this.isAwaitable(part) || this.hasMethod(part, "then")),
		);
	}

	leafCall(node: ts.Expression): LeafCall | undefined {
		if (!ts.isCallExpression(node)) return undefined;
		const declaration = this.calleeOf(node);
		if (declaration === undefined) return undefined;
		const shape = leafShape(declaration);
		if (shape === undefined || this.isOverridden(declaration)) return undefined;
		const symbol = this.symbolOf(shape.classNode);
		if (symbol === undefined || !this.isAwaitable(this.typeOf(shape.classNode.parent as ts.Expression)))
			return undefined;
		return { ...shape, node, classSymbol: this.original(symbol) };
	}

	/** The function of the library, declared in `file`, that a call reaches; its name. */
	libraryCallee(node: ts.Expression, file: string): string | undefined {
		if (!ts.isCallExpression(node)) return undefined;
		const callee = node.expression;
		const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
		const found = ts.isIdentifier(name) ? this.symbolOf(name) : undefined;
		if (found === undefined) return undefined;
		const symbol = this.original(found);
		return symbol.valueDeclaration?.getSourceFile().fileName === file ? symbol.name : undefined;
	}

	private checkCallee(callee: ts.FunctionLikeDeclaration, node: ts.CallExpression): boolean {
		if (callee.asteriskToken !== undefined) {
			this.refuse(
				node,
				"async generators are not supported",
				"write the loop in the task, or a stream with a leaf method next()",
			);
			return false;
		}
		if (this.isOverridden(callee)) {
			this.refuse(
				node,
				'the method "' +
					this.nameOf(callee) +
					'" is overridden in a subclass: which one runs is not known at build time',
				"call a method that no subclass overrides",
			);
			return false;
		}
		return true;
	}

	/** The async function that a `const` or a function declaration names. */
	localAsync(symbol: ts.Symbol | undefined): ts.FunctionLikeDeclaration | undefined {
		const declaration = symbol?.valueDeclaration;
		if (declaration === undefined) return undefined;
		if (ts.isFunctionDeclaration(declaration)) return isAsync(declaration) ? declaration : undefined;
		if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return undefined;
		if ((declaration.parent.flags & ts.NodeFlags.Const) === 0) return undefined;
		const { initializer } = declaration;
		return isFunction(initializer) && isAsync(initializer) ? initializer : undefined;
	}

	streamMethod(node: ts.Expression): ts.FunctionLikeDeclaration | undefined {
		for (const name of ["receive", "next"]) {
			const declaration = this.typeOf(node).getProperty(name)?.valueDeclaration;
			if (
				declaration !== undefined &&
				isFunction(declaration) &&
				(leafShape(declaration) !== undefined || isAsync(declaration))
			)
				return declaration;
		}
		return undefined;
	}

	disposal(node: ts.Node, name: string): ts.FunctionLikeDeclaration | undefined {
		const declaration = this.wellKnown(node, name)?.valueDeclaration;
		if (declaration === undefined || !isFunction(declaration)) return undefined;
		return isAsync(declaration) || leafShape(declaration) !== undefined ? declaration : undefined;
	}

	// ---- compiled functions ----

	/** The compiled form of an async function that `m` awaits at `node`. */
	compiledFor(callee: ts.FunctionLikeDeclaration, m: Machine, node: ts.Node): Compiled | undefined {
		const cycle = this.inProgress.indexOf(callee);
		if (cycle >= 0) {
			const names = [...this.inProgress.slice(cycle), callee].map((fn) => this.nameOf(fn));
			this.refuse(
				node,
				"recursion through async calls: " + names.join(" -> ") + "; its depth is not known at build time",
				"write a loop, or spawn a task from a pool",
			);
			return undefined;
		}
		let owner: Machine | undefined = m;
		while (owner !== undefined && owner.fn !== enclosingFunction(callee)) owner = owner.parent;
		// What names private members must stand in its class.
		const form = m.form === "frame" && !mentionsPrivate(callee) ? "frame" : "captured";
		const global = form === "frame" ? this.sharing : this.compiled;
		const known = owner === undefined ? global.get(callee) : owner.localMachines.get(callee);
		if (known !== undefined) return known;
		this.inProgress.push(callee);
		const module = this.moduleOf(callee.getSourceFile());
		const { lines, compiled, machine } = build(this, module, callee, "embedded", owner, form);
		this.inProgress.pop();
		const shares = compiled.properties !== undefined;
		let factory = (shares ? "$frame_" : "$machine_") + this.nameOf(callee).replace(/[^\w]/g, "_");
		const taken = (name: string): boolean =>
			module.identifiers.has(name) ||
			module.exports.has(name) ||
			machine.names.has(name) ||
			this.factories.has(module.source.fileName + name);
		if (taken(factory)) for (let n = 1, base = factory; taken(factory); n++) factory = base + "$" + n;
		if (compiled.yields) module.usesReturned = true;
		const result: Compiled = { ...compiled, factory };
		if (shares) {
			const own = lines.map(({ text, position }) => ({ text: text.replaceAll(FACTORY, factory), position }));
			this.factories.add(module.source.fileName + factory);
			if (owner !== undefined) {
				owner.localMachines.set(callee, result);
				owner.outermost.beside.push(own);
			} else {
				global.set(callee, result);
				this.place(
					module,
					callee,
					factory,
					own,
					["_start", "_poll", "_cancel", "_unwind"].filter((name) =>
						own.some(({ text }) => text.startsWith("function " + factory + name + "(")),
					),
				);
			}
			return result;
		}
		const text: Line[] = [
			{ text: "function " + factory + "() {", position: -1 },
			...lines,
			{ text: "}", position: -1 },
		];
		if (owner !== undefined) {
			owner.names.add(factory);
			owner.functions.push(text);
			owner.localMachines.set(callee, result);
			return result;
		}
		this.factories.add(module.source.fileName + factory);
		global.set(callee, result);
		this.compiled.set(callee, result);
		this.place(module, callee, factory, text, [""]);
		return result;
	}

	/** Those that keep their variables in the frame objects of the tasks that they serve. */
	private readonly sharing = new Map<ts.Node, Compiled>();

	private readonly factories = new Set<string>();

	/** Puts a factory where it sees what its function sees, and where others see it. */
	private place(
		module: Module,
		callee: ts.FunctionLikeDeclaration,
		factory: string,
		text: Line[],
		exported: readonly string[],
	): void {
		let lines = text;
		const owner = ts.isClassLike(callee.parent) ? callee.parent : undefined;
		if (owner !== undefined && mentionsPrivate(callee) && exported[0] === "") {
			// Only code inside the class may name its private members.
			const body: Line[] = text.slice(1);
			module.edits.push({
				start: owner.members.end,
				end: owner.members.end,
				lines: [{ text: "", position: -1 }, { text: "static " + factory + "() {", position: -1 }, ...body],
			});
			const name = owner.name?.text;
			if (name === undefined)
				this.refuse(owner, "a class without a name that has async methods with private members", "give it a name");
			lines = [{ text: "function " + factory + "() { return " + name + "." + factory + "(); }", position: -1 }];
		}
		let anchor: ts.Node = callee;
		while (
			!(
				ts.isStatement(anchor) &&
				(ts.isSourceFile(anchor.parent) ||
					ts.isBlock(anchor.parent) ||
					ts.isModuleBlock(anchor.parent) ||
					ts.isCaseOrDefaultClause(anchor.parent))
			)
		)
			anchor = anchor.parent;
		if (ts.isSourceFile(anchor.parent)) {
			module.appended.push(...lines);
			for (const suffix of exported) module.exports.set(factory + suffix, factory + suffix);
		} else module.edits.push({ start: anchor.end, end: anchor.end, lines: [{ text: "", position: -1 }, ...lines] });
	}

	/** Compiles a task's body; the lines of its factory. */
	compileTask(fn: ts.FunctionLikeDeclaration, form: Form) {
		this.inProgress.push(fn);
		const built = build(this, this.moduleOf(fn.getSourceFile()), fn, "task", undefined, form);
		this.inProgress.pop();
		return built;
	}

	// ---- output ----

	/** The text of a module and its source map. */
	output(module: Module) {
		const { source, edits, imports, exports, appended, usesReturned } = module;
		const lines = [...appended];
		const put = (text: string): void => {
			lines.push({ text, position: -1 });
		};
		if (usesReturned) {
			// A var: the module may call run() before it comes to its end.
			put("var $returned;");
			exports.set("$returned", "$returned");
		}
		for (const [exported, local] of exports)
			put("export { " + (exported === local ? local : local + " as " + exported) + " };");
		for (const [local, { file, name }] of imports)
			put(
				"import { " +
					(name === local ? name : name + " as " + local) +
					' } from "' +
					specifier(source.fileName, file) +
					'";',
			);
		edits.sort((a, b) => a.start - b.start);
		return assemble(shownPath(source.fileName, this.root), source.text, edits, lines);
	}
}

function declaredName(declaration: ts.Declaration): string | undefined {
	const name = ts.getNameOfDeclaration(declaration);
	return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

function enclosingFunction(node: ts.Node): ts.Node | undefined {
	let at = node.parent;
	while (at !== undefined && !isFunction(at)) at = at.parent;
	return at;
}

function mentionsPrivate(node: ts.Node): boolean {
	const visit = (child: ts.Node): boolean => ts.isPrivateIdentifier(child) || (ts.forEachChild(child, visit) ?? false);
	return visit(node);
}
