/** Classes, errors, accessors, proxies and reflection, in a program that uses nothing else. */
import { print } from "stator";

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
		return this.#name + " speaks";
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
	override name = "Failure";
}
class Stack<T> extends Array<T> {
	top(): T | undefined {
		return this[this.length - 1];
	}
}
print(
	[
		new Dog("rex").speak(),
		String(new Dog("rex")),
		Animal.count,
		new Dog("a") instanceof Animal,
		new Dog("b").name,
	].join(),
);
const stack = Stack.from([1, 2, 3]) as Stack<number>;
stack.push(4);
print([stack.top(), stack.length, stack.filter((n) => n > 2) instanceof Stack, stack.constructor === Stack].join());
try {
	throw new Failure("went wrong", { cause: 5 });
} catch (error) {
	print(String(error) + (error instanceof Error) + (error as Failure).cause + Object.prototype.toString.call(error));
}
try {
	(undefined as unknown as { x: number }).x = 1;
} catch (error) {
	print((error as Error).constructor.name + " " + (error as Error).name);
}
const seen: string[] = [];
const proxy = new Proxy({ a: 1 } as { a: number; b?: number }, {
	get: (_, name) => seen.push(String(name)),
	has: () => true,
	ownKeys: () => ["k"],
});
print([proxy.a, proxy.b, Reflect.ownKeys(proxy), Reflect.has([], "length"), seen].join());
const frozen = Object.freeze(Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })) as {
	own: number;
	inherited: number;
};
print([frozen.own, frozen.inherited, Object.isFrozen(frozen), Object.getPrototypeOf([]) === Array.prototype].join());
const symbol = Symbol("key");
print([String(symbol), symbol.description, Symbol.keyFor(Symbol.for("k")), { [symbol]: 7 }[symbol]].join());
const bound = function (this: { y: number }, z: number): number {
	return this.y + z;
}.bind({ y: 40 });
print([bound(2), bound.call({ y: 0 }, 1), Math.max.apply(undefined, [1, 5])].join());
print([typeof globalThis, `${{ [Symbol.toPrimitive]: () => "primitive" }}`, structuredCloneIsThere()].join());
function structuredCloneIsThere(): string {
	return typeof structuredClone;
}
declare const structuredClone: unknown;
