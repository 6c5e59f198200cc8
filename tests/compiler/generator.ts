/** Random async programs: trees from fast-check (so that they shrink), and their text in two languages. */
import fc from "fast-check";

export interface Tree {
	kind: string;
	n: number;
	/** Expressions from 0, bodies from 3. */
	parts: (Tree | undefined)[];
}

/** Kinds with how many expressions and bodies they have. What stands first is what shrinking leads to. */
const simple: [string, number][] = [
	["number", 0],
	["variable", 0],
	["loopVariable", 0],
	["wait", 0],
];
const expressions: [string, number][] = [
	...simple,
	...([
		["wait", 1],
		["wait", 1],
		["add", 2],
		["call2", 2],
		["call3", 3],
		["conditional", 3],
		["and", 2],
	] as [string, number][]),
	...([
		["or", 2],
		["nullish", 2],
		["assign", 1],
		["addAssign", 1],
		["member", 0],
		["memberAssign", 2],
	] as [string, number][]),
	...([
		["memberAdd", 1],
		["array", 3],
		["object", 3],
		["template", 2],
		["helper", 2],
		["helper", 2],
	] as [string, number][]),
	...([
		["fail", 1],
		["comma", 2],
		["method", 2],
		["optional", 2],
		["increment", 0],
		["orAssign", 1],
	] as [string, number][]),
	...([
		["closureCall", 1],
		["spread", 3],
		["missing", 1],
	] as [string, number][]),
];
const flat: [string, number, number][] = [
	["empty", 0, 0],
	["trace", 2, 0],
	["await", 1, 0],
	["expression", 1, 0],
	["maybeBreak", 1, 0],
	["maybeReturn", 2, 0],
];
const statementKinds: [string, number, number][] = [
	...flat,
	...([
		["block", 0, 1],
		["if", 1, 1],
		["ifElse", 1, 2],
		["for", 0, 1],
		["for", 0, 1],
		["while", 0, 1],
	] as [string, number, number][]),
	...([
		["do", 0, 1],
		["forOf", 2, 1],
		["switch", 2, 3],
		["try", 0, 2],
		["tryFinally", 0, 2],
	] as [string, number, number][]),
	...([
		["tryFinally", 0, 2],
		["tryAll", 0, 3],
		["tryAll", 0, 3],
		["throw", 1, 0],
		["return", 1, 0],
	] as [string, number, number][]),
	...([
		["break", 0, 0],
		["continue", 0, 0],
		["closure", 2, 0],
		["declare", 1, 1],
		["declare", 1, 1],
	] as [string, number, number][]),
	...([
		["destructure", 3, 0],
		["labelled", 0, 1],
		["breakLabel", 1, 0],
		["continueLabel", 1, 0],
	] as [string, number, number][]),
	...([
		["maybeThrow", 1, 0],
		["maybeContinue", 1, 0],
		["using", 1, 1],
		["localFunction", 1, 1],
	] as [string, number, number][]),
];

/** Reads a program out of a row of numbers; where the row ends, everything is the simplest there is. */
function decode(row: readonly number[]): Tree[] {
	let at = 0;
	const next = (): number => row[at++] ?? 0;
	const expression = (depth: number): Tree => {
		const kinds = depth > 2 ? simple : expressions;
		const [kind, count] = kinds[next() % kinds.length];
		const n = next() % 8;
		const parts: Tree[] = [];
		for (let i = 0; i < count; i++) parts.push(expression(depth + 1));
		return { kind, n, parts };
	};
	const statement = (depth: number): Tree => {
		const kinds = depth > 3 ? flat : statementKinds;
		const [kind, count, bodies] = kinds[next() % kinds.length];
		const n = next() % 8;
		const parts: Tree["parts"] = [undefined, undefined, undefined];
		for (let i = 0; i < bodies; i++) parts[3 + i] = body(depth + 1);
		for (let i = 0; i < count; i++) parts[i] = expression(1);
		return { kind, n, parts };
	};
	const body = (depth: number): Tree => {
		const parts: Tree[] = [];
		for (let i = next() % (depth === 0 ? 4 : 3); i >= 0 && at < row.length; i--) parts.push(statement(depth));
		return { kind: "body", n: 0, parts };
	};
	return [body(0), body(0), body(0)];
}

