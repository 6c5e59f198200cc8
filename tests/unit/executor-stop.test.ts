/** N3, the graceful form: a task asked to stop in each state, and what looks at the request. */
import { beforeEach, describe, expect, test } from "vitest";
import { freshMachine, type Machine, outcomeOf, PENDING, READY } from "./support/machine.ts";

let m: Machine;
beforeEach(async () => {
	m = await freshMachine();
});

interface Wait {
	poll(id: number): number;
	take(): unknown;
	drop(): void;
}

/** A task that waits for one thing after another and ends with what they yielded; `begin` starts the wait of a turn. */
function waiter(...begin: (() => Wait)[]) {
	return m.pollTask<[], unknown>({ name: "waiter" }, () => {
		let at = 0;
		let wait: Wait | undefined;
		let values: unknown[] = [];
		return {
			start() {
				at = 0;
				wait = undefined;
				values = [];
			},
			poll(id) {
				for (; at < begin.length; at++) {
					wait ??= begin[at]();
					if (wait.poll(id) === PENDING) return PENDING;
					values.push(wait.take());
					wait = undefined;
				}
				return m.done(values);
			},
			cancel: () => wait?.drop(),
		};
	});
}

describe("N3 requestStop, in each state", () => {
	/** Ends when it sees the request. */
	const stopping = () =>
		m.scripted("task", (_id, turn) => (m.stopRequested() ? m.done("stopped " + turn) : PENDING), {
			cancel: () => READY,
		});

	test("a token that was not spawned yet starts with the request", () => {
		const token = stopping()();
		expect(m.requestStop(token)).toBe(0);
		expect(m.stateOf(token)).toBe("CLAIMED");
		expect(m.stopRequested(token)).toBe(true);
		m.checkInvariants();
		const handle = m.spawn(token);
		m.run();
		expect(outcomeOf(handle)).toEqual({ status: 0, value: "stopped 0" });
		m.checkInvariants();
	});

	test("a token that is released takes the request with it", () => {
		const task = stopping();
		const token = task();
		m.requestStop(token);
		m.release(token);
		expect(m.requestStop(token)).toBe(m.ESRCH);
		expect(m.stopRequested(task())).toBe(false);
	});

	test("ready, waiting, woken: seen in the next turn; asked twice, woken once", () => {
		const task = stopping();
		const ready = m.spawn(task());
		expect(ready.requestStop()).toBe(0);
		m.run();
		expect(outcomeOf(ready)).toEqual({ status: 0, value: "stopped 0" });
		const waiting = m.spawn(task());
		m.runFor(5, 0);
		m.tracePends();
		expect([waiting.requestStop(), waiting.requestStop(), m.requestStop(waiting.id)]).toEqual([0, 0, 0]);
		m.run();
		expect(outcomeOf(waiting)).toEqual({ status: 0, value: "stopped 1" });
		expect(m.trace).toEqual(["poll task", "poll task", "pend", "poll task"]);
		const woken = m.spawn(task());
		m.runFor(5, 0);
		m.wake(woken.id);
		woken.requestStop();
		m.run();
		expect(outcomeOf(woken)).toEqual({ status: 0, value: "stopped 1" });
		m.checkInvariants();
	});

	test("polling itself: it has another turn", () => {
		const handle = m.spawn(
			m.scripted("self", (id, turn) => {
				if (turn > 0) return m.done(turn);
				expect(m.stopRequested()).toBe(false);
				expect(m.requestStop(id)).toBe(0);
				expect(m.stopRequested()).toBe(true);
				return PENDING;
			})(),
		);
		m.run();
		expect(outcomeOf(handle)).toEqual({ status: 0, value: 1 });
	});

	test("cancelled before, cancelled after: the cancellation counts, the request stays to be seen", () => {
		for (const order of ["stop first", "cancel first"]) {
			let seen: boolean | undefined;
			const handle = m.spawn(
				m.scripted(order, () => PENDING, {
					cancel: () => {
						seen = m.stopRequested();
						return READY;
					},
				})(),
			);
			m.runFor(5, 0);
			if (order === "stop first") expect([handle.requestStop(), handle.cancel()]).toEqual([0, 0]);
			else expect([handle.cancel(), handle.requestStop()]).toEqual([0, 0]);
			m.run();
			expect(handle.take()).toBe(m.CANCELLED);
			expect(seen).toBe(true);
			m.checkInvariants();
		}
	});

	test("cleaning up", () => {
		let stage = 0;
		const handle = m.spawn(
			m.scripted("task", () => (++stage < 2 || !m.stopRequested() ? PENDING : READY), { cancel: () => PENDING })(),
		);
		m.runFor(5, 0);
		handle.cancel();
		m.runFor(5, 0);
		expect(m.stateOf(handle.id)).toBe("CANCELLING");
		expect(handle.requestStop()).toBe(0);
		m.run();
		expect(handle.take()).toBe(m.CANCELLED);
		m.checkInvariants();
	});

	test("ended: ESRCH, and the slot's next tenant knows of nothing", () => {
		const task = stopping();
		const handle = m.spawn(task());
		handle.requestStop();
		m.run();
		expect(handle.requestStop()).toBe(m.ESRCH);
		expect(new m.JoinHandle().requestStop()).toBe(m.ESRCH);
		expect(m.requestStop(-1)).toBe(m.ESRCH);
		const next = m.spawn(task());
		m.runFor(5, 0);
		expect(m.stateOf(next.id)).toBe("LIVE");
		expect(m.stopRequested(next.id)).toBe(false);
		expect(m.stopRequested(handle.id)).toBe(false);
		next.requestStop();
		m.run();
	});

	test("its priority may change meanwhile, and is the pool's again afterwards", () => {
		const task = stopping();
		const handle = m.spawn(task());
		m.runFor(5, 0);
		handle.requestStop();
		handle.priority = 0;
		expect(m.stopRequested(handle.id)).toBe(true);
		m.run();
		expect(outcomeOf(handle)).toEqual({ status: 0, value: "stopped 1" });
		expect(m.spawn(task()).priority).toBe(1);
	});

	test("outside of a turn nothing is running, so nothing has been asked", () => {
		expect(m.stopRequested()).toBe(false);
	});
});

