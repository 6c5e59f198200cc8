/** N1 The bounded channel: capacity 1 and more, order, waiting on both sides, giving up. */
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";

let stator: typeof import("stator");
beforeEach(async () => {
	vi.resetModules();
	stator = await import("stator");
});

/** A task of the given turns. */
function task(turns: (id: number, turn: number) => number, cancel?: () => void) {
	let turn = 0;
	return stator.spawn(
		stator.pollTask({}, () => ({ poll: (id) => turns(id, ++turn), ...(cancel === undefined ? {} : { cancel }) }))(),
	);
}

describe("Channel", () => {
	test("refuses a capacity that is none", () => {
		for (const bad of [0, -1, 1.5, Number.NaN])
			expect(() => new stator.Channel(bad)).toThrow("capacity must be a whole number");
	});

	test("trySend and tryReceive say when it is full or empty", () => {
		const channel = new stator.Channel<number>(2);
		expect(channel.tryReceive()).toBeUndefined();
		expect([channel.trySend(1), channel.trySend(2), channel.trySend(3)]).toEqual([true, true, false]);
		expect([channel.tryReceive(), channel.tryReceive(), channel.tryReceive()]).toEqual([1, 2, undefined]);
	});

	test.each([1, 2, 7])("capacity %i: values arrive in order, senders and receivers wait for each other", (capacity) => {
		const channel = new stator.Channel<number>(capacity);
		const got: number[] = [];
		const send = new stator.Send<number>();
		const receive = new stator.Receive<number>();
		let next = 0;
		task((id) => {
			for (;;) {
				if (next === 0) send.start(channel, next++);
				if (send.poll(id) === stator.PENDING) return stator.PENDING;
				if (next === 50) return stator.done();
				send.start(channel, next++);
			}
		});
		task((id) => {
			receive.start(channel);
			for (;;) {
				if (receive.poll(id) === stator.PENDING) return stator.PENDING;
				got.push(receive.take());
				if (got.length === 50) return stator.done();
			}
		});
		stator.run();
		expect(got).toEqual(Array.from({ length: 50 }, (_, i) => i));
	});

	test("receivers are served in the order in which they came", () => {
		const channel = new stator.Channel<number>(4);
		const got: string[] = [];
		for (const name of ["a", "b", "c"]) {
			const receive = new stator.Receive<number>().start(channel);
			task((id) => {
				if (receive.poll(id) === stator.PENDING) return stator.PENDING;
				got.push(name + receive.take());
				return stator.done();
			});
		}
		stator.runFor(3);
		for (const value of [1, 2, 3]) channel.trySend(value);
		stator.run();
		expect(got).toEqual(["a1", "b2", "c3"]);
	});

	test("a receiver that was woken and is cancelled hands the value on", () => {
		const channel = new stator.Channel<number>(1);
		const got: number[] = [];
		const first = new stator.Receive<number>().start(channel);
		const second = new stator.Receive<number>().start(channel);
		const handle = task(
			(id) => first.poll(id),
			() => first.drop(),
		);
		task((id) => {
			if (second.poll(id) === stator.PENDING) return stator.PENDING;
			got.push(second.take());
			return stator.done();
		});
		stator.runFor(2);
		channel.trySend(9);
		handle.cancel();
		stator.run();
		expect(got).toEqual([9]);
	});

	test("100,000 random operations agree with an array", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				fc.array(fc.boolean(), { minLength: 1000, maxLength: 1000 }),
				(capacity, sends) => {
					const channel = new stator.Channel<number>(capacity);
					const model: number[] = [];
					sends.forEach((send, i) => {
						if (send) {
							expect(channel.trySend(i)).toBe(model.length < capacity);
							if (model.length < capacity) model.push(i);
						} else expect(channel.tryReceive()).toBe(model.shift());
						expect(channel.length).toBe(model.length);
					});
				},
			),
			{ numRuns: 100 },
		);
	});
});
