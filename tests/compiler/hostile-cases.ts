/**
 * Programs as users may write them, each a task of its own that runs its body sixty times: those with a place and a word
 * must be refused there with that word, the others must be accepted and grow nothing when they run on XS. `program` makes
 * one module of each, and one that runs the accepted ones.
 */

/** Line and column of the refusal, and what is said; undefined: accepted. */
type Refused = readonly [line: number, column: number, what: string] | undefined;

export interface Case {
	readonly name: string;
	readonly refused: Refused;
	/** At module level, from line 4 on. */
	readonly above: string;
	/** The body of the task's loop. */
	readonly body: string;
}

const list: [name: string, refused: Refused, above: string, body: string][] = [
	[
		"def-param",
		undefined,
		"async function h(a: number, b = 2, c = a + b) { await sleep(0); return a + b + c; }",
		"out += await h(k); out += await h(k, 5);",
	],
	[
		"def-param-obj",
		[4, 33, "object literal"],
		"async function h(a: number, b = { x: 1 }) { await sleep(0); return a + b.x; }",
		"out += await h(k);",
	],
	[
		"capture-turn",
		undefined,
		"function each(n: number): number { return n * 2; }",
		"for (let i = 0; i < 3; i++) { out += each(i); await sleep(0); }",
	],
	[
		"capture-closure",
		[7, 12, "variable of a loop that a function keeps"],
		"",
		"for (let i = 0; i < 3; i++) { const f = () => i; await sleep(0); out += f(); }",
	],
	[
		"label-finally",
		undefined,
		"",
		"outer: for (let i = 0; i < 3; i++) { for (;;) { try { await sleep(0); if (i === 1) continue outer; break outer; } finally { out++; } } }",
	],
	[
		"label-finally-lit",
		[7, 134, "array literal"],
		"",
		"outer: for (let i = 0; i < 3; i++) { for (;;) { try { await sleep(0); if (i === 1) continue outer; break outer; } finally { out += [1].length; } } }",
	],
	[
		"switch-await",
		undefined,
		"",
		"switch (k & 3) { case 0: out++; case 1: await sleep(0); out++; break; case 2: { await sleep(0); break; } default: out--; }",
	],
	[
		"switch-await-str",
		[7, 59, "string concatenation"],
		"let name = 'a';",
		"switch (k & 3) { case 0: out++; case 1: await sleep(0); name = 'k' + k; break; default: out--; }",
	],
	[
		"try-all",
		undefined,
		"",
		"try { await sleep(0); if (k === 3) throw 7; } catch (e) { await sleep(0); out += e as number; } finally { await sleep(0); out++; }",
	],
	[
		"try-catch-lit",
		[7, 68, "array literal"],
		"",
		"try { await sleep(0); if (k === 3) throw 7; } catch (e) { out += [e].length; } finally { await sleep(0); }",
	],
	[
		"return-finally",
		undefined,
		"async function f(n: number): Promise<number> { try { await sleep(0); return n; } finally { await sleep(0); out++; } }",
		"out += await f(k);",
	],
	[
		"await-args",
		undefined,
		"async function v(n: number) { await sleep(0); return n; }\nfunction add(a: number, b: number, c: number) { return a + b + c; }",
		"out += add(k, await v(1), await v(2));",
	],
	[
		"await-computed",
		undefined,
		"const list = [1, 2, 3];\nasync function v(n: number) { await sleep(0); return n; }",
		"out += list[await v(k % 3)]; list[await v(1)] = await v(2);",
	],
	[
		"await-template",
		[8, 7, "template literal with substitutions"],
		"async function v(n: number) { await sleep(0); return n; }\nlet s = '';",
		"s = `x${await v(1)}`;",
	],
	[
		"await-cond",
		undefined,
		"async function v(n: number) { await sleep(0); return n; }",
		"out += (await v(k & 1)) ? await v(1) : await v(2);",
	],
	[
		"await-logical-assign",
		undefined,
		"let a: number | undefined; let b = 0;\nasync function v(n: number) { await sleep(0); return n; }",
		"a ??= await v(3); b ||= await v(k); b &&= await v(2); out += a + b;",
	],
	[
		"await-comma",
		undefined,
		"async function v(n: number) { await sleep(0); return n; }",
		"out += (await v(1), await v(2));",
	],
	[
		"await-delete",
		[8, 21, "delete"],
		"const o: { p?: number } = { p: 1 };\nasync function v(n: number) { await sleep(0); return n; }",
		"o.p = await v(1); delete o.p;",
	],
	[
		"await-typeof",
		undefined,
		"async function v(n: number) { await sleep(0); return n; }",
		"if (typeof (await v(1)) === 'number') out++;",
	],
	[
		"await-in",
		undefined,
		"const o: Record<string, number> = { a: 1 };\nasync function v(s: string) { await sleep(0); return s; }",
		"if ((await v('a')) in o) out++;",
	],
	[
		"await-instanceof",
		undefined,
		"class C { x = 1; }\nconst c: unknown = new C();\nasync function v() { await sleep(0); return c; }",
		"if ((await v()) instanceof C) out++;",
	],
	[
		"await-optional",
		undefined,
		"const o: { v?: number; f?(n: number): number } = { v: 2, f(n) { return n; } };\nasync function v(n: number) { await sleep(0); return n; }",
		"out += o.f?.(await v(1)) ?? 0; out += o?.v ?? await v(3);",
	],
	[
		"await-new",
		[8, 10, "new P"],
		"class P { x: number; constructor(x: number) { this.x = x; } }\nasync function v(n: number) { await sleep(0); return n; }",
		"out += new P(await v(1)).x;",
	],
	[
		"using",
		undefined,
		"const res = { n: 0, [Symbol.dispose]() { res.n++; } };\nfunction open() { return res; }",
		"{ using r = open(); await sleep(0); out += r.n; }",
	],
	[
		"using-lit",
		[4, 26, "object literal"],
		"function open() { return { [Symbol.dispose]() {} }; }",
		"{ using r = open(); await sleep(0); out++; void r; }",
	],
	[
		"await-using",
		undefined,
		"const res = { n: 0, async [Symbol.asyncDispose]() { await sleep(0); res.n++; } };",
		"{ await using r = res; await sleep(0); out += r.n; }",
	],
	[
		"using-throws",
		undefined,
		"const bad = new Error('x');\nconst res = { [Symbol.dispose]() { throw bad; } };",
		"try { using r = res; await sleep(0); void r; } catch { out++; }",
	],
	[
		"for-await",
		undefined,
		"const ch = new Channel<number>(4);",
		"ch.trySend(k); ch.trySend(-1); for await (const n of ch) { if (n < 0) break; out += n; }",
	],
	[
		"destr-record",
		undefined,
		"const rec = { a: 1, b: 2, c: undefined as number | undefined };\nasync function f({ a, b = 3, c = 4 }: { a: number; b?: number; c?: number | undefined }) { await sleep(0); return a + b + c; }",
		"out += await f(rec); const { a, c: d = 5 } = rec; await sleep(0); out += a + d;",
	],
	[
		"destr-array",
		undefined,
		"const pair: [number, number] = [1, 2];",
		"const [a, b] = pair; await sleep(0); out += a + b;",
	],
	[
		"class-private",
		undefined,
		"class Counter { #n = 0; static total = 0; async bump() { await sleep(0); this.#n++; Counter.total++; return this.#n; } get n() { return this.#n; } set n(v: number) { this.#n = v; } }\nconst counter = new Counter();",
		"out += await counter.bump(); counter.n = counter.n + 1; out += Counter.total;",
	],
	[
		"class-getter-lit",
		[4, 44, "array literal"],
		"class Counter { n = 0; get pair() { return [this.n, 1]; } }\nconst counter = new Counter();",
		"out += counter.pair[1]; await sleep(0);",
	],
	[
		"generics",
		undefined,
		"function pick<T>(a: T, b: T, first: boolean): T { return first ? a : b; }",
		"out += pick(1, 2, k > 2) + pick<number>(3, 4, true); await sleep(0);",
	],
	[
		"enum",
		undefined,
		"enum Color { Red, Green = 5 }\nconst enum Dir { Up = 1, Down }",
		"out += Color.Green + Dir.Down; await sleep(0);",
	],
	[
		"enum-name",
		undefined,
		"enum Color { Red, Green }\nlet text = '';",
		"text = Color[k & 1]; await sleep(0); if (text === 'Red') out++;",
	],
	[
		"namespace",
		undefined,
		"namespace N { export let x = 1; export function f(n: number) { return n + x; } }",
		"out += N.f(k); N.x = k; await sleep(0);",
	],
	[
		"satisfies",
		undefined,
		"const conf = { a: 1, b: 2 } satisfies Record<string, number>;\nconst maybe: { v: number } | undefined = { v: 1 };",
		"out += conf.a + (conf as { b: number }).b + maybe!.v; await sleep(0);",
	],
	[
		"shadow",
		undefined,
		"const x = 1;",
		"const y = x; { const x = 5; await sleep(0); out += x; { const x = k; out += x; await sleep(0); out += x; } } out += x + y;",
	],
	["var-hoist", undefined, "", "if (k > 2) { var q = 1; } await sleep(0); out += q === undefined ? 0 : q; var q;"],
	[
		"arguments",
		[4, 41, "arguments"],
		"function f(_a: number): number { return arguments.length; }",
		"out += f(k); await sleep(0);",
	],
	[
		"int-overflow",
		undefined,
		"let big = 2147483640;",
		"big += 1000; big = big * 3 - 1; await sleep(0); if (big > 1e15) big = 2147483640; out += big % 7;",
	],
	[
		"float-props",
		undefined,
		"const o = { x: 0.5, l: [0.5, 1.5] };",
		"o.x = o.x * 1.5 + 0.1; o.l[0] += 0.25; await sleep(0); out += o.x > 1 ? 1 : 0;",
	],
	[
		"str-compare",
		undefined,
		"const names = ['a', 'b', 'c'];",
		"if (names[k % 3] === 'b' || names[k % 3] < 'c') out++; await sleep(0);",
	],
	[
		"switch-str",
		undefined,
		"const names = ['a', 'b', 'c'];",
		"switch (names[k % 3]) { case 'a': out++; break; case 'b': await sleep(0); break; default: out--; }",
	],
	["str-len", [7, 10, ".length of a string"], "const name = 'abc';", "out += name.length; await sleep(0);"],
	[
		"str-at",
		[7, 7, "character of a string by index"],
		"const name = 'abc';",
		"if (name[0] === 'a') out++; await sleep(0);",
	],
	[
		"map-get",
		undefined,
		"const m = new Map<string, number>([['a', 1]]);",
		"out += m.get('a') ?? 0; if (m.has('b')) out++; await sleep(0);",
	],
	["map-set", [7, 3, "call of Map's set"], "const m = new Map<number, number>();", "m.set(k, k); await sleep(0);"],
	[
		"map-update",
		[7, 3, "call of Map's set"],
		"const m = new Map<string, number>([['a', 1]]);",
		"m.set('a', k); await sleep(0);",
	],
	[
		"arr-methods",
		undefined,
		"const l = [3, 1, 2];\nconst isOne = (n: number) => n === 1;",
		"out += l.indexOf(1) + (l.includes(2) ? 1 : 0) + l.findIndex(isOne) + (l.at(-1) ?? 0); l.fill(k); l.reverse(); await sleep(0);",
	],
	[
		"arr-cb-closure",
		[6, 11, "variable of a loop that a function keeps"],
		"const l = [3, 1, 2];",
		"out += l.findIndex((n) => n === k); await sleep(0);",
	],
	[
		"typed",
		undefined,
		"const b = new Uint8Array(8); const v = new DataView(b.buffer);",
		"b[k & 7] = k; v.setUint16(0, k); out += b[0] + v.getUint16(0) + b.length; b.fill(0); await sleep(0);",
	],
	[
		"typed-sub",
		[7, 10, "call of a typed array's subarray"],
		"const b = new Uint8Array(8);",
		"out += b.subarray(1).length; await sleep(0);",
	],
	[
		"math",
		undefined,
		"",
		"out += Math.floor(k / 3) + Math.max(k, 2) + Math.imul(k, 3) + Math.trunc(Math.sqrt(k)) + Math.clz32(k) + (k ** 2); await sleep(0);",
	],
	["math-spread", [7, 15, "spread"], "const l = [1, 2];", "out += Math.max(...l); await sleep(0);"],
	[
		"number-fn",
		undefined,
		"",
		"if (Number.isInteger(k) && !Number.isNaN(k) && Number.isFinite(k) && Number.MAX_SAFE_INTEGER > k) out++; await sleep(0);",
	],
	[
		"number-text",
		[7, 7, "String of something that is not a string"],
		"",
		"if (String(k) === '3') out++; await sleep(0);",
	],
	["json", [7, 3, "call of JSON.stringify"], "", "JSON.stringify(k); await sleep(0);"],
	["date", [7, 10, "new Date"], "", "out += new Date().getTime() & 1; await sleep(0);"],
	["date-now", undefined, "", "out += Date.now() & 1; await sleep(0);"],
	[
		"regexp",
		[7, 7, "call of RegExp's test"],
		"const r = /a/; const s = 'abc';",
		"if (r.test(s)) out++; await sleep(0);",
	],
	["bigint", [7, 7, "BigInt"], "let n = 1n;", "n = n + 1n; await sleep(0);"],
	["symbol", [7, 7, "call of Symbol"], "let s: symbol | undefined;", "s = Symbol('x'); await sleep(0); void s;"],
	[
		"tagged",
		[7, 10, "tagged template"],
		"function tg(p: TemplateStringsArray) { return p.length; }",
		"out += tg`abc`; await sleep(0);",
	],
	["generator", [7, 3, "for-of loop"], "function* g() { yield 1; }", "for (const x of g()) out += x; await sleep(0);"],
	[
		"proxy",
		[7, 3, "object used as a number or string"],
		"const p = new Proxy({ a: 1 }, { get() { return [1].length; } });",
		"out += p.a; await sleep(0);",
	],
	["reflect", [7, 3, "call of Reflect.set"], "const o = { a: 1 };", "Reflect.set(o, 'a', k); await sleep(0);"],
	["in-op", undefined, "const o: { a?: number } = { a: 1 };", "if ('a' in o) out++; await sleep(0);"],
	["exponent", undefined, "", "out += 2 ** (k % 10); await sleep(0);"],
	[
		"idx-beyond",
		[7, 3, "assignment to an item of an array that is empty when start-up is over"],
		"const l: number[] = [];",
		"l[k] = k; await sleep(0);",
	],
	[
		"idx-within",
		undefined,
		"const l = new Array<number>(8).fill(0);",
		"l[k & 7] = k; await sleep(0); out += l[k & 7];",
	],
	["idx-loop", undefined, "const l = [0, 0, 0, 0];", "for (let i = 0; i < l.length; i++) l[i] = k; await sleep(0);"],
	[
		"array-holes",
		[7, 3, "assignment to an item of an array that is empty when start-up is over"],
		"const l = new Array<number>(60);",
		"l[k] = k; await sleep(0); out += l[k];",
	],
	[
		"defprop-get",
		[5, 48, "array literal"],
		"const o = {} as { a: number };\nObject.defineProperty(o, 'a', { get() { return [1].length; } });",
		"out += o.a; await sleep(0);",
	],
	[
		"callback-stored",
		undefined,
		"let cb: (n: number) => number = (n) => n + 1;\nconst other = (n: number) => n * 2;",
		"cb = k & 1 ? other : cb; out += cb(k); await sleep(0);",
	],
	[
		"callback-stored-bad",
		[5, 28, "array literal"],
		"let cb: (n: number) => number = (n) => n + 1;\nconst bad = (n: number) => [n].length;\nexport function setBad() { cb = bad; }\nsetBad();",
		"out += cb(k); await sleep(0);",
	],
	[
		"iface",
		undefined,
		"interface Shape { area(): number }\nclass Sq implements Shape { s = 2; area() { return this.s * this.s; } }\nclass Ci implements Shape { r = 2; area() { return 3 * this.r; } }\nconst shapes: Shape[] = [new Sq(), new Ci()];",
		"out += shapes[k & 1].area(); await sleep(0);",
	],
	[
		"iface-bad",
		[6, 45, "array literal"],
		"interface Shape { area(): number }\nclass Sq implements Shape { s = 2; area() { return this.s * this.s; } }\nclass Ci implements Shape { area() { return [3].length; } }\nconst shapes: Shape[] = [new Sq(), new Ci()];",
		"out += shapes[k & 1].area(); await sleep(0);",
	],
	[
		"fn-param",
		undefined,
		"function apply(f: (n: number) => number, n: number) { return f(n); }\nconst inc = (n: number) => n + 1;",
		"out += apply(inc, k) + apply(Math.abs, -k); await sleep(0);",
	],
	[
		"null-proto-dict",
		[7, 3, "string concatenation"],
		"const d: Record<string, number> = Object.create(null);",
		"d['k' + k] = 1; await sleep(0);",
	],
	[
		"computed-key",
		[8, 3, "assignment to a property whose name is computed"],
		"const d: Record<string, number> = { a: 1 };\nconst keys = ['a', 'b'];",
		"d[keys[k & 1]] = k; await sleep(0);",
	],
	[
		"symbol-key-write",
		[8, 3, "assignment to a property whose name is computed"],
		"const s = Symbol('s');\nconst d: { [key: symbol]: number } = {};",
		"d[s] = k; await sleep(0);",
	],
	["date-obj", undefined, "const d = new Date(0);", "out += 1; await sleep(0); void d;"],
	[
		"try-sync",
		undefined,
		"function risky(n: number): number { if (n > 100) throw new Error('no'); return n; }",
		"try { out += risky(k); await sleep(0); } catch { out--; }",
	],
	[
		"try-sync-helper",
		[4, 36, "try statement"],
		"function safe(n: number): number { try { return n + 1; } catch { return 0; } }",
		"out += safe(k); await sleep(0);",
	],
	[
		"spread-call",
		[4, 12, "rest parameter"],
		"function f(...a: number[]) { return a.length; }\nconst l = [1];",
		"out += f(...l); await sleep(0);",
	],
	["obj-spread", [7, 10, "object literal"], "const o = { a: 1 };", "out += { ...o }.a; await sleep(0);"],
	[
		"string-plus-eq",
		[7, 3, "string concatenation"],
		"let s = 'a';",
		"s += 'b'; if (k % 5 === 0) s = 'a'; await sleep(0);",
	],
	["array-len-0", [7, 3, "assignment to length"], "const l = [1, 2, 3];", "l.length = 0; await sleep(0);"],
	["concat-num", undefined, "let tt = 0;", "tt = tt + k; await sleep(0); out += tt;"],
	["unary-plus-str", undefined, "const s = '12';", "out += +s + Number(s); await sleep(0);"],
	["parse-str", undefined, "const s = '12';", "out += parseInt(s, 10); await sleep(0);"],
	[
		"error-value",
		[7, 10, "new Error"],
		"let last: Error | undefined;",
		"last = new Error('x'); await sleep(0); void last;",
	],
	[
		"class-in-loop",
		[7, 13, "class made at run time"],
		"",
		"const C = class { x = 1; }; await sleep(0); out += C.length;",
	],
	[
		"super-method",
		undefined,
		"class A { v(n: number) { return n; } }\nclass B extends A { override v(n: number) { return super.v(n) + 1; } }\nconst b = new B();",
		"out += b.v(k); await sleep(0);",
	],
	[
		"accessor-set-lit",
		[4, 63, "array literal"],
		"class A { last: number[] = []; set v(n: number) { this.last = [n]; } }\nconst a = new A();",
		"a.v = k; await sleep(0);",
	],
	[
		"toString-impl",
		[9, 7, "String of something that is not a string"],
		"class A { n = 1; toString() { return 'a'; } }\nconst a = new A();\nlet s = '';",
		"s = String(a); await sleep(0);",
	],
	[
		"valueOf-add",
		[8, 3, "string concatenation"],
		"class A { n = 1; valueOf() { return [1].length; } }\nconst a = new A() as unknown as number;",
		"out += a + k; await sleep(0);",
	],
	[
		"toPrimitive-cmp",
		[7, 7, "object used as a number or string"],
		"const a = { [Symbol.toPrimitive]() { return [1].length; } } as unknown as number;",
		"if (a < k) out++; await sleep(0);",
	],
	[
		"apply-args",
		[7, 29, "array literal"],
		"function f(a: number, b: number) { return a + b; }",
		"out += f.apply(undefined, [1, k]); await sleep(0);",
	],
	[
		"bind",
		[7, 10, "call of Function's bind"],
		"function f(this: unknown, a: number) { return a; }",
		"out += f.bind(undefined)(k); await sleep(0);",
	],
	[
		"call-ok",
		undefined,
		"function f(this: unknown, a: number) { return a; }",
		"out += f.call(undefined, k); await sleep(0);",
	],
	[
		"opt-call-undefined",
		undefined,
		"const o: { f?: () => number[] } = {};",
		"out += o.f?.().length ?? 1; await sleep(0);",
	],
	["array-sort", [7, 3, "call of Array's sort"], "const l = [3, 1, 2];", "l.sort(); await sleep(0);"],
	[
		"weakmap",
		[7, 3, "call of WeakMap's set"],
		"const w = new WeakMap<object, number>(); const key = {};",
		"w.set(key, k); await sleep(0);",
	],
	["structured", [7, 3, "call of structuredClone"], "const o = { a: 1 };", "structuredClone(o); await sleep(0);"],
	["eval", [7, 10, "call of eval"], "", "out += (0, eval)('1'); await sleep(0);"],
	[
		"newFunction",
		[7, 10, 'call of new Function("return 1"), which is not known'],
		"",
		"out += new Function('return 1')(); await sleep(0);",
	],
	[
		"globalThis-write",
		[7, 33, "string concatenation"],
		"",
		"(globalThis as Record<string, unknown>)['g' + k] = k; await sleep(0);",
	],
	["negative-zero", undefined, "let z = -0;", "z = -z; out += Object.is(z, -0) ? 1 : 0; await sleep(0);"],
	[
		"float-index",
		[7, 3, "index that is no whole number from 0"],
		"const l = [1, 2, 3];",
		"l[k / 2] = k; await sleep(0);",
	],
	[
		"iter-manual",
		[7, 10, "call of l[Symbol.iterator]().next, which is not known"],
		"const l = [1, 2, 3];",
		"out += l[Symbol.iterator]().next().value as number; await sleep(0);",
	],
	["array-from", [7, 10, "call of Array.from"], "const l = [1, 2, 3];", "out += Array.from(l).length; await sleep(0);"],
	[
		"closure-call-now",
		[6, 11, "variable of a loop that a function keeps"],
		"",
		"out += (() => k + 1)(); await sleep(0);",
	],
	["copyWithin", undefined, "const l = [1, 2, 3, 4];", "l.copyWithin(0, 2); await sleep(0); out += l[0];"],
	[
		"arr-push-pop",
		[7, 3, "call of Array's push"],
		"const st: number[] = [];",
		"st.push(k); out += st.pop() ?? 0; await sleep(0);",
	],
	[
		"string-localeCompare",
		[7, 10, ".localeCompare of a string"],
		"const a = 'x';",
		"out += a.localeCompare('y'); await sleep(0);",
	],
	["object-freeze", [7, 3, "call of Object.freeze"], "const o = { a: 1 };", "Object.freeze(o); await sleep(0);"],
	[
		"nested-helper-cb",
		[7, 11, "function made at run time"],
		"function walk(n: number, f: (x: number) => void) { for (let i = 0; i < n; i++) f(i); }",
		"walk(3, (x) => { out += x; }); await sleep(0);",
	],
];

