/**
 * Shared signals, channels and pipes, between tasks here: order, waiting in line, giving up, full ones. What handlers and other machines do
 * with them is tests/programs/shared.
 */
import { done, PENDING, pollTask, READY, runFor, spawn } from "stator";
import {
	bytes,
	item,
	record,
	type SharedPipe,
	SharedPipeRead,
	SharedReceive,
	SharedReceiveRecord,
	sharedChannel,
	sharedPipe,
	sharedRecordChannel,
	sharedRecordSignal,
	sharedSignal,
} from "stator/actor";
import { check, equal, note, throws, traced } from "./harness.ts";

const Sample = record({ n: "u32", x: "f64", data: bytes(3) });

/** Notes so many numbers of a signal or channel. */
const receiver = pollTask<[name: string, from: { readonly number: number }, times: number], void>(
	{ name: "receiver", pool: 3 },
	() => {
		const wait = new SharedReceive();
		let name = "";
		let from: { readonly number: number } = { number: -1 };
		let left = 0;
		return {
			start(given: string, at: { readonly number: number }, times: number) {
				name = given;
				from = at;
				left = times;
				wait.start(from);
			},
			poll(id) {
				while (wait.poll(id) === READY) {
					note(name + " " + wait.take());
					left--;
					if (left === 0) return done();
					wait.start(from);
				}
				return PENDING;
			},
			cancel() {
				wait.drop();
				wait.drop();
				note(name + " gives up");
				return READY;
			},
		};
	},
);

const reader = pollTask<[pipe: SharedPipe, times: number], void>({ name: "reader" }, () => {
	const read = new SharedPipeRead();
	const into = [0, 0, 0, 0];
	let from: SharedPipe | undefined;
	let left = 0;
	return {
		start(pipe: SharedPipe, times: number) {
			from = pipe;
			left = times;
			read.start(pipe, into, 1, 3);
		},
		poll(id) {
			while (read.poll(id) === READY) {
				const count = read.take();
				note(count + ": " + into.slice(1, 1 + count).join(" "));
				left--;
				if (left === 0) return done();
				read.start(from as SharedPipe, into, 1, 3);
			}
			return PENDING;
		},
		cancel() {
			read.drop();
			return READY;
		},
	};
});

/** Everybody's turns, until nobody is ready. */
const turns = (): number => runFor(100, 0);

