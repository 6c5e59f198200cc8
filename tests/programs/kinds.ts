/**
 * Every way to suspend a task in one executor at once: a compiled state machine, a poll written by hand, a generator that a poll drives,
 * and an async function of the engine's. They take turns in one round, and each says what a turn of it costs.
 */
import {
	done,
	JoinHandle,
	log,
	PENDING,
	plainTask,
	pollTask,
	print,
	run,
	spawn,
	type Task,
	task,
	taskStats,
	wake,
	yieldNow,
} from "stator";

const TURNS = 50;
let order = "";
let turns = 0;
let released = false;

function turn(kind: string): boolean {
	if (turns++ < 8) order += kind;
	return released;
}

const compiled = task(async () => {
	while (!turn("c")) await yieldNow();
	return 1;
});

const written = pollTask<[], number>({ name: "written" }, () => ({
	poll(id) {
		if (turn("w")) return done(2);
		wake(id);
		return PENDING;
	},
}));

function* turning(): Generator<undefined, number> {
	while (!turn("g")) yield;
	return 3;
}

const generated = pollTask<[], number>({ name: "generated" }, () => {
	let running = turning();
	return {
		start() {
			running = turning();
		},
		poll(id) {
			const { done: ended, value } = running.next();
			if (ended) return done(value);
			wake(id);
			return PENDING;
		},
	};
});

const plain = plainTask({ name: "plain" }, async () => {
	while (!turn("p")) await yieldNow();
	return 4;
});

const stats = { cycles: 0, polls: 0, longestPoll: 0 };

function begin(kind: Task<[], number>): JoinHandle<number> {
	return spawn(kind(), new JoinHandle<number>());
}

run(async () => {
	const handles = [begin(compiled), begin(written), begin(generated), begin(plain)];
	while (turns < 4 * TURNS) await yieldNow();
	for (const handle of handles) {
		taskStats(handle.id, stats);
		log("cost", Math.floor(stats.cycles / stats.polls));
	}
	released = true;
	let sum = 0;
	for (const handle of handles) sum += Number(await handle.join());
	print("order " + order + ", values " + sum);
});
