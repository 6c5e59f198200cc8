/**
 * The ready set in C (native/xs/ready.c) does what the simulated machine's does (hal/sim/ready.ts), operation for
 * operation, in each policy, and loses no wake of another thread. F2, F3, E5, M1, M3, N6.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { type Ready, ReadySet, SLOT_BITS } from "../../hal/sim/ready.ts";
import { ReadyByDeadline, ReadyByPriority } from "../../hal/sim/ready-policies.ts";
import { compile, execute, executeThreaded, handovers, random, seedOf } from "./support/compile.ts";

/**
 * An answer to "is anything ready" that may be early: in C a summary bit outlives the slot that was retired until the
 * next round is begun. The executor then looks once for nothing (native/abi/ready.h); that nothing is there, both agree.
 */
const NONE_OR_EARLY = -2;

const policies = ["fair", "priority", "deadline"] as const;
type PolicyName = (typeof policies)[number];

/** A random program, with what the simulated machine answers to each line of it. */
function program(policy: PolicyName, seed: number, operations: number): { input: string[]; expected: number[] } {
	const below = random(seed);
	// Near the clock's wrap.
	let time = 0x7fffff00;
	const sets: Record<PolicyName, () => Ready> = {
		fair: () => new ReadySet(),
		priority: () => new ReadyByPriority(),
		deadline: () => new ReadyByDeadline(() => time),
	};
	const set = sets[policy]();
	const input: string[] = [];
	const expected: number[] = [];
	let slots = 0;
	/** A slot has been retired since a round was begun; that a round has ended is known when `next` has said so. */
	let retired = false;
	let ended = true;
	const any = () => set.any() || (retired ? NONE_OR_EARLY : 0);
	const say = (line: string, answer: number | boolean) => {
		input.push(line);
		expected.push(Number(answer));
	};
	const grow = (to: number) => {
		set.grow(to);
		say("g " + to, set.slots);
		// A slot has its level from the moment on at which it can be woken, as in src/executor/table.ts.
		for (; slots < set.slots; slots++) {
			set.setLevel(slots, 1);
			say("l " + slots + " 1", any());
		}
	};
	const tick = () => (time = (time + below(3)) | 0);
	say("t " + time, time);
	grow(1);
	while (input.length < operations) {
		const slot = below(slots);
		const kind = below(100);
		if (kind < 34) {
			const id = set.id(slot);
			say("w " + id, set.wake(id));
		} else if (kind < 40) {
			// Older and younger generations, slots out of range, and ids that are none.
			const id = [
				set.id(slot) - (1 << SLOT_BITS),
				set.id(slot) ^ (1 << 30),
				slots,
				(1 << SLOT_BITS) - 1,
				-1,
				-1 - slot,
			];
			const stale = id[below(id.length)] | 0;
			say("w " + stale, set.wake(stale));
		} else if (kind < 52) {
			set.begin();
			if (ended && policy === "fair") retired = ended = false;
			say("b", any());
			if (policy !== "fair") {
				const next = set.next();
				say("n", next);
				// A look for nothing clears what retired slots have left.
				if (next < 0) retired = false;
			}
		} else if (kind < 82) {
			const next = set.next();
			ended ||= next < 0;
			say("n", next);
		} else if (kind < 89) {
			say("r " + slot, set.retire(slot));
			retired = true;
		} else if (kind < 97) {
			const level = below(3);
			set.setLevel(slot, level);
			say("l " + slot + " " + level, any());
		} else if (kind < 99) {
			say("a", any());
		} else if (below(8) === 0 && slots < 3000) {
			// Across words (32 slots) and words of the summary (1024 slots).
			grow(Math.min(3000, slots + 1 + below(slots < 100 ? 40 : slots)));
		} else say("i " + slot, set.id(slot));
		if (policy === "deadline" && below(5) === 0) {
			const what = below(6);
			if (what < 2) {
				const at = (time + below(40) - 20) | 0;
				set.setDeadline(slot, at);
				say("d " + slot + " " + at, 1);
			} else if (what === 2) {
				set.setDeadline(slot, undefined);
				say("u " + slot, 1);
			} else if (what === 3) {
				const ms = below(3) * 10;
				set.setAfterWake(slot, ms);
				say("f " + slot + " " + ms, 1);
			} else if (what === 4) say("e " + slot, set.deadline(slot) ?? -1);
			else say("t " + tick(), time);
		}
	}
	say("c", set.wakes);
	return { input, expected };
}

describe.each(policies)("operation for operation: %s", (policy) => {
	let executable: string;
	beforeAll(async () => {
		executable = await compile({
			name: "ready-replay",
			units: ["ready", "ready-" + policy],
			defines: { POLICY: policy },
		});
	});

	test("N6 30,000 random operations give what the simulated machine gives", async () => {
		const seed = seedOf("ready");
		for (let part = 0; part < 3; part++) {
			const { input, expected } = program(policy, seed + part, 10_000);
			const { code, stdout, stderr } = await execute(executable, input.join("\n") + "\n");
			expect(stderr).toBe("");
			expect(code).toBe(0);
			const answers = stdout.trim().split("\n").map(Number);
			const first = answers.findIndex((answer, i) =>
				expected[i] === NONE_OR_EARLY ? answer !== 0 && answer !== 1 : answer !== expected[i],
			);
			if (first >= 0) {
				const context = input.slice(Math.max(0, first - 10), first + 1).join("; ");
				throw new Error(
					"seed " +
						(seed + part) +
						", operation " +
						first +
						" (" +
						context +
						"): C gives " +
						answers[first] +
						", the simulated machine " +
						expected[first],
				);
			}
			expect(answers).toHaveLength(expected.length);
		}
	});

	test("F2: generations wrap as in the simulated machine", async () => {
		const generations = 2 ** (31 - SLOT_BITS);
		const set = policy === "deadline" ? new ReadyByDeadline(() => 0) : new ReadySet();
		set.grow(1);
		const expected = Array.from({ length: generations + 2 }, () => set.retire(0));
		const { stdout } = await execute(executable, "g 1\n" + "r 0\n".repeat(generations + 2));
		expect(stdout.trim().split("\n").slice(1).map(Number)).toEqual(expected);
		expect(expected[generations - 1]).toBe(0);
	});

	test("an empty set refuses every wake and has nothing", async () => {
		const { stdout } = await execute(executable, "w 0 w -1 w 2147483647 b n a c");
		expect(stdout.trim().split("\n")).toEqual(["0", "0", "0", "0", "-1", "0", "0"]);
	});
});

describe.each(policies)("wakes from threads, under ThreadSanitizer: %s", (policy) => {
	let executable: string;
	beforeAll(async () => {
		executable = await compile({
			name: "ready-threads",
			units: ["ready", "ready-" + policy],
			sanitize: "thread",
			defines: { POLICY: policy },
		});
	});

	test.for([
		["F3: each wake is polled once and orders what the waker wrote", "handover", 3, 20_000],
		["F3: under a storm of wakes the last wake of each slot is seen", "storm", 4, 200_000],
		["F2: tenancies that end meanwhile disturb nobody", "retire", 3, 100_000],
	] as const)("%s", async ([, mode, wakers, wakes], { skip }) => {
		const ended = await executeThreaded(executable, [
			mode,
			String(wakers),
			String(handovers(policy === "fair" ? wakes : wakes / 4)),
		]);
		if ("skip" in ended) skip(ended.skip);
		else {
			expect(ended.stderr).toBe("");
			expect(ended.code).toBe(0);
			expect(ended.stdout).toMatch(/^\d+ polls, \d+ tenants\n$/);
		}
	});
});
