/** Several waits at once in compiled tasks: who is first, all together, with a limit; what is given up leaves its list. */
import {
	Channel,
	join,
	join3,
	log,
	run,
	Semaphore,
	select,
	select3,
	sleep,
	spawn,
	TIMEOUT,
	task,
	withTimeout,
} from "stator";

const numbers = new Channel<number>(2);
const words = new Channel<string>(1);
const slots = new Semaphore(1);

const produce = task(async () => {
	for (let i = 0; i < 40; i++) {
		await sleep(30);
		await numbers.send(i);
		if (i % 4 === 0) await words.send(i % 8 === 0 ? "even" : "odd");
	}
});

run(async () => {
	spawn(produce());
	let received = 0;
	let named = 0;
	let pauses = 0;
	while (received + named < 50) {
		const first = await select3(numbers.receive(), words.receive(), sleep(20));
		if (first.index === 0) received++;
		else if (first.index === 1) named += first.value === "even" || first.value === "odd" ? 1 : 100;
		else pauses++;
	}
	log("numbers", received);
	log("words", named);
	log(pauses > 20 ? "pauses, many" : "pauses, few");
	log("waiting", (numbers.receivers.first === undefined ? 0 : 1) + (words.receivers.first === undefined ? 0 : 1));

	const late = await withTimeout(numbers.receive(), 5);
	log(late === TIMEOUT ? "timed out" : "a value");
	numbers.trySend(7);
	const early = await withTimeout(numbers.receive(), 5);
	log("early", early === TIMEOUT ? -1 : early);

	numbers.trySend(1);
	words.trySend("x");
	const both = await join(numbers.receive(), words.receive());
	log(both.second === "x" ? "both" : "one", both.first);
	const all = await join3(sleep(3), sleep(1), slots.acquire());
	log("permits", slots.available);
	all.third.release();

	// A lock that is granted to who has given up goes back.
	const held = await slots.acquire();
	const nothing = await select(slots.acquire(), sleep(2));
	log("second", nothing.index);
	held.release();
	log("permits", slots.available);
});
