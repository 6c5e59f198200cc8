/** What a program may not do to the builtins when these are in flash: each is a TypeError, none is a fault. */
import { print } from "stator";

function attempt(name: string, action: () => unknown): void {
	try {
		action();
		print(name + ": done");
	} catch (error) {
		print(name + ": " + (error as Error).name);
	}
}

type Loose = Record<string, unknown>;
const loose = (value: unknown): Loose => value as Loose;

attempt("add a method", () => (loose(Array.prototype).x = 1));
attempt("change a method", () => (loose(Array.prototype).push = 1));
attempt("push to a prototype", () => (Array.prototype as unknown[]).push(1));
attempt("set a prototype's length", () => (loose(Array.prototype).length = 3));
attempt("set an element of a prototype", () => (loose(Array.prototype)[0] = 3));
attempt("delete a method", () => delete loose(String.prototype).at);
attempt("change a constant", () => (loose(Math).PI = 3));
attempt("define", () => Object.defineProperty(Map.prototype, "y", { value: 1 }));
attempt("redefine", () => Object.defineProperty(Date.prototype, "getTime", { value: 1 }));
attempt("another prototype", () => Object.setPrototypeOf(Array.prototype, null));
attempt("assign to many", () => Object.assign(JSON, { parse: 1 }));
attempt("replace a global", () => (loose(globalThis).Math = 1));
attempt("weak key", () => new WeakMap().set(Math, 1));
attempt("weak set", () => new WeakSet().add(Array));
attempt("weak reference", () => new WeakRef(Math).deref());
attempt("change an error's name", () => (Error.prototype.name = "x"));
attempt("freeze", () => Object.freeze(Array.prototype));
attempt("a property of a builtin function", () => (loose(parseInt).cache = 1));
attempt("own toString", () => {
	const own: Loose = {};
	own.toString = () => "mine";
	own.constructor = Array;
	if (String(own) !== "mine") throw new RangeError();
});
attempt("after collections", () => {
	for (let i = 0; i < 2000; i++) loose(globalThis).kept = [i, { i }, "text" + i];
	if ((loose(globalThis).kept as unknown[])[2] !== "text1999") throw new RangeError();
});
