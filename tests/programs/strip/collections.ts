/** Arrays, maps, sets, weak things, iterators and generators, in a program that uses nothing else. */
import { print } from "stator";

const map = new Map<unknown, unknown>([
	["one", 1],
	[2, "two"],
]);
map.set(map, "itself").delete(2);
print([map.size, map.get("one"), map.get(map), [...map.keys()].length, map.has(3)].join());
map.forEach((value) => {
	print(String(value));
});
print([...new Set([3, 1, 3, 2])].join());
const key = {};
const weak = new WeakMap([[key, 1]]);
print([weak.get(key), weak.has({}), new WeakSet([key]).has(key), new WeakRef(key).deref() === key].join());
print(
	String(
		[5, 1, 10]
			.sort((a, b) => a - b)
			.concat([[7]].flat())
			.reverse(),
	),
);
print(
	[1, 2, 3].reduce((sum, n) => sum + n, 0) + [1, 2, 3].findLast((n) => n < 3)! + String([3, 4].entries().next().value),
);
print(
	Array.from({ length: 3 }, (_, i) => i * i).join() +
		Array.of(1, 2).indexOf(2) +
		Array.isArray([]) +
		[1, [2, [3]]].flat(2).length,
);
function* fibonacci(): Generator<number> {
	let [a, b] = [0, 1];
	for (;;) {
		yield a;
		[a, b] = [b, a + b];
	}
}
for (const n of fibonacci()) {
	if (n > 20) break;
	print(String(n));
}
const range = {
	from: 1,
	*[Symbol.iterator]() {
		for (let i = this.from; i < 4; i++) yield i;
	},
};
print(Math.max(...range) + Object.entries({ a: 1, b: 2 }).join("|") + Object.fromEntries([["x", 1]]).x);
const { a, ...rest } = { a: 1, b: 2, c: 3 };
const [x, ...tail] = "xyz";
print(a + Object.keys(rest).join() + x + tail.join(""));
