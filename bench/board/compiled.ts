/**
 * What compiled tasks cost beside the same bodies written by hand: a body with a loop, an await and four variables; sixteen
 * awaits in a row, for the dispatch. The wait is the cheapest there is (one flag), so that what is compared is the form.
 */
import { Leaf, PENDING, type Poll, pollTask, READY, runFor, spawnDetached, task, wake } from "stator";
import { measure, report } from "./measure.ts";

/** PENDING once, with the task woken again. */
class Turn extends Leaf<void> {
	private waited = false;

	start(): this {
		this.waited = false;
		return this;
	}

	poll(waker: number): Poll {
		if (this.waited) return READY;
		this.waited = true;
		wake(waker);
		return PENDING;
	}

	take(): void {}

	drop(): void {}
}

function turn(): Turn {
	return new Turn().start();
}

let sink = 0;
let stop = false;

const byHand = pollTask({ name: "by hand" }, () => {
	const wait = new Turn();
	let a = 0;
	let b = 0;
	let c = 0;
	let d = 0;
	let waiting = false;
	return {
		start() {
			a = 1;
			b = 2;
			c = 3;
			d = 4;
			waiting = false;
		},
		poll(id) {
			for (;;) {
				if (waiting) {
					if (wait.poll(id) === PENDING) return PENDING;
					waiting = false;
					if (stop) return READY;
				}
				a = b + 1;
				b = c + 1;
				c = d + 1;
				d = a & 255;
				sink = d;
				wait.start();
				waiting = true;
			}
		},
	};
});

const compiled = task(async () => {
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
		await turn();
	}
});

/** The body alone, as a task that never waits: what both have in common is taken off. */
const bare = pollTask({ name: "bare" }, () => {
	const wait = new Turn();
	return {
		poll(id) {
			if (stop) return READY;
			wait.start();
			return wait.poll(id);
		},
	};
});

const sixteen = task(async () => {
	for (;;) {
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		await turn();
		if (stop) return;
	}
});

const POLLS = 16_000;

function finish(): void {
	stop = true;
	runFor(100, 0);
	stop = false;
}

spawnDetached(bare());
report("resume_bare", measure(POLLS), POLLS);
finish();
spawnDetached(byHand());
report("resume_by_hand", measure(POLLS), POLLS);
finish();
spawnDetached(compiled());
report("resume_compiled", measure(POLLS), POLLS);
finish();
spawnDetached(sixteen());
report("resume_of_16", measure(POLLS), POLLS);
finish();
if (sink < 0) throw new Error("the benchmark did not run");
