/** Promises and asynchronous functions that are not tasks, in a program that uses nothing else. */
import { print, run, sleep } from "stator";

let chain = "";
Promise.resolve(1)
	.then((n) => {
		chain += n;
		throw new RangeError("in a promise");
	})
	.catch((error: Error) => {
		chain += error.name;
	})
	.finally(() => print(chain));
(async () => {
	const all = await Promise.allSettled([Promise.resolve(1), Promise.reject(new RangeError("no"))]);
	print(all.map((one) => one.status).join());
	print(String(await Promise.race([new Promise((resolve) => resolve("first")), 2])));
	print(String(await Promise.any([Promise.reject(1), 2]).catch((e: AggregateError) => e.errors.length)));
	for await (const n of (async function* () {
		yield 1;
		yield 2;
	})())
		print(String(n));
	for await (const n of [Promise.resolve(3)]) print(String(n));
})();
run(async () => {
	await sleep(500);
});
