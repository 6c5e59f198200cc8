/** stator/threads on the simulated machine: executors served in turn by one machine. What holds there holds on Linux, where threads take the work. */
import { beforeEach, expect, test, vi } from "vitest";
import type { Awaitable } from "../../src/index.ts";
import type { ThreadOptions, Work } from "../../src/threads/index.ts";

async function machine() {
	vi.resetModules();
	return {
		...(await import("../../src/index.ts")),
		threads: await import("../../src/threads/index.ts"),
		sim: await import("../../hal/sim/index.ts"),
	};
}

let m: Awaited<ReturnType<typeof machine>>;
let printed: string[];
beforeEach(async () => {
	m = await machine();
	printed = [];
	m.sim.onPrint((text) => printed.push(text));
});

/** A task's body: it yields waits, and gets what they yield. */
// biome-ignore lint/suspicious/noExplicitAny: what a wait yields, of any type
type Turns = Generator<Awaitable<unknown>, any, any>;

/** A task written as a generator: async functions need the compiler, or turns of Node's own. */
function t<A extends unknown[]>(options: { pool?: number; name?: string }, body: (...args: A) => Turns) {
	return m.pollTask<A, number>(options, () => {
		let turns: Turns;
		let wait: Awaitable<unknown> | undefined;
		return {
			start(...args: A) {
				turns = body(...args);
				wait = undefined;
			},
			poll(id) {
				for (;;) {
					if (wait !== undefined && wait.poll(id) === m.PENDING) return m.PENDING;
					let value: unknown;
					let failed = false;
					try {
						value = wait?.take();
					} catch (error) {
						value = error;
						failed = true;
					}
					wait = undefined;
					const step = failed ? turns.throw(value) : turns.next(value);
					if (step.done) return m.done(step.value);
					wait = step.value;
				}
			},
			cancel() {
				wait?.drop();
				turns.return(undefined);
			},
		};
	});
}

function runAll(root: () => Turns, options?: ThreadOptions) {
	return m.threads.run(t({ name: "root" }, root)(), options);
}

function* throws(work: Work<[number]>, text: string): Turns {
	try {
		yield work.join();
	} catch (error) {
		expect(String(error)).toContain(text);
		return;
	}
	throw new Error("nothing was thrown");
}

test("A5 run gives the root's value, and work its own, from several joiners; works are used again", () => {
	const square = m.threads.sharedTask(
		"square",
		t({ pool: 4 }, function* (n: number): Turns {
			yield m.sleep(n);
			return n * n;
		}),
	);
	const works = Array.from({ length: 20 }, () => new m.threads.Work(square));
	const joiner = t({ pool: 2 }, function* (): Turns {
		return yield works[3].join();
	});
	const value = runAll(
		function* (): Turns {
			let sum = 0;
			for (let round = 0; round < 3; round++) {
				works.forEach((work, i) => {
					expect(m.threads.submit(work.set(i + round))).toBe(0);
					expect(m.threads.submit(work)).toBe(m.EBUSY);
				});
				const others = [m.spawn(joiner()), m.spawn(joiner())];
				for (const work of works) sum += (yield work.join()) as number;
				for (const other of others) expect(yield other.join()).toBe((3 + round) ** 2);
			}
			return sum;
		},
		{ threads: 3 },
	);
	let expected = 0;
	for (let round = 0; round < 3; round++) for (let i = 0; i < 20; i++) expected += (i + round) ** 2;
	expect(value).toBe(expected);
});

test("M13 idle executors take the next work, the highest priority first, of equals the first submitted", () => {
	const order: string[] = [];
	const note = m.threads.sharedTask(
		"note",
		t({ pool: 8 }, function* (n: number): Turns {
			order.push(n + "@" + m.threads.here());
			yield m.yieldNow();
		}),
	);
	const dispatcher = new m.threads.WorkDispatcher({ executors: 2 });
	const works = Array.from({ length: 6 }, (_, i) =>
		new m.threads.Work(note, { priority: i < 3 ? "low" : "high" }).set(i),
	);
	runAll(function* (): Turns {
		expect(dispatcher.submitAll(works)).toBe(0);
		expect(yield dispatcher.wait()).toBe(0);
	});
	expect(order.map((entry) => entry[0]).join("")).toBe("345012");
	expect(new Set(order.map((entry) => entry.slice(2)))).toEqual(new Set(["1", "2"]));
});

