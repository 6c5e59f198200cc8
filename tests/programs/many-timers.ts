/**
 * 10,000 timers on one executor: each fires at its own tick, none early, none twice, none more than 25 ms late (thousands that come down a level at once take some); a third was set for something
 * else first and given up. One task holds them all and is polled at each tick at which one fires.
 */
import { done, now, PENDING, pollTask, print, READY, runFor, Sleep, spawnDetached } from "stator";
import { STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";

const TIMERS = 10_000;
/** A prime: the ticks of the timers are all different. */
const SPAN = 20_011;

const sleeps: Sleep[] = [];
/** Which timer fires after so many ticks; -1: none. */
const expected: number[] = [];
for (let i = 0; i < SPAN; i++) expected.push(-1);
for (let i = 0; i < TIMERS; i++) {
	sleeps.push(new Sleep());
	expected[1 + ((i * 7919) % (SPAN - 1))] = i;
}

let fired = 0;
let polls = 0;
let early = 0;
let late = 0;

const holder = pollTask({ name: "holder" }, () => {
	let start = 0;
	let next = 0;
	return {
		poll(id) {
			polls++;
			if (polls === 1) {
				start = now() + 10_000;
				for (let i = 0; i < TIMERS; i += 3) sleeps[i].startAt(start + i).poll(id);
				for (let i = 0; i < TIMERS; i += 3) sleeps[i].drop();
				for (let after = 0; after < SPAN; after++)
					if (expected[after] >= 0) sleeps[expected[after]].startAt(start + after).poll(id);
				return PENDING;
			}
			const elapsed = now() - start;
			for (; next < SPAN; next++) {
				const timer = expected[next];
				if (timer < 0) continue;
				if (sleeps[timer].poll(id) !== READY) break;
				fired++;
				if (next > elapsed) early++;
				else if (elapsed - next > 25) late++;
			}
			return fired === TIMERS ? done() : PENDING;
		},
	};
});

spawnDetached(holder());
runFor(1_000_000);
const slots = stat(STAT_GROWTH_SLOTS);
const bytes = stat(STAT_GROWTH_BYTES);
const collections = stat(STAT_COLLECTIONS);
print("fired " + fired + ", early " + early + ", late " + late + ", set all in time " + (polls > TIMERS / 2));
print("growth " + slots + " " + bytes + " " + collections);
