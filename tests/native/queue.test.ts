/**
 * Messages, pools and queues in C (native/xs/queue.c) do what the simulated machine's do (hal/sim/messages.ts), step by step: who
 * gets which message, what is refused, who is woken. R1, R2, R3.
 */
import { expect, test, vi } from "vitest";
import { compile, execute, random, seedOf } from "./support/compile.ts";

const POOLS = [
	{ name: "one", size: 0, count: 1 },
	{ name: "few", size: 3, count: 3 },
	{ name: "many", size: 40, count: 300 },
];
const QUEUES = ["a", "b", "c"];
const WAITS = 6;
const STEPS = 30_000;

/** A random program, with what the simulated machine answers to each line. */
async function program(seed: number): Promise<{ input: string[]; expected: string[] }> {
	const below = random(seed);
	vi.resetModules();
	const sim = await import("../../hal/sim/messages.ts");
	let woken = "";
	sim.connectMessages((id) => {
		woken += "w" + id + " ";
		return id % 5 !== 0; // the others have ended: the next is woken
	});
	const input: string[] = [];
	const expected: string[] = [];
	const add = (line: string, answer: string | number): void => {
		input.push(line);
		expected.push((woken + answer).trim());
		woken = "";
	};
	// What C has instead of numbers that tell the generation: the message itself, so the last number of each.
	const handles = POOLS.map(({ count }, pool) => Array.from({ length: count }, (_, number) => (pool << 24) | number));
	const note = (handle: number): void => {
		if (handle >= 0) handles[handle >> 24][handle & 0xffff] = handle;
	};
	for (const { name, size, count } of POOLS)
		add("p " + [name, size, count].join(" "), "0 " + sim.poolOpen(name, size, count));
	add("p few 3 3", "0 1"); // opened already
	add("p few 4 3", "1 1"); // and otherwise
	for (const name of [...QUEUES, "b"]) add("q " + name, sim.queueOpen(name));
	for (let i = 0; i < WAITS; i++) sim.queueWaitNew();
	for (let i = 0; i < STEPS; i++) {
		const pool = below(POOLS.length);
		const number = below(POOLS[pool].count);
		const queue = below(QUEUES.length);
		const wait = below(WAITS);
		const kind = below(20);
		if (kind < 5) {
			const handle = sim.messageAlloc(pool);
			note(handle);
			add("a " + pool, handle < 0 ? -1 : handle & 0xffff);
		} else if (kind < 8) add("f " + pool + " " + number, sim.messageFree(handles[pool][number]));
		else if (kind < 12) add("u " + queue + " " + pool + " " + number, sim.queuePut(queue, handles[pool][number]));
		else if (kind < 15) {
			const handle = sim.queueTake(queue);
			add("t " + queue, handle < 0 ? -1 : (handle >> 24) + " " + (handle & 0xffff));
		} else if (kind < 18) {
			sim.queueAwait(queue, wait, i);
			add("w " + queue + " " + wait + " " + i, "");
		} else {
			sim.queueLeave(queue, wait);
			add("l " + queue + " " + wait, "");
		}
	}
	return { input, expected };
}

test("R1 R2 R3 30,000 random steps give what the simulated machine gives", async () => {
	const seed = seedOf("queue");
	const { input, expected } = await program(seed);
	const executable = await compile({ name: "queue-replay", units: ["queue", "wait-list"] });
	const { code, stdout, stderr } = await execute(executable, input.join("\n") + "\n");
	expect(stderr).toBe("");
	expect(code).toBe(0);
	const answers = stdout.split("\n").map((line) => line.trim());
	const first = expected.findIndex((answer, i) => answers[i] !== answer);
	expect(
		first < 0 ? "" : "step " + first + ", " + input[first] + ": " + answers[first] + ", not " + expected[first],
	).toBe("");
	// The program gets everywhere: each refusal, each kind of answer, wakes.
	for (const some of ["-16", "-22", "-1", "w"])
		expect(
			expected.some((answer) => answer.includes(some)),
			some,
		).toBe(true);
});