test("M3 attach runs work on the executor that is named, and on no other; an executor that is not there is refused", () => {
	const where = m.threads.sharedTask(
		"where",
		t({}, function* (): Turns {
			yield m.yieldNow();
			return m.threads.here();
		}),
	);
	const work = new m.threads.Work(where);
	const seen: unknown[] = [];
	runAll(
		function* (): Turns {
			for (let executor = 0; executor < m.threads.executorCount(); executor++) {
				expect(m.threads.attach(work, executor)).toBe(0);
				seen.push(yield work.join());
			}
			expect(m.threads.attach(work, 9)).toBe(m.ESRCH);
		},
		{ threads: 3 },
	);
	expect(seen).toEqual([0, 1, 2, 3]);
});

test("M13 wait yields how much is left, or ETIME; quit cancels what waits and lets what runs end", () => {
	const long = m.threads.sharedTask(
		"long",
		t({ pool: 1 }, function* (ms: number): Turns {
			yield m.sleep(ms);
			return 1;
		}),
	);
	const dispatcher = new m.threads.WorkDispatcher({ executors: 1 });
	const works = [1, 2, 3].map((n) => new m.threads.Work(long).set(n * 100));
	runAll(function* (): Turns {
		dispatcher.submitAll(works);
		expect(yield dispatcher.wait(0, 50)).toBe(m.ETIME);
		expect(yield dispatcher.wait(2)).toBe(2);
		expect(m.sim.virtualTime()).toBe(100);
		expect(yield dispatcher.quit()).toBe(0);
		expect(m.sim.virtualTime()).toBe(300);
		expect(yield works[0].join()).toBe(1);
		expect(yield works[1].join()).toBe(1);
		expect(yield works[2].join()).toBe(m.CANCELLED);
		expect(dispatcher.submit(works[2])).toBe(m.ECANCELED);
	});
});

test("M13 posted work is bounded: ENOBUFS when as much is under way as the capacity says", () => {
	let done = 0;
	const count = m.threads.sharedTask(
		"count",
		t({ pool: 4 }, function* (n: number): Turns {
			yield m.sleep(1);
			done += n;
		}),
	);
	runAll(
		function* (): Turns {
			expect([1, 2, 3].map((n) => m.threads.post(count, n))).toEqual([0, 0, m.ENOBUFS]);
			yield m.sleep(5);
			expect(m.threads.post(count, 4)).toBe(0);
			yield m.sleep(5);
		},
		{ threads: 2, capacity: 2 },
	);
	expect(done).toBe(7);
});

test("A2 what a task throws reaches the joiner as its text, and the console; a value that is no number does, too", () => {
	const bad = m.threads.sharedTask(
		"bad",
		t({ pool: 2 }, function* (n: number): Turns {
			yield m.yieldNow();
			if (n === 1) throw new RangeError("too much: " + n);
			return "text" as unknown as number;
		}),
	);
	const work = new m.threads.Work(bad);
	runAll(
		function* (): Turns {
			m.threads.submit(work.set(1));
			yield* throws(work, 'task "bad" on another executor: RangeError: too much: 1');
			expect(work.failed).toBe(true);
			m.threads.submit(work.set(2));
			yield* throws(work, "only numbers come back");
		},
		{ threads: 1 },
	);
	expect(printed.join("\n")).toContain("too much: 1");
});