export function sharedChecks(): void {
	check("N1 a shared signal: the latest value, once, to who has waited longest", () => {
		const signal = sharedSignal("suite signal");
		equal(signal.signaled, false);
		equal(signal.tryTake(), undefined);
		signal.signal(1);
		signal.signal(-2_000_000_000);
		equal(signal.signaled, true);
		equal(signal.tryTake(), -2_000_000_000);
		spawn(receiver("a", signal, 2));
		turns();
		spawn(receiver("b", signal, 1));
		turns();
		signal.signal(4);
		turns();
		signal.signal(5);
		turns();
		signal.signal(6);
		turns();
		equal(signal.signaled, false);
		traced("a 4", "b 5", "a 6");
		signal.signal(7);
		signal.reset();
		equal(signal.tryTake(), undefined);
	});

	check("N1 a shared channel: in order, a full one refuses and counts, who waits is served in line", () => {
		const channel = sharedChannel("suite channel", "u32", 3);
		const { refused } = channel;
		for (let i = 1; i <= 3; i++) equal(channel.trySend(4_000_000_000 + i), true);
		equal(channel.trySend(4), false);
		equal(channel.trySend(4), false);
		equal(channel.refused - refused, 2);
		equal(channel.length, 3);
		equal(channel.tryReceive(), 4_000_000_001);
		spawn(receiver("a", channel, 2));
		turns();
		equal(channel.tryReceive(), undefined);
		for (const name of ["a", "b", "c"]) {
			spawn(receiver(name, channel, 1));
			turns();
		}
		for (let i = 5; i <= 7; i++) {
			channel.trySend(i);
			turns();
		}
		traced("a 4000000002", "a 4000000003", "a 5", "b 6", "c 7");
	});

	check("N1 who gives up a shared channel, waiting or woken, keeps nothing and hands the wake on", () => {
		const channel = sharedChannel("suite channel", "u32", 3);
		const waiting = spawn(receiver("waiting", channel, 1));
		turns();
		const woken = spawn(receiver("woken", channel, 1));
		turns();
		spawn(receiver("stays", channel, 1));
		turns();
		waiting.cancel();
		turns();
		channel.trySend(1);
		woken.cancel();
		turns();
		equal(channel.length, 0);
		traced("waiting gives up", "woken gives up", "stays 1");
		spawn(receiver("early", channel, 1)).cancel();
		turns();
		channel.trySend(2);
		equal(channel.tryReceive(), 2);
	});

	check("N1 a shared channel and a signal of records: copies, not places", () => {
		const channel = sharedRecordChannel("suite records", Sample, 2);
		const signal = sharedRecordSignal("suite record", Sample);
		const [out, into] = [item(Sample), item(Sample)];
		const wait = new SharedReceiveRecord();
		for (let i = 1; i <= 3; i++) {
			out.set(Sample.n, 4_000_000_000 + i);
			out.set(Sample.x, i / 4);
			out.setAt(Sample.data, 2, 255 + i);
			equal(channel.trySend(out), i < 3);
			signal.signal(out);
		}
		equal(channel.tryReceive(into), true);
		equal(into.get(Sample.n), 4_000_000_001);
		equal(into.get(Sample.x), 0.25);
		equal(into.getAt(Sample.data, 2), 0);
		equal(wait.start(channel).poll(0), READY);
		equal(wait.take().get(Sample.n), 4_000_000_002);
		equal(wait.take().getAt(Sample.data, 2), 1);
		equal(channel.tryReceive(into), false);
		equal(signal.tryTake(into), true);
		equal(into.get(Sample.x), 0.75);
		equal(wait.start(signal).poll(0), PENDING);
		wait.drop();
		throws(() => out.setAt(Sample.data, 3, 0), "no such element");
		throws(() => new SharedReceive().start(channel), "a wait for numbers cannot receive records of 24 bytes");
	});

	check("N1 a shared pipe: bytes in order, as many as there is room for, a write cut short is counted", () => {
		const pipe = sharedPipe("suite pipe", 5);
		const { refused } = pipe;
		const reading = spawn(reader(pipe, 4));
		turns();
		equal(pipe.tryWrite([1, 2, 300], 0, 3), 3);
		turns();
		equal(pipe.tryWrite([0, 1, 2, 3, 4, 5, 6], 1, 6), 5);
		equal(pipe.refused - refused, 1);
		equal(pipe.length, 5);
		turns();
		pipe.tryWrite([9], 0, 1);
		turns();
		traced("3: 1 2 44", "3: 1 2 3", "2: 4 5", "1: 9");
		equal(reading.status, READY);
		equal(pipe.tryRead([0], 0, 1), 0);
		const waiting = spawn(reader(pipe, 1));
		turns();
		pipe.tryWrite([7], 0, 1);
		waiting.cancel();
		turns();
		const into = [0];
		equal(pipe.tryRead(into, 0, 1), 1);
		equal(into[0], 7);
		throws(() => pipe.read(into, 0, 2), "2 bytes from 0 on, but the array has 1");
	});

	check("N1 one name is one signal, channel or pipe, and who says something else of it is refused", () => {
		const channel = sharedChannel("suite channel", "u32", 3);
		sharedChannel("suite channel", "u32", 3).trySend(8);
		equal(channel.tryReceive(), 8);
		throws(
			() => sharedChannel("suite channel", "u32", 4),
			'channel "suite channel": elsewhere it is a channel of 3 items of 4 bytes',
		);
		throws(() => sharedChannel("suite channel", "i32", 3), "of 3 items of 4 bytes of another kind");
		throws(() => sharedSignal("suite channel", "u32"), "elsewhere it is a channel");
		throws(() => sharedPipe("suite none", 0), "its capacity is 1 to 65535");
		throws(
			() => sharedRecordSignal("suite none", record({ data: bytes(33) })),
			"a record of 33 bytes; what is larger than 32 goes as a message",
		);
		throws(() => sharedSignal("suite none", "u64" as "u32"), "an item is one of u8, ");
	});
}
