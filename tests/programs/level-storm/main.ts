/**
 * Linux: two levels preempt main at whatever moments a thread and a signal come, while main computes, prints, asks for random numbers and
 * dates, and never gives control away until all messages were there. What it computes is what it computes undisturbed.
 */

import { print } from "stator";
import { sharedSignal } from "stator/actor";
import { collect } from "#hal";
import { MESSAGES, samples } from "./samples.ts";
import { begin, end, refusedCount } from "./storm.native.js";

const all = sharedSignal("all");

function hash(sum: number, text: string): number {
	let result = sum;
	for (let i = 0; i < text.length; i++) result = (Math.imul(result, 31) + text.charCodeAt(i)) | 0;
	return result;
}

function thrower(depth: number): number {
	if (depth === 0) throw new RangeError("at the bottom");
	return thrower(depth - 1) + 1;
}

function compute(): number {
	let sum = 1;
	let kept: unknown[] = [];
	for (let i = 0; i < 200; i++) {
		const parts = [3, 1, 2].map((n) => "part " + ((i * 7 + n) % 1000).toString(16));
		parts.sort();
		kept.push({ i, parts });
		if (kept.length > 8) kept = kept.slice(4);
		try {
			sum += thrower(i % 5);
		} catch (error) {
			sum = hash(sum, (error as Error).message + parts.join());
		}
		sum = hash(sum, JSON.stringify(kept[0]) + new Date(2024, 1, 1 + (i % 20)).getDate());
		if (Math.random() < 0) sum++;
		if (i % 50 === 0) collect();
	}
	return sum;
}

const undisturbed = compute();
begin(MESSAGES);
while (all.tryTake() === undefined) {
	if (compute() !== undisturbed) print("wrong: another result");
}
end();
if (samples.tryNext() !== undefined) print("wrong: one is left");
print("the same result");
print("refused " + refusedCount());
