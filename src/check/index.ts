/**
 * Checks that run wherever a program runs: what `stator test` finds in an application's `*.test.ts` files, on Node, on Linux and on boards. A
 * check prints one line, `name... OK` or `name... FAILED: why`; the command counts them. For test programs only: all of it allocates, and a test
 * program is built without the proof.
 *
 *   check("doubles", () => equal(double(2), 4));
 */
import { print } from "#hal";

/**
 * Carries out one check, and goes on with the next whatever comes of it. Outside of tasks, or in one: a body is not async.
 * @param name is unique in its file and has no line break
 * @param body throws when the check fails
 */
export function check(name: string, body: () => void): void {
	try {
		body();
	} catch (error) {
		print(name + "... FAILED: " + error);
		return;
	}
	print(name + "... OK");
}

/**
 * Two values are the same.
 * @param what says which value it is, when there are several
 * @throws Error when the two are not the same (===)
 */
export function equal(actual: unknown, expected: unknown, what = "value"): void {
	if (actual !== expected) throw new Error(what + " is " + String(actual) + ", expected " + String(expected));
}

/** Something is refused. @throws Error when `body` does not throw, or throws something whose text does not contain `text` */
export function throws(body: () => void, text: string): void {
	let message: string;
	try {
		body();
	} catch (error) {
		message = String(error);
		if (!message.includes(text)) throw new Error("it throws " + message + ", expected " + text);
		return;
	}
	throw new Error("nothing is thrown, expected " + text);
}
