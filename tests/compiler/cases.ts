/** Bodies of tasks, by what they show: name, body, what stands before it in the module. */
export const cases: [name: string, body: string, before?: string][] = [
	["a return without awaits", "return 5;"],
	[
		"options that are written at the call of a leaf",
		"const from = 4; const later = { from: 8, to: 9 }; trace(await part('a', { from, to: 5 })); trace(await part('b', { to: say('to', 2), from: say('from', 1) })); trace(await part(say('tag', 'c'), { from: say('f', 3), 'to': say('t', 6) })); trace(await part('d')); trace(await part('e', later)); trace(await loose('f', { to: await wait(1, 3) })); trace(await loose(say('first', 'F'), { from: say('second', 2), to: await wait(1, say('third', 3)) })); trace(await loose('g')); trace(await loose('h', { deep: { n: 1 } })); for (let i = 0; i < 2; i++) trace(await loose('i', { from: i, to: i + 1 })); trace(await part('j', {})); trace(await part('k', { ...later }));",
		"const say = <T>(what: string, value: T): T => { trace(what); return value; };",
	],
	["nothing at all", ""],
	["one await", "trace(1); await sleep(4); trace(2);"],
	["a value", "const v = await wait(2, 7); trace(v); return v;"],
	["awaits in a loop", "for (let i = 0; i < 3; i++) { trace(i); await wait(2, i); } trace('end');"],
	[
		"while, do and continue",
		"let i = 0; while (i < 5) { i++; if (i === 2) continue; await sleep(2); trace(i); } do { i--; if (i === 1) continue; trace(await wait(1, i)); } while (i > 0);",
	],
	[
		"while with an await in its condition",
		"let i = 0; while ((await wait(2, i)) < 3) { trace(i++); } do { trace(i--); } while (await wait(1, i > 0));",
	],
	[
		"for with awaits in its head",
		"for (let i = await wait(1, 0); i < (await wait(1, 3)); i += await wait(1, 1)) trace(i);",
	],
	["for without parts", "let n = 0; for (;;) { if (++n > 3) break; await yieldNow(); } return n;"],
	[
		"labels",
		"outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { await sleep(1); if (j === 1) continue outer; if (i === 2) break outer; trace(i, j); } } trace('end');",
	],
	["a labelled block", "a: { trace(1); await sleep(1); if (await wait(1, true)) break a; trace(2); } trace(3);"],
	[
		"labels on loops without awaits",
		"a: for (let i = 0; i < 3; i++) { for (;;) { if (i === 1) break a; continue a; } } b: { break b; } await sleep(1); trace('end');",
	],
	[
		"a jump out of a loop without awaits",
		"let n = 0; for (let i = 0; i < 4; i++) { await sleep(1); for (let j = 0; j < 4; j++) { if (j === 2) break; if (i === 1) trace('in', j); } n += i; } a: for (;;) { await sleep(1); for (;;) { break a; } } return n;",
	],
	[
		"a jump across several levels without awaits",
		"a: for (let i = 0; i < 3; i++) { await sleep(1); for (const k of [1, 2, 3]) { switch (k) { case 2: continue a; case 3: break a; default: trace(i, k); } } }",
	],
	["a return from a loop without awaits", "await sleep(1); for (let j = 0; ; j++) { if (j === 3) return j; }"],
	[
		"if and else with awaits on both sides",
		"for (let i = 0; i < 4; i++) { if (i % 2 === 0) { trace('even', await wait(1, i)); } else if (i === 3) { await sleep(3); trace('three'); } else trace('odd', i); }",
	],
	[
		"if without awaits before else with them",
		"for (let i = 0; i < 3; i++) if (i === 1) trace('one'); else await wait(1, trace('other'));",
	],
	[
		"if with awaits before else without them",
		"for (let i = 0; i < 3; i++) if (i === 1) await wait(1, trace('one')); else trace('other');",
	],
	[
		"an await in the condition of an if",
		"if (await wait(1, true)) trace('yes'); else trace('no'); if ((await wait(1, 0)) > 1) trace('yes'); else trace('no');",
	],
	[
		"the conditional operator",
		"for (let i = 0; i < 3; i++) trace(i === 1 ? await wait(1, 'a') : i === 2 ? await wait(2, 'b') : 'c', (await wait(1, i)) ? 'x' : 'y');",
	],
	["an await of a conditional", "for (let i = 0; i < 2; i++) trace(await (i ? wait(1, 'a') : wait(3, 'b')));"],
	[
		"logical operators",
		"const f = (n: number) => { trace('f', n); return n; }; trace((await wait(1, 0)) && f(1), (await wait(1, 2)) && f(2), f(0) || (await wait(1, 3)), f(4) || (await wait(1, 5)), (f(0) as number | null) ?? (await wait(1, 6)), (null as number | null) ?? (await wait(1, 7)), f(1) && (await wait(1, 8)), f(0) && (await wait(1, 8)));",
	],
	[
		"nested logical operators",
		"const t = true as boolean; trace((t && (await wait(1, false))) || (t && (await wait(2, 'x'))), !(await wait(1, t)) || !t);",
	],
	[
		"logical assignment",
		"let a = 0, b = 1; let c: number | undefined; a ||= await wait(1, 5); b ||= await wait(1, 6); b &&= await wait(1, 7); c ??= await wait(1, 8); c ??= await wait(1, 9); return [a, b, c];",
	],
	[
		"operands from left to right",
		"let x = 1; const set = (v: number) => { x = v; return v; }; const r = x + (await wait(1, set(10))) + x * (await wait(1, set(20))) - x; trace(r, x); return x + (x += await wait(1, 5)) + x;",
	],
	[
		"arguments from left to right",
		"const f = (...a: unknown[]) => { trace(...a); return a.length; }; let x = 1; return f(x, x++, await wait(1, x), x++, await wait(1, x), x);",
	],
	[
		"spread arguments",
		"const f = (...a: unknown[]) => a; const list = [1, 2]; return f(...list, await wait(1, list.push(3)), ...(await wait(1, [4, 5])), ...list);",
	],
	[
		"method calls keep this",
		"const o = { n: 3, add(a: number, b: number) { return this.n + a + b; } }; trace(o.add(await wait(1, 1), 2), o['add'](1, await wait(1, 5)), (await wait(1, o)).add(1, 1));",
	],
	[
		"a method that is replaced during the await",
		"const o: { f: (a: number) => string; v: string } = { v: 'v', f(a) { return 'old' + a + this.v; } }; const swap = (n: number) => { o.f = () => 'new'; return n; }; trace(o.f(await wait(1, swap(1))), o.f(1));",
	],
	[
		"a method of nothing",
		"const o = undefined as { f(a: number): void } | undefined; try { o!.f(await wait(1, 1)); } catch (e) { trace((e as Error).name); }",
	],
	[
		"assignment to members",
		"const o = { a: { b: [1, 2, 3] } }; let k = 0; o.a.b[k++] = await wait(1, k); o.a.b[k++] += await wait(1, 10); o.a.b[await wait(1, 2)] = k; (o.a.b[0] as number)++; return [o, k];",
	],
	[
		"assignment where the object changes meanwhile",
		"let o = { v: 1 }; const first = o; const swap = (n: number) => { o = { v: 100 }; return n; }; o.v = await wait(1, swap(5)); return [first, o];",
	],
	[
		"compound assignment reads first",
		"let x = 1; const bump = () => { x = 50; return 2; }; x += await wait(1, bump()); return x;",
	],
	[
		"increments of members behind an await",
		"const o = { n: 1 }; (await wait(1, o)).n++; ++(await wait(1, o)).n; return [o.n, -(await wait(1, 3)), typeof (await wait(1, 'x')), delete (await wait(1, o as { n?: number })).n, o];",
	],
	[
		"literals",
		"let n = 0; const next = () => ++n; return [next(), await wait(1, next()), , next(), { a: next(), [await wait(1, 'k' + next())]: next(), ['z' + next()]: await wait(1, next()), n, ...(await wait(1, { q: next() })) }, [...[next()], await wait(1, next())]];",
	],
	[
		"object literals with methods",
		"const o = { a: await wait(1, 1), f() { return this.a; }, get g() { return this.a + 1; } }; return [o.f(), o.g];",
	],
	["template strings", "let n = 0; return `a${++n}b${await wait(1, ++n)}c${++n}` + `${await wait(1, 'z')}`;"],
	[
		"new with awaits",
		"class P {constructor(public x: number, public y: number) {} } return 0;".replace(
			/class P.*\} \} /,
			"const p = new P(await wait(1, 1), 2); trace(p); ",
		),
		"class P { x: number; y: number; constructor(x: number, y: number) { this.x = x; this.y = y; } }",
	],
	[
		"the comma operator",
		"let x = 0; const y = (x++, await wait(1, x), x + 5); (await wait(1, 1), trace(x)); return y;",
	],
	[
		"optional chains",
		"const o: { f?: (n: number) => number; g: { h?: { k: number[] } } } = { g: {} }; trace(o.f?.(await wait(1, trace('not run') as unknown as number)), o.g.h?.k[await wait(1, 0)]); o.f = (n) => n + 1; o.g.h = { k: [7] }; trace(o.f?.(await wait(1, 4)), o.g.h?.k[await wait(1, 0)], (await wait(1, o)).g?.h?.k.length, (await wait(1, undefined as typeof o | undefined))?.g.h?.k);",
	],
	[
		"optional method calls keep this",
		"const o = { n: 2, f(a: number) { return this.n * a; } } as { n: number; f?(a: number): number } | undefined; return [o?.f?.(await wait(1, 4)), o?.f!(await wait(1, 5))];",
	],
	[
		"a fresh value for each turn",
		"for (let i = 0; i < 3; i++) { let x: number | undefined; trace(x); await sleep(1); x = i; trace(x); }",
	],
	[
		"shadowing",
		"const x = 1; { const x = 2; await sleep(1); trace(x); { const x = 3; await sleep(1); trace(x); } trace(x); } trace(x); for (let x = 5; x < 6; x++) { await sleep(1); trace(x); }",
	],
	[
		"a name of the module and a local of the same name",
		"trace(top); { const top = 2; await sleep(1); trace(top); } trace(top);",
		"const top = 'module';",
	],
	[
		"var",
		"for (var i = 0; i < 2; i++) { var x = i * 2; await sleep(1); } trace(i, x); var x = 9; await sleep(1); for (var j = 0, k = 3; j < 2; j++) k++; for (var q of [1, 2]) trace(q); await sleep(1); return [x, j, k, q];",
	],
	[
		"closures keep the binding of their turn",
		"const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { let j = i * 10; fs.push(() => i + j++); await sleep(1); j++; } return fs.map((f) => f() + f());",
	],
	[
		"closures over a loop variable that the loop changes",
		"const fs: (() => number)[] = []; for (let i = 0; i < 4; i++) { fs.push(() => i); await sleep(1); if (i === 1) i++; } return fs.map((f) => f());",
	],
	[
		"closures in a turn",
		"let sum = 0; for (const x of [1, 2, 3]) { await sleep(1); [x, x].forEach((y) => { sum += y * x; }); } return sum;",
	],
	[
		"functions of the body",
		"let n = 0; function add(k: number): number { n += k; return n > 100 ? n : helper(k); } function helper(k: number) { return n * k; } trace(add(1)); await sleep(1); trace(add(2)); const g = add; return g(3);",
	],
	[
		"async functions of the body",
		"let n = 0; const step = async (k: number) => { await sleep(k); n += k; return n; }; async function twice(k: number) { return (await step(k)) + (await step(k)); } trace(await step(1), await twice(2), n); for (let i = 0; i < 2; i++) trace(await twice(i)); ",
	],
	[
		"for...of over arrays",
		"for (const x of [1, 2, 3]) { if (x === 2) continue; trace(x, await wait(x, 'v')); } const list = [1]; for (const x of list) { await sleep(1); if (list.length < 4) list.push(x + 1); trace(x); } let y = 0; for (y of list) await sleep(1); for (const [a, { b }] of [[1, { b: 2 }], [3, { b: 4 }]] as [number, { b: number }][]) { await sleep(1); trace(a, b); } return y;",
	],
	[
		"for...of without awaits",
		"await sleep(1); let s = 0; for (const x of [1, 2, 3]) { for (const y of [x, x]) { if (y === 2) continue; s += y; } } for (const [a, b] of [[1, 2], [3, 4]]) s += a! * b!; for (const c of 'abc') trace(c); return s;",
	],
	[
		"return in for...of",
		"for (const x of [1, 2, 3]) { await sleep(1); for (const y of [5, 6]) if (y * x === 12) return [x, y]; } return 0;",
	],
	[
		"switch",
		"for (let i = 0; i < 5; i++) { switch (i) { case 0: trace('zero'); break; case 1: await sleep(1); trace('one'); case 2: trace('two', await wait(1, i)); break; case await wait(1, 3): trace('three'); continue; default: trace('other'); } trace('after', i); }",
	],
	[
		"switch with default in the middle",
		"for (let i = 0; i < 4; i++) switch (await wait(1, i)) { case 1: trace('1'); default: trace('d'); await sleep(1); case 2: trace('2'); break; case 3: { const z = await wait(1, 'z'); trace(z); } }",
	],
	[
		"switch with declarations",
		"switch (await wait(1, 2)) { case 2: let a = 5; await sleep(1); trace(a); case 3: a = 7; await sleep(1); trace(a); }",
	],
	["a labelled switch", "a: switch (await wait(1, 1)) { case 1: for (;;) { await sleep(1); break a; } } trace('end');"],
	[
		"try and catch",
		"try { trace(await fail(2, 'bad')); } catch (e) { trace(e); } try { await sleep(1); throw new Error('x'); } catch { trace('caught'); }",
	],
	[
		"catch with awaits and patterns",
		"try { await fail(1, 'bad'); } catch ({ message }: any) { await sleep(3); trace(message); } try { throw [1, [2]]; } catch ([a, [b]]: any) { await sleep(1); trace(a, b); }",
	],
	[
		"try without awaits",
		"await sleep(1); try { (undefined as any).x; } catch (e) { trace((e as Error).name); } finally { trace('f'); } for (let i = 0; i < 3; i++) { try { if (i === 1) continue; trace(i); } finally { trace('fin', i); } }",
	],
	[
		"finally with awaits",
		"try { await sleep(1); } finally { await sleep(2); trace('f'); } try { try { await fail(1, 'a'); } finally { trace(await wait(1, 'f2')); } } catch (e) { trace(e); }",
	],
	["return through finally", "try { return await wait(1, 'r'); } finally { await sleep(2); trace('f'); }"],
	[
		"return through two finallies",
		"for (;;) { try { try { return await wait(1, 'r'); } finally { await sleep(2); trace('f'); } } finally { trace('g'); await sleep(1); } }",
	],
	["finally that returns", "try { throw new Error('lost'); } finally { await sleep(1); return 5; }"],
	[
		"finally that breaks",
		"for (;;) { try { return 1; } finally { await sleep(1); break; } } trace('went on'); a: try { throw 1; } finally { break a; } return 2;",
	],
	[
		"break and continue through finally",
		"for (let i = 0; i < 4; i++) { try { await sleep(1); if (i === 1) continue; if (i === 2) break; trace(i); } finally { trace('f', i); await sleep(1); } } trace('end');",
	],
	[
		"break through two finallies to different targets",
		"a: for (let i = 0; i < 5; i++) { b: for (let j = 0; j < 5; j++) { try { try { await sleep(1); if (j === 1 && i === 0) continue a; if (j === 2) break b; if (i === 3) break a; if (i === 2) return [i, j]; } finally { trace('in', i, j); } } finally { await sleep(1); trace('out', i, j); } } }",
	],
	[
		"exceptions in catch and finally",
		"try { try { await fail(1, 'one'); } catch (e) { trace(e); await sleep(1); throw new Error('two'); } finally { trace('f'); } } catch (e) { trace(e); } try { try { throw new Error('three'); } finally { await fail(1, 'four'); } } catch (e) { trace(e); }",
	],
	["an exception ends the task", "await sleep(1); throw new Error('end');"],
	[
		"an exception leaves through finally",
		"try { await fail(1, 'end'); } finally { trace('f'); await sleep(1); trace('g'); }",
	],
	[
		"try in a finally",
		"try { await sleep(1); return 1; } finally { try { await fail(1, 'x'); } catch (e) { trace(e); } finally { trace('ff'); await sleep(1); } trace('f'); }",
	],
	[
		"try in a finally that returns",
		"for (let i = 0; i < 2; i++) { try { await sleep(1); if (i === 1) return 'r'; } finally { for (let j = 0; j < 3; j++) { try { if (j === 1) continue; await sleep(1); trace(i, j); } finally { trace('x', j); } } } }",
	],
	[
		"nested try with catch in the right place",
		"try { await sleep(1); try { await sleep(1); } finally { trace('a'); } throw new Error('outer'); } catch (e) { trace('outer', e); } for (let i = 0; i < 2; i++) { try { if (i === 0) throw i; await sleep(1); trace('ok'); } catch (e) { trace('c', e); continue; } trace('after', i); }",
	],
	[
		"the return value is taken before finally",
		"let x = 1; try { await sleep(1); return x; } finally { x = 2; await sleep(1); }",
	],
	[
		"an async function of the module",
		"trace(await twice(3)); for (let i = 0; i < 2; i++) trace(await twice(i), await twice(i)); return (await twice(1)) + (await twice(2));",
		"async function twice(n: number): Promise<number> { await sleep(n); const m = await wait(n, n); return m + n; }",
	],
	[
		"async functions three deep",
		"return await a(2);",
		"const c = async (n: number) => { await sleep(n); return n * 2; }; const b = async (n: number) => (await c(n)) + (await c(n + 1)); async function a(n: number) { trace('a'); const r = await b(n); trace(r); return r; }",
	],
	[
		"exceptions through async functions",
		"try { await a(1); } catch (e) { trace('main', e); } return await b();",
		"async function thrower(n: number) { await sleep(n); throw new Error('t' + n); } async function a(n: number) { try { await thrower(n); } finally { await sleep(1); trace('fa'); } } async function b() { try { await thrower(2); return 1; } catch (e) { trace('b', e); await sleep(1); return 2; } }",
	],
	[
		"an exception before the first wait of a callee that catches it",
		"trace(await quick(1)); await sleep(1); trace(await quick(2)); try { await loud(); } catch (e) { trace(e); }",
		"async function quick(n: number) { try { throw new Error('q' + n); } catch (e) { trace(e); await sleep(1); return n; } } async function loud() { throw new Error('loud'); }",
	],
	[
		"a callee without waits",
		"trace(await now2(1)); for (let i = 0; i < 3; i++) trace(await now2(i));",
		"async function now2(n: number) { return n + 1; }",
	],
	[
		"a callee that returns now and then",
		"trace(await some(1), await some(0));",
		"async function some(n: number) { if (n) { await sleep(1); return n; } }",
	],
	[
		"returned promises are awaited",
		"return twice(4);",
		"async function twice(n: number): Promise<number> { return wait(n, n * 2); }",
	],
	[
		"parameters with defaults and patterns",
		"trace(await f(1), await f(1, 5), await f(undefined, 2), await g({ a: 1 }), await g({ a: 1, b: { c: 3 } }, [4, 5]), await h());",
		"async function f(a = 7, b = a + 1) { await sleep(1); return [a, b]; } async function g({ a, b: { c = 9 } = {} }: { a: number; b?: { c?: number } }, [x, y = 2]: number[] = [1]) { await sleep(1); return [a, c, x, y]; } const h = async ({ q } = { q: trace('default') }) => { await sleep(1); return q; };",
	],
	[
		"destructuring",
		"const { a, b: [c, d = 5], ...rest } = await wait(1, { a: 1, b: [2], e: 3, f: 4 } as any); await sleep(1); const [x, , y = 8, ...more] = await wait(1, [1, 2, undefined, 4, 5]); let p = 0, q = 0; ({ p, q = 3 } = await wait(1, { p: 5 } as { p: number; q?: number })); [p, q] = [q, p]; await sleep(1); ({ a: [p], k: { q } } = await wait(1, { a: [8], k: { q: 9 } })); const { [await wait(1, 'key')]: named = await wait(1, 'dflt') } = { key: undefined as string | undefined }; return [a, c, d, rest, x, y, more, p, q, named];",
	],
	[
		"methods of classes",
		"const c = new Counter(); trace(await c.add(2), await c.add(3)); return c.total;",
		"class Counter { total = 0; async add(n: number) { await sleep(n); this.total += n; await this.note(); return (() => this.total)(); } async note() { trace('note', this.total); await sleep(1); } }",
	],
	[
		"methods with private members",
		"const c = new Counter(); trace(await c.add(2), await c.add(3));",
		"class Counter { #total = 0; async add(n: number) { await sleep(n); this.#total += n; return this.#get(); } #get() { return this.#total; } }",
	],
	[
		"methods of object literals",
		"trace(await api.twice(2), await api.three(1));",
		"const api = { k: 2, async twice(n: number) { await sleep(n); return n * this.k; }, three: async (n: number) => { await sleep(1); return n * 3; } };",
	],
	[
		"a user's own leaf with parameters in another order",
		"trace(await late('v', 2), await late('w'));",
		"const late = (value: string, ms = 3) => wait(ms, value);",
	],
	[
		"awaits of plain values",
		"trace(await 5, await 'x', await undefined); const o = { a: 1 }; trace((await o).a); await sleep(1);",
	],
	["an object that is kept and awaited", "const w = wait(3, 'kept'); trace('before'); trace(await w); await sleep(1);"],
	[
		"using",
		"{ using a = res('a'); using b = res('b'); await sleep(1); trace('body'); } trace('after'); for (let i = 0; i < 2; i++) { using r = res('r' + i); await sleep(1); if (i === 0) continue; return i; }",
		"const res = (n: string) => ({ [Symbol.dispose]() { trace('dispose', n); } });",
	],
	[
		"using and exceptions",
		"try { using a = res('a'), n = null; await fail(1, 'x'); } catch (e) { trace(e); }",
		"const res = (n: string) => ({ [Symbol.dispose]() { trace('dispose', n); } });",
	],
	[
		"await using",
		"{ await using a = new Res('a'); await using b = new Res('b'); trace('body'); await sleep(1); } trace('after');",
		"class Res { n: string; constructor(n: string) { this.n = n; } async [Symbol.asyncDispose]() { await sleep(2); trace('disposed', this.n); } }",
	],
	[
		"void and awaits as statements",
		"void (await wait(1, 1)); (await wait(1, 2)); await wait(1, 3), trace('x'); trace('y');",
	],
	["tasks with code after return", "if (await wait(1, true)) { return 1; trace('never'); } await sleep(1); return 2;"],
	[
		"an endless loop left by return",
		"let n = 0; for (;;) { while (true) { await sleep(1); if (++n === 3) return n; } }",
	],
	[
		"non-null, as and satisfies",
		"const v = (await wait(1, 5 as number | undefined))!; const w = (await wait(1, 6)) as number; return [v + w, (await wait(1, { a: 1 })) satisfies { a: number }];",
	],
	["nested awaits", "trace(await wait(await wait(1, 2), await wait(1, await wait(1, 'deep'))));"],
	[
		"an exception in an argument of a leaf",
		"try { await wait(1, boom()); } catch (e) { trace(e); }",
		"function boom(): number { throw new Error('boom'); }",
	],
	[
		"functions and classes in expressions",
		"const f = function (this: unknown, a: number) { return a + 1; }; await sleep(1); trace([1, 2].map((x) => f(x)), f.name.length >= 0);",
	],
	[
		"for...of in ordinary functions: jumps, patterns, arrays that change, closures, what is no array",
		"walk([1, 2, 3, 4]); pairs([[1, { b: 2 }], [3, { b: 4 }]]); grow([1]); trace(closures(['a', 'b']).join()); trace(holes()); others(new Set([7, 8]), 'xy', [5]); await sleep(1); trace(new Box([3, 4]).sum); trace(first(new Float32Array([0.5, 1.5]))); trace(choice({ k: 1 }, 'k')); nested([[1, 2], [3]]); trace(thrown([1, 0])); assigned([4, 5]);",
		`function walk(list: readonly number[]): void { outer: for (const x of list) { if (x === 1) continue; for (const y of list) { if (y === 2) continue outer; if (x === 4) break outer; trace(x, y); } } }
function pairs(list: [number, { b: number }][]): void { for (const [a, { b, c = a }] of list as [number, { b: number; c?: number }][]) trace(a, b, c); }
function grow(list: number[]): void { for (const x of list) if (list.length < 4) list.push(x + 1); trace(list.length); }
function closures(list: string[]): string[] { const all: (() => string)[] = []; for (const x of list) all.push(() => x); for (let y of list) { all.push(() => y); y += "!"; } return all.map((f) => f()); }
function holes(): number { let n = 0; for (const x of [1, , undefined, 4] as (number | undefined)[]) n = n * 10 + (x ?? 7); return n; }
function others(set: Set<number>, text: string, list: Iterable<number>): void { for (const x of set) trace(x); for (const c of text) trace(c); for (const x of list) trace(x); }
class Box { list: number[]; constructor(list: number[]) { this.list = list; for (const x of list) trace("made", x); } get sum(): number { let all = 0; for (const x of this.list) all += x; return all; } }
function first(list: Float32Array): number { for (const x of list) return x; return 0; }
function choice(o: object, key: string): number { let all = 0; for (const x of key in o ? [1, 2] : [3]) all += x; return all; }
function nested(lists: number[][]): void { for (const list of lists) for (const x of list) trace(x); if (lists.length > 9) for (const list of lists) trace(list); else trace("few"); }
function thrown(list: number[]): string { try { for (const x of list) if (x === 0) throw new Error("zero"); } catch (e) { return (e as Error).message; } finally { for (const x of list) trace("finally", x); } return ""; }
function assigned(list: number[]): void { let x = 0; const o = { p: 0 }; for (x of list) trace(x); for (o.p of list) trace(o.p); for ({ length: x } of [list, []]) trace(x); for (var v of list) trace(v); trace(v!, x); }`,
	],
];
