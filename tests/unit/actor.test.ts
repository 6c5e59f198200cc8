/** stator/actor on the simulated machine: records, pools, queues, messages, and what is refused. */
import { beforeEach, expect, test, vi } from "vitest";

async function machine() {
	vi.resetModules();
	return {
		...(await import("../../src/actor/index.ts")),
		stator: await import("../../src/index.ts"),
		sim: await import("../../hal/sim/index.ts"),
	};
}

let m: Awaited<ReturnType<typeof machine>>;
beforeEach(async () => {
	m = await machine();
});

test("R1 a record is laid out as a C struct of the same fields", () => {
	const Sample = m.record({ a: "u8", t: "u32", b: "u16", data: m.bytes(5), d: "f64" });
	expect([Sample.a.offset, Sample.t.offset, Sample.b.offset, Sample.data.offset, Sample.d.offset]).toEqual([
		0, 4, 8, 10, 16,
	]);
	expect(Sample.byteSize).toBe(24);
	expect(() => m.record({ x: "u64" as "u32" })).toThrow(/field "x" must be one of u8, .*f64, or bytes/);
	expect(() => m.bytes(0)).toThrow(RangeError);
});

test("R1 alloc gives a message or nothing; every kind of number comes back as it went in", () => {
	const Sample = m.record({ u: "u32", i: "i16", f: "f32", d: "f64", data: m.bytes(3) });
	const pool = m.sharedPool("p", Sample, 2);
	const [a, b] = [pool.alloc(), pool.alloc()];
	if (a === undefined || b === undefined) throw new Error("no message");
	expect(pool.alloc()).toBeUndefined();
	a.set(Sample.u, 4_000_000_000);
	a.set(Sample.i, -5);
	a.set(Sample.f, 0.5);
	a.set(Sample.d, Math.PI);
	a.setAt(Sample.data, 2, 255);
	b.set(Sample.u, 1);
	expect([a.get(Sample.u), a.get(Sample.i), a.get(Sample.f), a.get(Sample.d), a.getAt(Sample.data, 2)]).toEqual([
		4_000_000_000,
		-5,
		0.5,
		Math.PI,
		255,
	]);
	expect(() => a.setAt(Sample.data, 3, 0)).toThrow(RangeError);
	b.free();
	expect(pool.alloc()).toBe(b);
});

test("R3 what is not yours is refused: freed twice, put twice, used after it was given away, of another layout", () => {
	const Sample = m.record({ n: "u32" });
	const queue = m.sharedQueue("q", Sample, 1);
	const message = queue.pool?.alloc();
	if (message === undefined) throw new Error("no message");
	const kept = message.handle;
	queue.put(message);
	expect(() => message.get(Sample.n)).toThrow(/not yours/);
	expect(() => queue.put(message)).toThrow(/not yours/);
	message.handle = kept; // as C would, with a pointer that it kept
	expect(() => queue.put(message)).toThrow(/in a queue already/);
	expect(() => message.free()).toThrow(/in a queue/);
	const taken = queue.tryNext();
	taken?.free();
	expect(() => taken?.free()).toThrow(/not yours/);
	message.handle = kept;
	expect(() => message.free()).toThrow(/not yours/);
	expect(() => m.sharedPool("q", Sample, 2)).toThrow(/it has 1 messages of 4 bytes elsewhere, here 2 of 4/);
	expect(m.sharedPool("q", Sample, 1).number).toBe(queue.pool?.number);
});

test("R2 R3 a task waits for a message, takes them in order and gives each back; a cancelled wait keeps none", () => {
	const { run, pollTask, spawn, Sleep, done, PENDING, READY } = m.stator;
	const Sample = m.record({ n: "u32" });
	const queue = m.sharedQueue("q", Sample, 2);
	const seen: number[] = [];
	const reader = pollTask({ name: "reader" }, () => {
		const next = new m.Next();
		return {
			start: () => void next.start(queue),
			poll(id) {
				while (next.poll(id) === READY) {
					using message = next.take();
					seen.push(message.get(Sample.n));
				}
				return PENDING;
			},
			cancel: () => next.drop(),
		};
	});
	const writer = pollTask({ name: "writer" }, () => {
		const pause = new Sleep();
		let n = 0;
		return {
			poll(id) {
				for (;;) {
					if (n > 0 && pause.poll(id) !== READY) return PENDING;
					if (n === 5) return done();
					const message = queue.pool?.alloc();
					if (message === undefined) throw new Error("no message left");
					message.set(Sample.n, ++n);
					queue.put(message);
					pause.start(2);
				}
			},
		};
	});
	const handle = spawn(reader());
	run(writer());
	expect(seen).toEqual([1, 2, 3, 4, 5]);
	handle.cancel();
	run();
	// The wake of a wait that was given up goes to the next who waits, and nothing is lost.
	const last = queue.pool?.alloc();
	if (last !== undefined) queue.put(last);
	run(m.stator.spawn(reader()).id >= 0 ? m.stator.pollTask({ name: "turn" }, () => ({ poll: () => done() }))() : -1);
	expect(seen).toHaveLength(6);
	expect([queue.pool?.alloc(), queue.pool?.alloc()]).not.toContain(undefined);
});

test("R5 run([[vector, actor]]) refuses, with a clear error, enabled interrupts and a vector twice or out of range", () => {
	const one = m.actor(async () => {});
	const two = m.actor(async () => {});
	expect(() => m.run([[20, one()]])).toThrow(/interrupts are enabled/);
	m.maskInterrupts();
	expect(() =>
		m.run([
			[20, one()],
			[20, two()],
		]),
	).toThrow(/vector 20 is used twice/);
});

test("R4 R5 actors run until the last has ended", () => {
	const order: string[] = [];
	const actor = (name: string) =>
		m.stator.pollTask({ name }, () => ({
			poll() {
				order.push(name);
				return m.stator.done();
			},
		}));
	const one = actor("one");
	const two = actor("two");
	m.maskInterrupts();
	expect(() => m.run([[999, one()]])).toThrow(/vector 999: there are vectors 0 to 239/);
	expect(() => m.run([[20, two(), 99]])).toThrow(/priority 99: the interrupt controller has 0/);
	const [third, fourth] = [actor("three"), actor("four")];
	m.run([
		[21, third(), 2],
		[22, fourth()],
	]);
	expect(order).toEqual(["three", "four"]);
});