/** How long the rows may get: the size of programs. */
const SIZE = Number(process.env.STATOR_FUZZ_SIZE ?? 60);

/** Programs, as rows of numbers. */
export const program = fc.array(fc.nat(0xffff), { minLength: 12, maxLength: SIZE, size: "max" }).map(decode);

/** How the languages differ: `await` in async functions, `yield` in generators. */
export interface Language {
	head(name: string, parameters: string): string;
	await(what: string): string;
}

export const ASYNC: Language = {
	head: (name, parameters) => "async function " + name + "(" + parameters + "): Promise<any> {",
	await: (what) => "(await " + what + ")",
};

export const GENERATOR: Language = {
	head: (name, parameters) => "function* " + name + "(" + parameters + "): any {",
	await: (what) => "(yield " + what + ")",
};

interface Context {
	language: Language;
	prefix: string;
	/** Functions that may be called: those with a higher number, so that there is no recursion. */
	level: number;
	loops: { label: string | undefined; variable: string | undefined; continues: boolean; breaks: boolean }[];
	/** Makes names unique. */
	count: { value: number };
	/** In a closure there is no await. */
	closure: boolean;
}

const NAMES = ["x", "y", "z"];

function expression(t: Tree | undefined, c: Context): string {
	if (t === undefined) return "0";
	const e = (i: number): string => expression(t.parts[i], c);
	const name = NAMES[t.n % 3];
	const waits = !c.closure;
	switch (t.kind) {
		case "number":
			return String(t.n);
		case "loopVariable":
			return c.loops.findLast((loop) => loop.variable !== undefined)?.variable ?? name;
		case "wait":
			return waits ? c.language.await("wait(" + (t.n % 4) * 2 + ", " + e(0) + ")") : e(0);
		case "fail":
			return waits && t.n < 3 ? c.language.await("fail(" + t.n * 2 + ", 'f" + t.n + "')") : e(0);
		case "helper":
			return waits && c.level < 2
				? c.language.await(
						c.prefix + "h" + (c.level + 1 + (c.level === 0 ? t.n % 2 : 0)) + "(" + e(0) + ", " + e(1) + ")",
					)
				: e(0);
		case "add":
			return "(" + e(0) + " + " + e(1) + ")";
		case "call2":
			return "f(" + e(0) + ", " + e(1) + ")";
		case "call3":
			return "f(" + e(0) + ", " + e(1) + ", " + e(2) + ")";
		case "conditional":
			return "(" + e(0) + " ? " + e(1) + " : " + e(2) + ")";
		case "and":
			return "(" + e(0) + " && " + e(1) + ")";
		case "or":
			return "(" + e(0) + " || " + e(1) + ")";
		case "nullish":
			return "((" + (t.n < 4 ? "nothing" : e(0)) + ") ?? " + e(1) + ")";
		case "assign":
			return "(" + name + " = " + e(0) + ")";
		case "addAssign":
			return "(" + name + " += " + e(0) + ")";
		case "orAssign":
			return "(" + name + (t.n < 4 ? " ||= " : " &&= ") + e(0) + ")";
		case "increment":
			return t.n < 4 ? name + "++" : "--o." + name;
		case "member":
			return "o." + name;
		case "memberAssign":
			return "(o[f(" + e(0) + ") ? 'x' : 'y'] = " + e(1) + ")";
		case "memberAdd":
			return "(o." + name + " += " + e(0) + ")";
		case "array":
			return "[" + e(0) + ", " + e(1) + ", " + e(2) + "][" + (t.n % 3) + "]";
		case "spread":
			return "f(...[" + e(0) + ", " + e(1) + "], " + e(2) + ")";
		case "object":
			return "({ a: " + e(0) + ", [f(" + e(1) + ") ? 'b' : 'c']: " + e(2) + ", " + name + " }).a";
		case "template":
			return "`${" + e(0) + "}-${" + e(1) + "}`.length";
		case "comma":
			return "(" + e(0) + ", " + e(1) + ")";
		case "method":
			return "o.sum(" + e(0) + ", " + e(1) + ")";
		case "optional":
			return t.n < 4 ? "(none?.sum(" + e(0) + "))" : "(o?.sum?.(" + e(0) + ", " + e(1) + "))";
		case "missing":
			return t.n === 0 ? "none.sum(" + e(0) + ")" : e(0);
		case "closureCall":
			return "(() => " + expression(t.parts[0], { ...c, closure: true }) + ")()";
		default:
			return name;
	}
}

