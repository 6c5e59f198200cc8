/**
 * A timer among 10 others that are set, and among 10,000: set and given up at once; and set, fired and its task polled. The others
 * lie between an hour and twenty days ahead, all over the wheel. Costs must not differ: setting and clearing are O(1).
 */
import { done, PENDING, pollTask, runFor, Sleep, spawnDetached } from "stator";
import { cycles, STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, shift, stat } from "#hal";
import { report, value } from "../measure.ts";

const TURNS = 5_000;

const others: Sleep[] = [];
for (let i = 0; i < 10_000; i++) others.push(new Sleep());

let stopping = false;

/** Far timers, spread by a generator of random numbers. */
const sets = pollTask({ name: "sets" }, () => {
	let seed = 1;
	let set = 0;
	return {
		start(count: number) {
			for (; set < count; set++) {
				seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
				others[set].start(3_600_000 + (seed % 1_700_000_000));
			}
		},
		poll(id) {
			for (let i = 0; i < set; i++) others[i].poll(id);
			return done();
		},
	};
});

const givesUp = pollTask({ name: "gives up" }, () => {
	const pause = new Sleep();
	let ms = 1;
	return {
		poll(id) {
			for (let i = 0; i < TURNS; i++) {
				ms = (ms * 5) & 0xfffff;
				pause.start(ms);
				pause.poll(id);
				pause.drop();
			}
			return done();
		},
	};
});

const timed = pollTask({ name: "timed" }, () => {
	const pause = new Sleep();
	return {
		poll(id) {
			if (stopping) return done();
			pause.start(1);
			pause.poll(id);
			shift(1);
			return PENDING;
		},
	};
});

const took = [0, 0, 0, 0];

function among(count: number, at: number): void {
	spawnDetached(sets(count));
	runFor(10, 0);
	spawnDetached(givesUp());
	let before = cycles();
	runFor(1, 0);
	took[at] = (cycles() - before) | 0;
	stopping = false;
	spawnDetached(timed());
	runFor(100, 0);
	before = cycles();
	if (runFor(TURNS, 0) !== TURNS) throw new Error("the benchmark polled less than it should");
	took[at + 1] = (cycles() - before) | 0;
	stopping = true;
	runFor(10, 0);
}

runFor(1, 0);
among(10, 0);
among(10_000, 2);
const slots = stat(STAT_GROWTH_SLOTS);
const bytes = stat(STAT_GROWTH_BYTES);
const collections = stat(STAT_COLLECTIONS);
report("timer_set10", took[0], TURNS);
report("timer10", took[1], TURNS);
report("timer_set10k", took[2], TURNS);
report("timer10k", took[3], TURNS);
value("timers_growth_slots", slots);
value("timers_growth_bytes", bytes);
value("timers_collections", collections);
