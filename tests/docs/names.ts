/** The public names: what the entries of package.json export, and what their docstrings say. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { path, root } from "../../tools/paths.ts";

export interface PublicName {
	/** "stator", "stator/board" … */
	module: string;
	name: string;
	/** A class, function or constant; else a type. */
	isValue: boolean;
	/** Where it is declared. */
	file: string;
	/** What has no docstring: the name itself, or `Class.method`. */
	undocumented: string[];
}

/** What stands in the simulated machine for the seam's files and sockets, and only throws. */
const NOT_THERE = "/hal/shared/io-none.ts";

/** Every public name of every entry, as `program` sees it; the program has to have the entries. */
export function publicNames(program: ts.Program): PublicName[] {
	const { name: library, exports } = JSON.parse(readFileSync(path("package.json"), "utf8"));
	const checker = program.getTypeChecker();
	const seam = new Set([
		...documentedMembers("hal/hal.ts", "Hal", program, checker),
		...documentedMembers("hal/threads.ts", "Threads", program, checker),
		...documentedMembers("hal/flash.ts", "Flash", program, checker),
	]);
	const protocol = documentedMembers("src/awaitable.ts", "Awaitable", program, checker);
	return Object.entries<string>(exports).flatMap(([entry, file]) => {
		const module = library + entry.slice(1);
		const source = program.getSourceFile(path(file.replace("./", "")));
		const symbol = source && checker.getSymbolAtLocation(source);
		if (symbol === undefined) throw new Error("package.json exports " + file + ", which is no module");
		return checker.getExportsOfModule(symbol).flatMap((exported): PublicName[] => {
			const is = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
			const declared = is.declarations?.[0].getSourceFile().fileName ?? "";
			if (declared.endsWith(NOT_THERE)) return [];
			const undocumented: string[] = [];
			// A platform's function is what the contract says of it, unless it says more.
			if (!isDocumented(is, checker) && !(/\/hal\/(sim|shared)\//.test(declared) && seam.has(is.name)))
				undocumented.push(exported.name);
			for (const method of methodsOf(is, checker))
				if (!isDocumented(method, checker) && !protocol.has(method.name))
					undocumented.push(exported.name + "." + shown(method));
			const isValue = (is.flags & ts.SymbolFlags.Value) !== 0;
			return [{ module, name: exported.name, isValue, file: declared.replace(root + "/", ""), undocumented }];
		});
	});
}

/** What an interface says of its members, for those who have them. */
function documentedMembers(file: string, of: string, program: ts.Program, checker: ts.TypeChecker): Set<string> {
	const source = program.getSourceFile(path(file));
	const symbol = source && checker.getSymbolAtLocation(source);
	const found = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === of);
	if (found === undefined) throw new Error(file + " exports no " + of);
	const members = checker.getDeclaredTypeOfSymbol(found).getProperties();
	return new Set(members.filter((member) => isDocumented(member, checker)).map(({ name }) => name));
}

const isDocumented = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean =>
	symbol.getDocumentationComment(checker).length > 0;

/** Public methods and accessors of a class of this library; what it inherits is told where it is declared. */
function methodsOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
	if ((symbol.flags & ts.SymbolFlags.Class) === 0) return [];
	const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
	return checker
		.getDeclaredTypeOfSymbol(symbol)
		.getProperties()
		.filter((member) => (member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor)) !== 0)
		.filter(({ declarations = [] }) => (ts.getCombinedModifierFlags(declarations[0]) & hidden) === 0)
		.filter(({ declarations = [] }) => !declarations[0].getSourceFile().fileName.includes("/node_modules/"));
}

/** `__@dispose@276` is [Symbol.dispose]. */
const shown = ({ name }: ts.Symbol): string => name.replace(/^__@(\w+)@\d+$/, "[Symbol.$1]");

/** What an example imports: "module name". */
export function importsOf(text: string): string[] {
	const source = ts.createSourceFile("main.ts", text, ts.ScriptTarget.Latest);
	return source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
		const module = (statement.moduleSpecifier as ts.StringLiteral).text;
		const bindings = statement.importClause?.namedBindings;
		if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
		return bindings.elements.map(({ name, propertyName }) => module + " " + (propertyName ?? name).text);
	});
}
