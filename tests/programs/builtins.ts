/** Uses a bit of every builtin: what it prints must not depend on whether these are in flash or in RAM. */
import { print, run, sleep } from "stator";

function show(name: string, value: unknown): void {
	print(name + ": " + (typeof value === "string" ? value : JSON.stringify(value)));
}

function thrown(action: () => unknown): string {
	try {
		action();
		return "nothing thrown";
	} catch (error) {
		return (error as Error).name;
	}
}

class Animal {
	readonly #name: string;
	static count = 0;
	constructor(name: string) {
		this.#name = name;
		Animal.count++;
	}
	get name(): string {
		return this.#name;
	}
	speak(): string {
		return this.#name + " makes a sound";
	}
	toString(): string {
		return "[" + this.#name + "]";
	}
}

class Dog extends Animal {
	override speak(): string {
		return super.speak() + ": woof";
	}
}

class Failure extends Error {
	constructor(message: string) {
		super(message);
		this.name = "Failure"; // an own property by the name of one that Error.prototype has
	}
}

class Stack<T> extends Array<T> {
	top(): T | undefined {
		return this[this.length - 1];
	}
}

function legacy(this: { x: number }, x: number): void {
	this.x = x;
}
legacy.prototype.double = function (this: { x: number }) {
	return this.x * 2;
};
legacy.answer = 42; // a property of a function that lies in flash

function* fibonacci(): Generator<number> {
	let [a, b] = [0, 1];
	for (;;) {
		yield a;
		[a, b] = [b, a + b];
	}
}

const map = new Map<unknown, unknown>([
	["one", 1],
	[2, "two"],
]);
map.set(map, "itself").delete(2);
show("map", [map.size, map.get("one"), map.get(map), [...map.keys()].length]);
const set = new Set([3, 1, 3, 2]);
show("set", [...set].join());
show(
	"json",
	JSON.parse('{"a":[1,2.5,null,true,"\\u00e9"],"b":{"c":{}}}', (_key, value) => (value === 1 ? "one" : value)),
);
show(
	"json text",
	JSON.stringify({ d: new Date(0), u: undefined, n: Number.NaN, nested: [{ k: "v" }] }, undefined, 1).length,
);
show("regexp", "2024-05-06 and 2025-06-07".replace(/(\d+)-(\d+)-(\d+)/g, "$3.$2.$1"));
show("regexp groups", /(?<year>\d{4})/.exec("in 1999")?.groups?.year);
show("regexp split", "a, b;c".split(/[,;]\s*/));
const bytes = new Uint8Array([1, 2, 300]);
const floats = new Float64Array(new ArrayBuffer(24), 8, 2);
floats[1] = Math.PI;
show("typed", [
	bytes.join(),
	floats[1],
	[...bytes.map((b) => b * 2)],
	new DataView(floats.buffer).getFloat64(16, true),
]);
show("class", [new Dog("rex").speak(), String(new Dog("rex")), Animal.count, new Dog("a") instanceof Animal]);
const stack = Stack.from([1, 2, 3]) as Stack<number>;
stack.push(4);
show("array subclass", [stack.top(), stack.length, stack.filter((n) => n > 2) instanceof Stack]);
const failure = new Failure("went wrong");
show("error subclass", [String(failure), failure instanceof Error, Object.keys(failure)]);
const instance = new (legacy as unknown as new (x: number) => { x: number; double(): number })(21);
show("prototype", [instance.double(), legacy.answer, Object.keys(legacy)]);
const key = Symbol("key");
show("symbol", [String(key), key.description, Symbol.keyFor(Symbol.for("k")), { [key]: 7 }[key]]);
show("date", [new Date(86_400_000).toISOString(), new Date(2020, 1, 29).getDate(), Date.UTC(2000, 0)]);
const numbers: number[] = [];
for (const n of fibonacci()) {
	if (n > 50) break;
	numbers.push(n);
}
show("generator", numbers);
const seen: string[] = [];
const proxy = new Proxy({ a: 1 } as Record<string, number>, {
	get: (target, name) => {
		seen.push(String(name));
		return target[String(name)] ?? -1;
	},
	has: () => true,
});
show("proxy", [proxy.a, proxy.b, "zzz" in proxy, seen]);
show("reflect", [Reflect.ownKeys({ x: 1, y: 2 }), Reflect.has([], "length")]);
show(
	"sort",
	[5, 1, 10]
		.sort((a, b) => a - b)
		.concat([[7]].flat())
		.reverse(),
);
show("strings", [
	"abc".padStart(5, "-"),
	"x".repeat(3),
	"Ünï".toUpperCase(),
	"a-b-c".split("-"),
	"abc".at(-1),
	"tschüs".normalize(),
]);
show("numbers", [
	(255).toString(16),
	(1.005).toFixed(2),
	Number("0x1f"),
	Number.parseFloat("3.5e2x"),
	0.1 + 0.2,
	Object.is(-0, 0),
	2 ** 40,
]);
show("bigint", String(2n ** 70n % 1_000_007n));
show("math", [Math.hypot(3, 4), Math.clz32(1), Math.fround(5.5), Math.imul(3, 4), Math.max(...numbers)]);
const weak = new WeakMap<object, number>();
weak.set(numbers, 1);
show("weak", [weak.get(numbers), weak.has({}), new WeakRef(numbers).deref() === numbers]);
show(
	"destructuring",
	(({ a, ...rest }: { a: number; b: number; c: number }, [x, ...tail]: number[]) => [a, rest, x, tail])(
		{ a: 1, b: 2, c: 3 },
		[4, 5, 6],
	),
);
show("template", ((strings: TemplateStringsArray, ...values: number[]) => strings.raw.join("|") + values)`a${1}\n${2}`);
show(
	"eval",
	thrown(() => new Function("return 1")),
);
show("global", [typeof globalThis, "Math" in globalThis, thrown(() => missing as unknown)]);
declare const missing: unknown;
(globalThis as Record<string, unknown>).made = 5;
show("own global", (globalThis as Record<string, unknown>).made);

let chain = "";
Promise.resolve(1)
	.then((n) => {
		chain += n;
		throw new Failure("in a promise");
	})
	.catch((error: Error) => {
		chain += error.name;
	})
	.finally(() => {
		show("promise", chain);
	});
(async () => {
	const all = await Promise.allSettled([Promise.resolve(1), Promise.reject(new RangeError("no"))]);
	show(
		"async",
		all.map((one) => one.status),
	);
	for await (const n of (async function* () {
		yield 1;
		yield 2;
	})())
		show("async generator", n);
})();
show("sync end", "");
run(async () => {
	await sleep(500); // promises run on meanwhile
});