describe("N3 abortable", () => {
	test("yields what the wait yields", () => {
		const channel = new m.Channel<number>(1);
		const handle = m.spawn(waiter(() => m.abortable(channel.receive()))());
		m.runFor(5, 0);
		channel.trySend(7);
		m.run();
		expect(handle.outcome).toEqual([7]);
	});

	test("yields STOPPED, and the wait is out of its list", () => {
		const channel = new m.Channel<number>(1);
		const handle = m.spawn(waiter(() => m.abortable(channel.receive()))());
		m.runFor(5, 0);
		expect(channel.receivers.first).toBeDefined();
		handle.requestStop();
		m.run();
		expect(handle.outcome).toEqual([m.STOPPED]);
		expect(channel.receivers.first).toBeUndefined();
	});

	test("asked before: at once, the wait is dropped without a poll; plain waits go on", () => {
		const calls: string[] = [];
		const inner = {
			poll: () => calls.push("poll"),
			take: () => calls.push("take"),
			drop: () => void calls.push("drop"),
		};
		const channel = new m.Channel<string>(1);
		const token = waiter(
			() => m.abortable(inner),
			() => channel.receive(),
			() => m.abortable(inner),
		)();
		m.requestStop(token);
		const handle = m.spawn(token);
		m.runFor(5, 0);
		expect(calls).toEqual(["drop"]);
		channel.trySend("plain");
		m.run();
		expect(handle.outcome).toEqual([m.STOPPED, "plain", m.STOPPED]);
		expect(calls).toEqual(["drop", "drop"]);
	});

	test("the request goes before a value; the value goes to the next who waits", () => {
		const channel = new m.Channel<number>(1);
		const first = m.spawn(waiter(() => m.abortable(channel.receive()))());
		m.runFor(5, 0);
		const second = m.spawn(waiter(() => channel.receive())());
		m.runFor(5, 0);
		channel.trySend(3); // wakes the first
		first.requestStop();
		m.run();
		expect(first.outcome).toEqual([m.STOPPED]);
		expect(second.outcome).toEqual([3]);
	});

	test("a lock that was handed over is handed on", () => {
		const mutex = new m.Mutex(1);
		const guard = mutex.tryLock();
		const first = m.spawn(waiter(() => m.abortable(mutex.lock()))());
		m.runFor(5, 0);
		guard?.release();
		first.requestStop();
		m.run();
		expect(first.outcome).toEqual([m.STOPPED]);
		expect(mutex.tryLock()).toBeDefined();
	});

	test("may be started again; drop at any time, any number of times", () => {
		const wait = new m.Abortable<number>();
		wait.drop();
		const channel = new m.Channel<number>(1);
		const handle = m.spawn(
			waiter(
				() => wait.start(channel.receive()),
				() => wait.start(channel.receive()),
			)(),
		);
		m.runFor(5, 0);
		channel.trySend(1);
		m.runFor(5, 0);
		handle.requestStop();
		m.run();
		expect(handle.outcome).toEqual([1, m.STOPPED]);
		wait.drop();
		wait.drop();
	});

	test("what the wait throws is thrown; cancelling leaves no list entry", () => {
		const failing = m.spawn(
			m.pollTask({}, () => ({
				poll() {
					throw new RangeError("no");
				},
			}))(),
		);
		failing.silent = true;
		const handle = m.spawn(waiter(() => m.abortable(failing.join()))());
		handle.silent = true;
		m.run();
		expect(String(handle.outcome)).toBe("RangeError: no");
		const channel = new m.Channel<number>(1);
		const cancelled = m.spawn(waiter(() => m.abortable(channel.receive()))());
		m.runFor(5, 0);
		cancelled.cancel();
		m.run();
		expect(channel.receivers.first).toBeUndefined();
	});

	test("within withTimeout, select and join", () => {
		const channel = new m.Channel<number>(1);
		const tasks = [
			waiter(() => m.withTimeout(m.abortable(channel.receive()), 50)),
			waiter(() => m.abortable(m.withTimeout(channel.receive(), 50))),
			waiter(() => m.join(m.abortable(channel.receive()), m.sleep(5))),
		];
		const handles = tasks.map((task) => m.spawn(task()));
		m.sim.after(3, () => {
			for (const handle of handles) handle.requestStop();
		});
		m.run();
		expect(m.sim.virtualTime()).toBe(5);
		expect(handles[0].outcome).toEqual([m.STOPPED]);
		expect(handles[1].outcome).toEqual([m.STOPPED]);
		expect(handles[2].outcome).toMatchObject([{ first: m.STOPPED }]);
		expect(channel.receivers.first).toBeUndefined();
	});
});

test("N3 untilStop: in a select, alone, and at once when it was asked before", () => {
	const channel = new m.Channel<number>(1);
	const handle = m.spawn(
		waiter(
			() => m.select(channel.receive(), m.untilStop()),
			() => m.untilStop(),
		)(),
	);
	m.runFor(5, 0);
	handle.requestStop();
	m.run();
	expect(handle.outcome).toMatchObject([{ index: 1 }, undefined]);
	expect(channel.receivers.first).toBeUndefined();
});
