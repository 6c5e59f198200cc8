/** A program whose tasks use every part of the library that allocates nothing; ../../proof.test.ts proves it. */
import {
	CANCELLED,
	Channel,
	cancel,
	done,
	isCurrent,
	Join,
	JoinHandle,
	log,
	now,
	PENDING,
	pollTask,
	print,
	READY,
	Receive,
	release,
	run,
	runFor,
	Send,
	Sleep,
	sleep,
	spawn,
	spawnDetached,
	Ticker,
	task,
	trySpawn,
	wake,
	YieldNow,
} from "stator";
import { button, led, serial } from "stator/board";

const child = pollTask<[number, string?], number>({ name: "child", pool: 3, priority: "high" }, () => {
	const pause = new Sleep();
	let left = 0;
	let handled = false;
	return {
		start(count, label = "child") {
			left = count;
			log(label);
			pause.start(1);
		},
		poll(id) {
			if (handled) return done(-1);
			if (pause.poll(id) === PENDING) return PENDING;
			if (left < 0) throw new RangeError("left is " + left);
			return done(left);
		},
		cancel() {
			pause.drop();
		},
		unwind() {
			handled = !handled;
			return handled;
		},
	};
});

const texts = new Channel<string>(2);
const numbers = new Channel<number>(4);

const parent = pollTask({ name: "parent" }, () => {
	const handle = new JoinHandle<number>();
	const join = new Join<number>();
	const ticker = new Ticker(5);
	const turn = new YieldNow();
	const pause = new Sleep();
	const receive = new Receive<number>();
	const send = new Send<string>();
	let sum = 0;
	return {
		poll(id) {
			if (handle.done || handle.failed || !isCurrent(handle.id)) {
				spawn(child(sum), handle);
				join.start(handle);
			}
			if (trySpawn(child(sum, "other"), handle) === undefined) spawnDetached(child(2));
			release(child(3));
			if (handle.name === "child") handle.priority = handle.priority === 0 ? 1 : 0;
			if (join.poll(id) === READY) {
				const value = join.take();
				if (value !== CANCELLED) sum += value;
			}
			if (ticker.poll(id) === READY) ticker.reset();
			if (turn.start().poll(id) === PENDING) turn.drop();
			if (pause.startAt(now()).poll(id) === READY) pause.drop();
			handle.cancel();
			cancel(id);
			wake(id);
			led.toggle();
			if (led.lit) led.off();
			else led.on();
			print(sum > 5 ? "more" : "less");
			log("sum", sum);
			if (receive.start(numbers).poll(id) === READY) sum += receive.take() + 1;
			if (send.start(texts, sum > 5 ? "many" : "few").poll(id) === PENDING) send.drop();
			if (numbers.trySend(sum)) print(texts.tryReceive() ?? "none");
			receive.drop();
			ticker.drop();
			join.drop();
			return sum > 100 ? done(sum) : PENDING;
		},
	};
});

async function echo(limit: number): Promise<number> {
	let count = 0;
	for (; count < limit; count++) serial.write(await serial.receive());
	return count;
}

const compiled = task({ name: "compiled" }, async (first: number) => {
	let total = first;
	for (;;) {
		await button.edge("falling");
		try {
			total += await echo(10);
			await texts.send(total > 5 ? "many" : "few");
			total += await numbers.receive();
		} catch {
			log("failed", total);
		} finally {
			led.off();
		}
		for (let i = 0; i < 3; i++) await sleep(total % 7);
	}
});

spawn(compiled(1));
run(parent());
runFor(10, 100);