export const hostile: readonly Case[] = list.map(([name, refused, above, body]) => ({ name, refused, above, body }));

/** The modules of cases: file -> text. main.ts runs them one after the other and says which has grown the heap. */
export function modules(cases: readonly Case[]): Record<string, string> {
	const files: Record<string, string> = {};
	let imports = 'import { JoinHandle, log, run, spawn } from "stator";\n';
	imports += 'import { STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";\n';
	let touched = "";
	let runs = "";
	cases.forEach(({ name, above, body }, i) => {
		const names = [...above.matchAll(/^(?:const|let) (?!enum)(\w+)/gm)].map(([, found]) => found);
		files[name + ".ts"] = [
			'import { Channel, sleep, task } from "stator";',
			"export let out = 0;",
			"export function touch(): unknown[] { return [" + ["Channel", "out", ...names].join(", ") + "]; }",
			above,
			'export const t = task({ name: "' + name + '" }, async () => {',
			"\tfor (let k = 0; k < 60; k++) {",
			"\t\t" + body,
			"\t}\n});\n",
		].join("\n");
		imports += "import { t as t" + i + ", touch as touch" + i + ' } from "./' + name + '.ts";\n';
		touched += "touched += touch" + i + "().length;\n";
		runs += "\tawait spawn(t" + i + "()).join();\n\tsay(" + JSON.stringify(name) + ");\n";
	});
	// What is never looked at would be left out of the bundle: everything is, before and after.
	files["main.ts"] =
		imports +
		"let touched = 0;\nlet before = 0;\nlet failed = 0;\n" +
		touched +
		"function say(name: string): void {\n\tconst growth = stat(STAT_GROWTH_SLOTS) + stat(STAT_GROWTH_BYTES) + stat(STAT_COLLECTIONS);\n" +
		"\tif (growth !== before) {\n\t\tlog(name, growth - before);\n\t\tfailed++;\n\t}\n\tbefore = growth;\n}\n" +
		"run(async () => {\n" +
		runs +
		'\tlog("grown", failed);\n});\n' +
		touched +
		'log("touched", touched);\nvoid JoinHandle;\n';
	return files;
}
