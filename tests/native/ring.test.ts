/**
 * Signals, channels and pipes in C (native/xs/ring.c) do what the simulated machine's do (hal/sim/rings.ts), step by step: what goes in, what
 * comes out, what is refused, who is woken. And from several threads nothing is lost, doubled or out of order. N1.
 */
import { expect, test, vi } from "vitest";
import { compile, execute, executeThreaded, random, seedOf } from "./support/compile.ts";

const SIGNAL = 0;
const CHANNEL = 1;
const PIPE = 2;
const U8 = 0;
const U32 = 4;
const RECORD = 8;
/** Kind, name, format, size, capacity. */
const RINGS: [number, string, number, number, number][] = [
	[SIGNAL, "s", U32, 4, 1],
	[SIGNAL, "t", RECORD, 20, 1],
	[CHANNEL, "c", U32, 4, 1],
	[CHANNEL, "d", RECORD, 32, 5],
	[CHANNEL, "e", U8, 1, 300],
	[PIPE, "p", U8, 1, 7],
	[PIPE, "q", U8, 1, 200],
];
const PIPES = RINGS.findIndex(([kind]) => kind === PIPE);
const STEPS = 30_000;
/** One for each pipe, the others for signals and channels. */
const WAITS = 8;

/** A random program, with what the simulated machine answers to each line. */
async function program(seed: number): Promise<{ input: string[]; expected: string[] }> {
	const below = random(seed);
	vi.resetModules();
	const sim = await import("../../hal/sim/rings.ts");
	let woken = "";
	sim.connectRings((id) => {
		woken += "w" + id + " ";
		return id % 5 !== 0;
	});
	const input: string[] = [];
	const expected: string[] = [];
	const add = (line: string, answer: string | number): void => {
		input.push(line);
		expected.push((woken + answer).trim());
		woken = "";
	};
	for (const [kind, name, format, size, capacity] of RINGS)
		add(["o", kind, name, format, size, capacity].join(" "), "0 " + sim.ringOpen(kind, name, format, size, capacity));
	add("o 1 c 4 4 1", "0 2"); // opened already
	for (const other of ["1 c 4 4 2", "1 c 5 4 1", "0 c 4 4 1", "1 c 4 8 1"]) {
		const [kind, name, ...numbers] = other.split(" ");
		const [format, size, capacity] = numbers.map(Number);
		expect(() => sim.ringOpen(Number(kind), name, format, size, capacity)).toThrow(
			"elsewhere it is a channel of 1 items",
		);
		add("o " + other, "1 2");
	}
	for (let i = 0; i < WAITS; i++) sim.ringWaitNew(32);
	const place = sim.ringWaitNew(32);
	for (let offset = 4; offset < 32; offset++) sim.itemWrite(place, offset, U8, 0xa5);
	const put = (ring: number, value: number): boolean => {
		if (RINGS[ring][2] !== RECORD) return sim.ringPut(ring, value);
		sim.itemWrite(place, 0, U32, value);
		return sim.ringPutItem(ring, place);
	};
	const got = sim.ringWaitNew(32);
	const get = (ring: number): number => {
		if (RINGS[ring][2] !== RECORD) return sim.ringGet(ring) ?? -1;
		return sim.ringGetItem(ring, got) ? sim.itemRead(got, 0, U32) : -1;
	};
	const ringOf: number[] = [];
	for (let i = 0; i < STEPS; i++) {
		const ring = below(RINGS.length);
		const isPipe = ring >= PIPES;
		const wait = isPipe ? ring - PIPES : RINGS.length - PIPES + below(WAITS - RINGS.length + PIPES);
		const kind = below(20);
		if (kind < 6) {
			const value = below(RINGS[ring][3] === 1 ? 256 : 100_000);
			add("p " + ring + " " + value, put(ring, value) ? 1 : 0);
		} else if (kind < 8) add("g " + ring, get(ring));
		else if (kind < 9) {
			sim.ringStart(wait, ring);
			ringOf[wait] = ring;
			add("s " + wait + " " + ring, "");
		} else if (kind < 14 && ringOf[wait] !== undefined) {
			const outcome = sim.ringPoll(wait, i);
			const at = ringOf[wait];
			const value = (): number =>
				RINGS[at][0] === PIPE ? 0 : RINGS[at][2] === RECORD ? sim.itemRead(wait, 0, U32) : sim.ringTake(wait);
			add("w " + wait + " " + i, outcome === 0 ? value() : -1);
		} else if (kind < 15) {
			sim.ringLeave(wait);
			add("l " + wait, "");
		} else if (kind < 16 && below(10) === 0) {
			sim.ringClear(ring);
			add("c " + ring, "");
		} else if (kind < 18 && isPipe) {
			const first = below(256);
			const count = below(90);
			let moved = 0;
			while (moved < count && sim.ringPut(ring, (first + moved) & 255)) moved++;
			add(["b", ring, first, count].join(" "), moved);
		} else if (kind < 19 && isPipe) {
			const count = below(90);
			const bytes: number[] = [];
			for (let byte: number | undefined; bytes.length < count && (byte = sim.ringGet(ring)) !== undefined; )
				bytes.push(byte);
			add("r " + ring + " " + count, bytes.join(" "));
		} else add("n " + ring, sim.ringLength(ring) + " " + sim.ringRefused(ring));
	}
	return { input, expected };
}

test("N1 30,000 random steps of shared signals, channels and pipes give what the simulated machine gives", async () => {
	const seed = seedOf("ring");
	const { input, expected } = await program(seed);
	const executable = await compile({ name: "ring-replay", units: ["ring", "wait-list"] });
	const { code, stdout, stderr } = await execute(executable, input.join("\n") + "\n");
	expect(stderr).toBe("");
	expect(code).toBe(0);
	const answers = stdout.split("\n").map((line) => line.trim());
	const first = expected.findIndex((answer, i) => answers[i] !== answer);
	expect(
		first < 0 ? "" : "step " + first + ", " + input[first] + ": " + answers[first] + ", not " + expected[first],
	).toBe("");
	// It gets everywhere: refusals, wakes, of tasks that have ended too, and the next one then, long pieces of pipes.
	for (const some of [/^0$/, /^w\d+ 1$/, /^w\d*[05] w\d+ /, /^-1$/, /^1 2$/, /^3[3-9]$/])
		expect(
			expected.some((answer) => some.test(answer)),
			String(some),
		).toBe(true);
});

test("N1 three threads put, one waits: none lost, none doubled, in order, refusals counted", async (context) => {
	const executable = await compile({ name: "ring-threads", units: ["ring", "wait-list"], sanitize: "thread" });
	const ended = await executeThreaded(executable, ["4000"]);
	if ("skip" in ended) return context.skip(ended.skip);
	expect(ended.stderr).toBe("");
	expect(ended.stdout).toBe("received 12000, bytes 4000, refused as counted: yes\n");
	expect(ended.code).toBe(0);
});
