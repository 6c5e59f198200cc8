/**
 * The interrupt waker lists in C (native/xs/interrupts.c): step by step what the simulated machine's do
 * (hal/sim/interrupts.ts), and with interrupts nested at every point at which they can come. A8, A9.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { WakerLists } from "../../hal/sim/interrupts.ts";
import { compile, execute, random, seedOf } from "./support/compile.ts";

const SOURCES = 5;
/** 4 + 4 + 8 + 16 + 32 + 64 in KEEPS pieces of tests/native/interrupts-replay.c: room doubles from 4. */
const ROOM = 4 << 5;

let replay: string;
let nested: string;
beforeAll(async () => {
	replay = await compile({ name: "interrupts-replay", units: ["interrupts"] });
	nested = await compile({ name: "interrupts-nested", units: ["interrupts"] });
});

async function play(lines: string[]): Promise<string[]> {
	const { code, stdout, stderr } = await execute(replay, lines.join("\n") + "\n");
	expect(stderr).toBe("");
	expect(code).toBe(0);
	return stdout.trimEnd().split("\n");
}

test("A8 60,000 random steps give what the simulated machine gives", async () => {
	const seed = seedOf("interrupts");
	const below = random(seed);
	let woken = "";
	const lists = new WakerLists(SOURCES, (id) => {
		woken += " " + id;
	});
	const input: string[] = [];
	const expected: string[] = [];
	const step = (line: string, answer: string | number): void => {
		input.push(line);
		expected.push(String(answer));
	};
	/** Of each wait: whether it may be used, whether it was begun. */
	const state: ("free" | "made" | "begun")[] = [];
	for (let i = 0; i < 60_000; i++) {
		const kind = below(20);
		const wait = state.length === 0 ? 0 : below(state.length);
		if (kind === 0 && (state.length < 30 || state.includes("free"))) {
			const number = lists.make();
			state[number] = "made";
			step("n", number);
		} else if (state.length === 0) continue;
		else if (kind === 1 && below(4) === 0) {
			if (below(3) > 0 && state[wait] === "free") continue;
			lists.delete(wait);
			state[wait] = "free";
			step("d " + wait, "d");
		} else if (state[wait] === "free") continue;
		else if (kind < 5) {
			const [source, next] = [below(SOURCES), below(2)];
			lists.begin(wait, source, next === 1);
			state[wait] = "begun";
			step("b " + wait + " " + source + " " + next, "b");
		} else if (kind < 11 && state[wait] === "begun") {
			// Its own task looks, and sometimes another one.
			const waker = below(8) === 0 ? 100 + below(3) : wait;
			woken = "";
			const outcome = lists.look(wait, waker);
			step("l " + wait + " " + waker, woken + outcome + " " + lists.waits[wait].came);
		} else if (kind < 13) {
			lists.clear(wait);
			step("c " + wait, "c");
		} else if (kind < 18) {
			const [source, times] = [below(SOURCES), below(10) === 0 ? 1 + below(1000) : 1];
			woken = "";
			lists.came(source, times);
			step("i " + source + " " + times, "i" + woken);
		} else {
			const source = below(SOURCES);
			step("w " + source, lists.waiters(source));
		}
	}
	const answers = await play(input);
	const first = answers.findIndex((answer, i) => answer !== expected[i]);
	if (first >= 0)
		throw new Error(
			"seed " +
				seed +
				", step " +
				first +
				" (" +
				input.slice(Math.max(0, first - 10), first + 1).join("; ") +
				'): C gives "' +
				answers[first] +
				'", the simulated machine "' +
				expected[first] +
				'"',
		);
	expect(answers).toHaveLength(expected.length);
	expect(expected.filter((answer) => /^i( \d+){3}/.test(answer)).length).toBeGreaterThan(50);
});

test.each([1, 2, 3, 4])(
	"A8 A9 nested and back-to-back interrupts at every point: none lost, none counted twice (part %i)",
	async (part) => {
		const seed = seedOf("interrupts nested") + part;
		const { code, stdout, stderr } = await execute(nested, "", [String(seed), "100000"]);
		expect(stderr).toBe("");
		expect(code).toBe(0);
		expect(Number(/^ok (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(10_000);
	},
);

describe("waits by number", () => {
	test("A8 room doubles while there is memory; then there is no wait, and those there are go on", async () => {
		const answers = await play([...Array(ROOM + 1).fill("n"), "b 127 1 0", "l 127 5", "b 0 1 0", "l 0 6", "i 1 1"]);
		expect(answers.slice(0, ROOM).map(Number)).toEqual(Array.from({ length: ROOM }, (_, i) => i));
		expect(answers.slice(ROOM)).toEqual(["-1", "b", "1 0", "b", "1 0", "i 5 6"]);
	});

	test("A8 growing keeps the waits that are listed", async () => {
		const answers = await play([
			"n",
			"n",
			"b 0 2 0",
			"l 0 7",
			"b 1 2 0",
			"l 1 8",
			...Array(20).fill("n"),
			"w 2",
			"i 2 1",
		]);
		expect(answers.slice(-2)).toEqual(["2", "i 7 8"]);
	});

	test("A8 a wait given back is out of its list, and handed out again", async () => {
		const answers = await play(["n", "n", "b 0 2 0", "l 0 7", "d 0", "d 0", "w 2", "i 2 1", "n", "n"]);
		expect(answers.slice(-4)).toEqual(["0", "i", "0", "2"]);
	});
});