function statements(t: Tree | undefined, c: Context): string {
	return t === undefined ? "" : t.parts.map((part) => (part === undefined ? "" : statement(part, c))).join("\n");
}

function statement(t: Tree, c: Context): string {
	const e = (i: number): string => expression(t.parts[i], c);
	const body = (i: number, loops = c.loops): string => "{\n" + statements(t.parts[i], { ...c, loops }) + "\n}";
	const name = NAMES[t.n % 3];
	const fresh = (prefix: string): string => prefix + c.count.value++;
	const inLoop = c.loops.some((loop) => loop.breaks);
	const isLoop = c.loops.some((loop) => loop.continues);
	const labelled = c.loops.filter((loop) => loop.label !== undefined);
	const label = labelled.length > 0 ? labelled[t.n % labelled.length] : undefined;
	const loop = (head: (variable: string) => [string, string], hasVariable = true): string => {
		const variable = fresh("i");
		const named = t.n % 2 === 0 ? fresh("l") : undefined;
		const [before, after] = head(variable);
		const loops = [
			...c.loops,
			{ label: named, variable: hasVariable ? variable : undefined, continues: true, breaks: true },
		];
		return (named === undefined ? "" : named + ": ") + before + body(3, loops) + after;
	};
	switch (t.kind) {
		case "expression":
			return e(0) + ";";
		case "trace":
			return "trace(" + t.n + ", " + e(0) + ", " + e(1) + ");";
		case "await":
			return c.language.await("wait(" + (t.n % 4) * 2 + ", " + e(0) + ")") + ";";
		case "block":
			return body(3);
		case "if":
			return "if (" + e(0) + ") " + body(3);
		case "ifElse":
			return "if (" + e(0) + ") " + body(3) + " else " + body(4);
		case "for":
			return loop((i) => ["for (let " + i + " = 0; " + i + " < " + ((t.n % 3) + 1) + "; " + i + "++) ", ""]);
		case "while": {
			const counter = fresh("w");
			return "let " + counter + " = 0; " + loop(() => ["while (" + counter + "++ < " + (t.n % 3) + ") ", ""], false);
		}
		case "do": {
			const counter = fresh("w");
			return (
				"let " +
				counter +
				" = 0; " +
				loop(
					() => ["do ", " while (" + counter + "++ < " + (t.n % 3) + " && " + c.language.await("wait(2, true)") + ");"],
					false,
				)
			);
		}
		case "forOf":
			return loop((i) => ["for (const " + i + " of list(" + e(0) + ", " + e(1) + ")) ", ""]);
		case "switch": {
			const loops = [...c.loops, { label: undefined, variable: undefined, continues: false, breaks: true }];
			const end = t.n % 2 === 0 ? " break;" : "";
			return (
				"switch (" +
				e(0) +
				") { case " +
				(t.n % 3) +
				": " +
				body(3, loops) +
				end +
				(t.n < 4 ? " default: " + body(5, loops) : "") +
				" case [" +
				e(1) +
				"][0]: " +
				body(4, loops) +
				end +
				" }"
			);
		}
		case "try":
			return "try " + body(3) + " catch (e) { trace('caught', e); " + statements(t.parts[4], c) + " }";
		case "tryFinally":
			return "try " + body(3) + " finally { trace('finally'); " + statements(t.parts[4], c) + " }";
		case "tryAll":
			return "try " + body(3) + " catch { trace('caught'); " + statements(t.parts[4], c) + " } finally " + body(5);
		case "throw":
			return "throw new Error('t' + " + e(0) + ");";
		case "maybeThrow":
			return "if (" + e(0) + ") throw new Error('m');";
		case "return":
			return "return " + e(0) + ";";
		case "maybeReturn":
			return "if (" + e(0) + " > 3) return " + e(1) + ";";
		case "break":
			return inLoop ? "break;" : ";";
		case "maybeBreak":
			return inLoop ? "if (" + e(0) + " > 2) break;" : "trace('no break');";
		case "continue":
			return isLoop ? "continue;" : ";";
		case "maybeContinue":
			return isLoop ? "if (" + e(0) + " > 2) continue;" : "trace('no continue');";
		case "labelled": {
			const own = fresh("l");
			return own + ": " + body(3, [...c.loops, { label: own, variable: undefined, continues: false, breaks: false }]);
		}
		case "breakLabel":
			return label === undefined ? ";" : "if (" + e(0) + ") break " + label.label + ";";
		case "continueLabel":
			return label?.continues ? "if (" + e(0) + ") continue " + label.label + ";" : ";";
		case "declare":
			return (
				"{ let " +
				name +
				": any; trace(" +
				name +
				"); " +
				name +
				" = " +
				e(0) +
				";\n" +
				statements(t.parts[3], c) +
				"\ntrace('shadowed', " +
				name +
				"); }"
			);
		case "destructure":
			return (
				"{ const { a: p = " +
				e(1) +
				", ...q } = { a: " +
				(t.n < 4 ? "undefined" : e(0)) +
				", b: 2 } as any; const [r, , s = 5] = [" +
				e(2) +
				", 2] as any[]; trace(p, q, r, s); [x, y] = [y, x]; }"
			);
		case "closure":
			return (
				"{ const k = " + e(0) + "; later.push(() => f(k, " + expression(t.parts[1], { ...c, closure: true }) + ")); }"
			);
		case "using":
			return "{ using r = resource(" + e(0) + ");\n" + statements(t.parts[3], c) + "\n}";
		case "localFunction": {
			const own = fresh("g");
			return c.loops.length > 0
				? "trace('in a loop');"
				: "{ function " +
						own +
						"(k: any) { return f(k, " +
						NAMES[t.n % 3] +
						"++); }\n" +
						statements(t.parts[3], c) +
						"\ntrace(" +
						own +
						"(" +
						e(0) +
						")); }";
		}
		default:
			return ";";
	}
}

/** The text of a program's functions; `main` of the first is what a test runs. */
export function print(bodies: readonly Tree[], prefix: string, language: Language): string {
	const count = { value: 0 };
	let text = "";
	bodies.forEach((tree, level) => {
		const c: Context = { language, prefix, level, loops: [], count, closure: false };
		text +=
			language.head(prefix + "h" + level, "x: any, y: any") +
			"\nlet z: any = 2; const o: any = { x: 1, y: 2, z: 3, sum(a: any, b: any) { return a + b + this.x; } }; const none: any = undefined; const nothing: any = null; const later: any[] = [];\n" +
			statements(tree, c) +
			"\nfor (const g of later) trace(g());\ntrace('end', x, y, z, o);\nreturn x;\n}\n";
	});
	return text;
}

/** What programs call, beside the prelude. */
export const SUPPORT = `
function f(...a: any[]): any { trace('f', ...a); return typeof a[0] === 'number' ? a[0] % 5 : a.length; }
function list(a: any, b: any): any[] { return [a, b]; }
function resource(n: any) { return { [Symbol.dispose]() { trace('dispose', n); } }; }
`;