test("M16 cancel and requestStop reach work in every state: queued, running, done; at the end everything is cancelled", () => {
	let cleaned = 0;
	const forever = m.threads.sharedTask(
		"forever",
		t({ pool: 1 }, function* (): Turns {
			try {
				for (;;) yield m.sleep(10);
			} finally {
				cleaned++;
			}
		}),
	);
	const asked = m.threads.sharedTask(
		"asked",
		t({ pool: 1 }, function* (): Turns {
			yield m.untilStop();
			return 7;
		}),
	);
	const [a, b, c, d] = [forever, forever, forever, asked].map((task) => new m.threads.Work(task));
	runAll(
		function* (): Turns {
			expect(a.cancel()).toBe(m.ESRCH);
			m.threads.submit(a);
			m.threads.submit(b);
			m.threads.submit(d);
			yield m.sleep(5);
			expect(b.cancel()).toBe(0); // queued: there is one slot
			expect(yield b.join()).toBe(m.CANCELLED);
			expect(cleaned).toBe(0);
			expect(a.cancel()).toBe(0);
			expect(yield a.join()).toBe(m.CANCELLED);
			expect(cleaned).toBe(1);
			expect(d.requestStop()).toBe(0);
			expect(yield d.join()).toBe(7);
			expect(d.requestStop()).toBe(m.ESRCH);
			m.threads.submit(c);
			yield m.sleep(5);
		},
		{ threads: 2 },
	);
	expect(cleaned).toBe(2);
	expect(c.status).toBe(m.ECANCELED);
});

test("A5 bytes go with work and come back with it", () => {
	const reverse = m.threads.sharedTask(
		"reverse",
		t({ pool: 2 }, function* (length: number): Turns {
			yield m.yieldNow();
			const bytes = new Uint8Array(length);
			expect(m.threads.workInput(bytes)).toBe(length);
			return m.threads.workOutput(bytes.reverse());
		}),
	);
	const work = new m.threads.Work(reverse, { bytes: 4 });
	runAll(
		function* (): Turns {
			expect(work.setBytes(new Uint8Array([1, 2, 3, 4, 5]))).toBe(4);
			m.threads.submit(work.set(4));
			expect(() => work.getBytes(new Uint8Array(4))).toThrow("under way");
			expect(() => work.set(1)).toThrow("under way");
			expect(yield work.join()).toBe(4);
			const back = new Uint8Array(3);
			expect(work.getBytes(back)).toBe(3);
			expect([...back]).toEqual([4, 3, 2]);
			expect(() => m.threads.workInput(back)).toThrow("not begun as work");
		},
		{ threads: 1 },
	);
});

test("M6 each executor says what it has done", () => {
	const spend = m.threads.sharedTask(
		"spend",
		t({ pool: 2 }, function* (ms: number): Turns {
			yield m.yieldNow();
			return m.sim.spend(ms);
		}),
	);
	const work = new m.threads.Work(spend);
	const stats = { begun: 0, ended: 0, cyclesAwake: 0, cyclesInTasks: 0, cyclesPerSecond: 0 };
	runAll(
		function* (): Turns {
			m.threads.attach(work.set(30), 2);
			yield work.join();
			expect(m.threads.threadStats(2, stats)).toBe(0);
			expect(m.threads.threadStats(7, { ...stats })).toBe(m.ESRCH);
		},
		{ threads: 2 },
	);
	expect(stats).toEqual({ begun: 1, ended: 1, cyclesAwake: 30, cyclesInTasks: 30, cyclesPerSecond: 1000 });
});

test("what is wrong with a declaration is said: sizes, priorities, a second run, no threads", () => {
	const nothing = m.threads.sharedTask(
		"nothing",
		t({}, function* (): Turns {}),
	);
	expect(() => m.threads.submit(new m.threads.Work(nothing))).toThrow("write run(root, { threads: 4 })");
	expect(() => new m.threads.WorkDispatcher({ executors: 0 })).toThrow("1 to 63");
	expect(() => new m.threads.WorkDispatcher({ executors: 1, capacity: -1 })).toThrow("capacity");
	expect(() => new m.threads.Work(nothing, { bytes: 1.5 })).toThrow("bytes");
	expect(() => new m.threads.Work(nothing, { priority: "urgent" as "high" })).toThrow("priority");
	const nobody = function* (): Turns {
		yield m.yieldNow();
	};
	runAll(nobody);
	expect(() => runAll(nobody)).toThrow("once");
});
