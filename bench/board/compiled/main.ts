/**
 * What compiled tasks cost beside the same bodies written by hand, eight of each in a round: a body with a loop, an await and
 * four variables; the same in a large pool, where frames are objects; sixteen awaits in a row against a poll that does
 * nothing, for the dispatch; the same body in native async functions (native.ts).
 *
 * The program has the heap that every program on a board has by default; ../main.ts has the native figures with an ample one.
 */
import { cancel, PENDING, pollTask, READY, runFor, spawnDetached, task, wake, YIELD, yieldNow } from "stator";
import { stat } from "#hal";
import { measure, report, value } from "../measure.ts";
import { awaitWoken, awaitYielding, TASKS } from "../native.ts";

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

const nothing = pollTask({ name: "nothing", pool: TASKS }, () => ({ poll: () => YIELD }));

/** Waits for a leaf: started, polled, woken, polled again. */
const withHelper = task({ pool: TASKS }, async () => {
	while (!stop) await pause();
});

async function pause(): Promise<void> {
	await yieldNow();
}

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
const ids: number[] = [];

/** Steps of the counter for so many polls of eight tasks. */
function steps(claim: () => number, polls = POLLS): number {
	ids.length = 0;
	for (let i = 0; i < TASKS; i++) ids.push(spawnDetached(claim()));
	const took = measure(polls);
	stop = true;
	for (let i = 0; i < TASKS; i++) cancel(ids[i]);
	runFor(1000, 0);
	stop = false;
	return took;
}

report("resume_by_hand", steps(byHand), POLLS);
report("resume_compiled", steps(compiled), POLLS);
report("resume_frame", steps(inFrames), POLLS);
report("resume_of_1", steps(one), POLLS);
const ofSixteen = steps(sixteen);
report("resume_of_16", ofSixteen, POLLS);
report("dispatch_of_16", ofSixteen - steps(nothing), POLLS);
report("resume_in_helper", steps(withHelper), POLLS);
value("compiled_collections", stat(5));
report("await_same_body", ...awaitYielding(POLLS / 4));
report("await_same_body_woken", ...awaitWoken(POLLS / 4));
value("await_same_body_collections", stat(5));
if (sink < 0) throw new Error("the benchmark did not run");
