/** N2 select, join, withTimeout: order, losers, limits, giving up, exceptions. */
import { beforeEach, expect, test } from "vitest";
import { freshMachine, type Machine, PENDING } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

interface Wait {
	poll(id: number): number;
	take(): unknown;
	drop(): void;
}

/** A task that waits for one thing; what it yields, or what it threw. */
function waiter(wait: Wait) {
	return m.spawn(
		m.pollTask<[], unknown>({}, () => ({
			poll: (id) => (wait.poll(id) === PENDING ? PENDING : m.done(wait.take())),
			cancel: () => wait.drop(),
		}))(),
	);
}

test("select: the first that is ready, and of two the one that stands first", () => {
	const a = new m.Channel<string>(1);
	const b = new m.Channel<string>(1);
	const first = waiter(m.select(a.receive(), b.receive()));
	m.runFor(1);
	b.trySend("b");
	a.trySend("a");
	m.run();
	expect(first.outcome).toMatchObject({ index: 0, value: "a" });
	expect(b.length).toBe(1);
});

test.each([0, 1, 2, 3])("select4: wait %i is first, the others leave their lists", (winner) => {
	const channels = [0, 1, 2, 3].map(() => new m.Channel<number>(1));
	const [a, b, c, d] = channels.map((channel) => channel.receive());
	const handle = waiter(m.select4(a, b, c, d));
	m.runFor(1);
	expect(channels.every((channel) => channel.receivers.first !== undefined)).toBe(true);
	channels[winner].trySend(winner);
	m.run();
	expect(handle.outcome).toMatchObject({ index: winner, value: winner });
	expect(channels.every((channel) => channel.receivers.first === undefined)).toBe(true);
});

test("select: a value that woke the loser goes to the next", () => {
	const a = new m.Channel<number>(1);
	const b = new m.Channel<number>(1);
	const handle = waiter(m.select(a.receive(), b.receive()));
	const next = waiter(b.receive());
	m.runFor(2);
	b.trySend(2); // wakes the select, which will take from a
	a.trySend(1);
	m.run();
	expect(handle.outcome).toMatchObject({ index: 0, value: 1 });
	expect(next.outcome).toBe(2);
});

test("select: what the first throws is thrown", () => {
	const failing = m.spawn(
		m.pollTask({}, () => ({
			poll() {
				throw new RangeError("no");
			},
		}))(),
	);
	failing.silent = true;
	const handle = waiter(m.select(failing.join(), m.sleep(1)));
	handle.silent = true;
	m.run();
	expect(handle.failed).toBe(true);
	expect(String(handle.outcome)).toBe("RangeError: no");
});

test("join: all of them, whatever the order", () => {
	const a = new m.Channel<number>(1);
	const b = new m.Channel<number>(1);
	const c = new m.Channel<number>(1);
	const handle = waiter(m.join3(a.receive(), b.receive(), c.receive()));
	m.runFor(1);
	for (const [channel, value] of [
		[c, 3],
		[a, 1],
	] as const) {
		channel.trySend(value);
		m.runFor(10, 0);
		expect(handle.done).toBe(false);
	}
	b.trySend(2);
	m.run();
	expect(handle.outcome).toMatchObject({ first: 1, second: 2, third: 3, fourth: undefined });
});

test("withTimeout: TIMEOUT at the tick, and the wait is given up", () => {
	const channel = new m.Channel<number>(1);
	const handle = waiter(m.withTimeout(channel.receive(), 5));
	m.run();
	expect(m.sim.virtualTime()).toBe(5);
	expect(handle.outcome).toBe(m.TIMEOUT);
	expect(channel.receivers.first).toBeUndefined();
});

test("withTimeout: a value that is there in time, and the timer is given up", () => {
	const channel = new m.Channel<number>(1);
	const handle = waiter(m.withTimeout(channel.receive(), 5));
	m.sim.after(4, () => void channel.trySend(9));
	m.run();
	expect(handle.outcome).toBe(9);
	expect(m.sim.virtualTime()).toBe(4);
});

test("withTimeout: 0 is one turn of the others; a negative duration throws", () => {
	const channel = new m.Channel<number>(1);
	const handle = waiter(m.withTimeout(channel.receive(), 0));
	waiter(channel.send(4));
	m.run();
	expect(handle.outcome).toBe(4);
	expect(() => m.withTimeout(channel.receive(), -1)).toThrow(RangeError);
});

test("withDeadline: a tick of the clock, over its wrap", () => {
	m.sim.shift(-3);
	const channel = new m.Channel<number>(1);
	const handle = waiter(m.withDeadline(channel.receive(), (m.now() + 10) | 0));
	m.run();
	expect(handle.outcome).toBe(m.TIMEOUT);
	expect(m.sim.virtualTime()).toBe(10);
});

