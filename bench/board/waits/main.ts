/**
 * What waiting for each other costs compiled tasks: values through channels, a mutex, several waits at once. Everything is
 * included: starting the waits, the wakes, the rounds, the resumed tasks, a counter and a loop.
 *
 * Each figure is for one turn of the loop, not for one poll. The heap is the one that every program has by default.
 */
import { Channel, cancel, Mutex, runFor, select, sleep, spawnDetached, task, yieldNow } from "stator";
import { cycles, STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";
import { report, value } from "../measure.ts";

const TURNS = 4_000;

let turns = 0;

const ping = new Channel<number>(1);
const pong = new Channel<number>(1);

const asks = task(async () => {
	for (;;) {
		await ping.send(turns);
		turns = (await pong.receive()) + 1;
	}
});

const answers = task(async () => {
	for (;;) await pong.send(await ping.receive());
});

const sends = task(async () => {
	for (let i = 1; ; i++) await ping.send(i);
});

const receives = task(async () => {
	for (;;) turns = await ping.receive();
});

const mutex = new Mutex<number>(0);

/** Nobody else wants it. */
const locks = task(async () => {
	for (;;) {
		using guard = await mutex.lock();
		turns++;
		guard.value = turns;
		await yieldNow();
	}
});

/** A turn of `locks` without its lock. */
const yields = task(async () => {
	for (;;) {
		turns++;
		await yieldNow();
	}
});

/** Two who hold it across a turn: each lock is handed over. */
const contends = task({ pool: 2 }, async () => {
	for (;;) {
		using guard = await mutex.lock();
		turns++;
		guard.value = turns;
		await yieldNow();
	}
});

const selects = task(async () => {
	for (;;) {
		const first = await select(ping.receive(), sleep(1000));
		turns++;
		if (first.index === 1) return;
	}
});

const offers = task(async () => {
	for (;;) {
		ping.trySend(1);
		await yieldNow();
	}
});

const KEYS = ["channel_pingpong", "channel_value", "mutex_and_turn", "turn_alone", "mutex_contended", "select2"];
const took: number[] = [];
const did: number[] = [];
for (let i = 0; i < KEYS.length; i++) {
	took.push(0);
	did.push(0);
}

/** Steps of the counter for so many turns of two tasks that run until they are cancelled. */
function steps(which: number, token: number, other = -1): void {
	const id = spawnDetached(token);
	const otherId = other < 0 ? -1 : spawnDetached(other);
	runFor(500, 0);
	const first = turns;
	const before = cycles();
	while (turns < first + TURNS) runFor(1000, 0);
	took[which] = (cycles() - before) | 0;
	did[which] = turns - first;
	cancel(id);
	if (otherId >= 0) cancel(otherId);
	runFor(100, 0);
	while (ping.tryReceive() !== undefined);
	while (pong.tryReceive() !== undefined);
	turns = 0;
}

runFor(1, 0);
steps(0, asks(), answers());
steps(1, sends(), receives());
steps(2, locks());
steps(3, yields());
steps(4, contends(), contends());
steps(5, selects(), offers());
const slots = stat(STAT_GROWTH_SLOTS);
const bytes = stat(STAT_GROWTH_BYTES);
const collections = stat(STAT_COLLECTIONS);
for (let i = 0; i < KEYS.length; i++) report(KEYS[i], took[i], did[i]);
value("waits_growth_slots", slots);
value("waits_growth_bytes", bytes);
value("waits_collections", collections);
