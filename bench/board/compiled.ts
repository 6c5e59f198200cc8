/**
 * What compiled tasks cost beside the same bodies written by hand, eight of each in a round: a body with a loop, an await and
 * four variables; the same in a large pool, where frames are objects; sixteen awaits in a row against one, for the dispatch.
 */
import { PENDING, pollTask, READY, runFor, spawnDetached, task, wake, yieldNow } from "stator";
import { measure, report } from "./measure.ts";

const TASKS = 8;

let sink = 0;
let stop = false;

const byHand = pollTask({ name: "by hand", pool: TASKS }, () => {
	let a = 0;
	let b = 0;
	let c = 0;
	let d = 0;
	return {
		start() {
			a = 1;
			b = 2;
			c = 3;
			d = 4;
		},
		poll(id) {
			if (stop) return READY;
			a = b + 1;
			b = c + 1;
			c = d + 1;
			d = a & 255;
			sink = d;
			wake(id);
			return PENDING;
		},
	};
});

const compiled = task({ pool: TASKS }, async () => {
	let a = 1;
	let b = 2;
	let c = 3;
	let d = 4;
	while (!stop) {
		a = b + 1;
		b = c + 1;
		c = d + 1;
		d = a & 255;
		sink = d;
		await yieldNow();
	}
});

const inFrames = task({ pool: 2 * TASKS }, async () => {
	let a = 1;
	let b = 2;
	let c = 3;
	let d = 4;
	while (!stop) {
		a = b + 1;
		b = c + 1;
		c = d + 1;
		d = a & 255;
		sink = d;
		await yieldNow();
	}
});

const one = task({ pool: TASKS }, async () => {
	while (!stop) await yieldNow();
});

const sixteen = task({ pool: TASKS }, async () => {
	while (!stop) {
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
		await yieldNow();
	}
});

const POLLS = 16_000;

function bench(key: string, claim: () => number): void {
	for (let i = 0; i < TASKS; i++) spawnDetached(claim());
	report(key, measure(POLLS), POLLS);
	stop = true;
	runFor(1000, 0);
	stop = false;
}

bench("resume_by_hand", byHand);
bench("resume_compiled", compiled);
bench("resume_frame", inFrames);
bench("resume_of_1", one);
bench("resume_of_16", sixteen);
if (sink < 0) throw new Error("the benchmark did not run");
