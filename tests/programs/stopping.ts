/** N3 in compiled tasks, captured and as frame objects, and in a task by hand: asked to stop while waiting, before, from within. */
import {
	abortable,
	Channel,
	done,
	JoinHandle,
	log,
	Mutex,
	PENDING,
	pollTask,
	READY,
	requestStop,
	run,
	Sleep,
	STOPPED,
	select,
	sleep,
	spawn,
	stopRequested,
	task,
	untilStop,
	withTimeout,
} from "stator";

const jobs = new Channel<number>(2);
const words = new Channel<string>(2);
const mutex = new Mutex(0);

/** What the worker is to do in its last words is a plain wait. */
async function clean(name: string): Promise<void> {
	await sleep(2);
	await words.send(name);
}

async function serve(name: string): Promise<number> {
	let sum = 0;
	for (;;) {
		const job = await abortable(jobs.receive());
		if (job === STOPPED) break;
		sum += job;
	}
	await clean(name);
	return sum;
}

const captured = task({ pool: 1 }, async () => await serve("captured"));
const framed = task({ pool: 2, form: "frame" }, async (limit: number) => {
	let turns = 0;
	while (!stopRequested()) {
		const first = await select(sleep(1), untilStop());
		if (first.index === 1) break;
		if (++turns === limit) requestStop(own.id);
	}
	const at = await abortable(withTimeout(jobs.receive(), 1000));
	return at === STOPPED ? turns : -1;
});
const byHand = pollTask<[], number>({ name: "by hand" }, () => {
	const pause = new Sleep();
	let turns = 0;
	let waiting = false;
	return {
		start() {
			turns = 0;
			waiting = false;
		},
		poll(id) {
			for (;;) {
				if (stopRequested(id)) {
					pause.drop();
					return done(turns);
				}
				if (!waiting) pause.start(1000);
				waiting = true;
				if (pause.poll(id) !== READY) return PENDING;
				waiting = false;
				turns++;
			}
		},
		cancel: () => pause.drop(),
	};
});
const locked = task(async () => {
	const guard = await abortable(mutex.lock());
	if (guard !== STOPPED) guard.release();
	return guard === STOPPED ? 1 : 0;
});

const own = new JoinHandle<number>();
const handle = new JoinHandle<number>();

run(async () => {
	for (let round = 0; round < 20; round++) {
		// While it waits; its cleaning up waits, too.
		spawn(captured(), handle);
		await jobs.send(1);
		await jobs.send(2);
		await sleep(1);
		handle.requestStop();
		const name = await words.receive();
		const sum = await handle.join();
		if (round === 19) log(name, sum as number);

		// From within, by its own id.
		spawn(framed(3), own);
		const turns = await own.join();
		if (round === 19) log("from within", turns as number);

		// Before its first turn.
		const token = framed(3);
		requestStop(token);
		spawn(token, own);
		const none = await own.join();
		if (round === 19) log("before", none as number);

		spawn(byHand(), handle);
		await sleep(1);
		handle.requestStop();
		const hand = await handle.join();
		if (round === 19) log("by hand", hand as number);

		// The lock is held by another: given up, and free when that one lets go.
		const guard = await mutex.lock();
		spawn(locked(), handle);
		await sleep(1);
		guard.release();
		handle.requestStop();
		const gave = await handle.join();
		if (round === 19) log("gave up", gave as number);
		const free = mutex.tryLock();
		if (round === 19) log(free === undefined ? "locked" : "free");
		free?.release();
	}
	log("waiting", jobs.receivers.first === undefined ? 0 : 1);
});