test.each(["before its first poll", "while it waits", "when it was woken"])(
	"cancelling %s leaves nothing behind",
	(when) => {
		const mutex = new m.Mutex<number>(1);
		const channel = new m.Channel<number>(1);
		const held = mutex.tryLock();
		const handle = waiter(
			m.select3(mutex.lock(), channel.receive(), m.withTimeout(m.join(mutex.lock(), m.sleep(50)), 1000)),
		);
		if (when !== "before its first poll") m.runFor(1);
		if (when === "when it was woken") held?.release();
		handle.cancel();
		if (when !== "when it was woken") held?.release();
		m.run();
		expect(handle.done).toBe(true);
		expect([mutex.locked, mutex.waiting.first, channel.receivers.first]).toEqual([false, undefined, undefined]);
		expect(m.sim.virtualTime()).toBe(0);
	},
);

test.each(["by a limit", "by a cancellation"])("N2 N3 a join given up %s gives back what it has got already", (how) => {
	const mutex = new m.Mutex<number>(1);
	const table = new m.RwLock<number>(1);
	const permits = new m.Semaphore(3);
	const channel = new m.Channel<string>(2);
	const urgent = new m.PriorityChannel<string>(2);
	const signal = new m.Signal<string>();
	const never = new m.Signal<void>();
	for (const value of ["first", "second"]) channel.trySend(value);
	urgent.trySend("later", 5);
	urgent.trySend("soon", 1);
	signal.signal("latest");
	const handle = waiter(
		m.withTimeout(
			m.join4(
				m.join4(mutex.lock(), table.write(), permits.acquireMany(2), permits.acquire()),
				m.select(never.wait(), m.join3(channel.receive(), urgent.receive(), m.abortable(signal.wait()))),
				m.withTimeout(table.read(), 1),
				never.wait(),
			),
			10,
		),
	);
	m.runFor(1);
	expect([mutex.locked, table.holders, permits.available]).toEqual([true, -1, 0]);
	expect([channel.length, urgent.length, signal.signaled]).toEqual([1, 1, false]);
	if (how === "by a cancellation") handle.cancel();
	m.run();
	expect(handle.outcome).toBe(how === "by a limit" ? m.TIMEOUT : undefined);
	expect([mutex.locked, table.holders, permits.available]).toEqual([false, 0, 3]);
	expect([channel.tryReceive(), channel.tryReceive(), urgent.tryReceive(), urgent.tryReceive()]).toEqual([
		"first",
		"second",
		"soon",
		"later",
	]);
	expect(signal.tryTake()).toBe("latest");
});

test("N2 what a join has taken it does not give back, however often it is dropped", () => {
	const mutex = new m.Mutex<number>(1);
	const permits = new m.Semaphore(1);
	const both = m.join(mutex.lock(), permits.acquire());
	expect(both.poll(0)).toBe(0);
	both.take();
	both.drop();
	both.drop();
	expect([mutex.locked, permits.available]).toEqual([true, 0]);
	const given = m.join(permits.acquire(), m.sleep(5));
	permits.release();
	expect(given.poll(0)).toBe(PENDING);
	given.drop();
	given.drop();
	expect(permits.available).toBe(1);
});

test("N3 a value that finds no room when a join gives it back is the one that is lost", () => {
	const channel = new m.Channel<number>(1);
	channel.trySend(1);
	const both = m.join(channel.receive(), m.sleep(5));
	both.poll(0);
	expect(channel.trySend(2)).toBe(true);
	both.drop();
	expect([channel.tryReceive(), channel.tryReceive()]).toEqual([2, undefined]);
	expect(channel.putBack(3)).toBe(true);
	expect(channel.putBack(4)).toBe(false);
	const urgent = new m.PriorityChannel<number>(1);
	expect(urgent.putBack(5)).toBe(true);
	expect(urgent.putBack(6)).toBe(false);
	expect(urgent.tryReceive()).toBe(5);
});

test("N2 a join that throws what a task has thrown gives back what the others have got", () => {
	const mutex = new m.Mutex<number>(1);
	const permits = new m.Semaphore(2);
	const failing = m.spawn(
		m.pollTask<[], void>({}, () => ({
			poll: () => {
				throw new Error("from the task");
			},
		}))(),
	);
	const handle = waiter(
		m.withTimeout(
			m.join4(
				m.select(mutex.lock(), m.sleep(5)),
				m.abortable(m.withTimeout(failing.join(), 10)),
				permits.acquireMany(2),
				m.select(failing.join(), m.sleep(5)),
			),
			10,
		),
	);
	m.run();
	expect(handle.outcome).toMatchObject({ message: "from the task" });
	expect([mutex.locked, permits.available]).toEqual([false, 2]);
});
