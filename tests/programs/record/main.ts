/**
 * Whatever a board can ask of the outside, all at once: times, the calendar, random numbers, counters, bytes of the console, the button at odd
 * moments, an interrupt raised by software, tasks that compute while things come. What it prints depends on all of it.
 */
import { executorStats, log, now, run, sleep, spawn, task, taskStats, yieldNow } from "stator";
import { button, interrupt, pend, serial } from "stator/board";
import { press } from "../finger/finger.native.js";

const VECTOR = 5;
const counts = { presses: 0, pended: 0, turns: 0, bytes: 0 };
const stats = { cycles: 0, polls: 0, longestPoll: 0 };
const all = { cyclesAwake: 0, cyclesInTasks: 0, cyclesPerSecond: 0 };

const watch = task(async () => {
	for (;;) {
		counts.presses += await button.edge("falling");
		log("pressed", now() * 1000 + (counts.turns % 1000));
	}
});

const raised = task(async () => {
	for (;;) {
		counts.pended += await interrupt(VECTOR);
		log("raised", counts.pended);
	}
});

const busy = task(async () => {
	let sum = 0;
	for (;;) {
		for (let i = 0; i < 200; i++) sum = (sum + Math.floor(Math.random() * 1000)) | 0;
		counts.turns++;
		if (counts.turns % 50 === 0) log("sum", sum);
		if (counts.turns % 7 === 0) pend(VECTOR);
		if (counts.turns % 3 === 0) await sleep(counts.turns % 11);
		else await yieldNow();
	}
});

const ear = task(async () => {
	for (;;) {
		const byte = await serial.receive();
		counts.bytes++;
		log("byte", byte * 100000 + now());
	}
});

run(async () => {
	spawn(watch());
	spawn(raised());
	const worker = spawn(busy());
	spawn(ear());
	press(23, 31);
	log("ready");
	for (let i = 0; i < 10; i++) {
		await sleep(93);
		if (taskStats(worker.id, stats) === 0) log("cycles of busy", stats.cycles % 1000000);
		executorStats(all);
		log("awake", all.cyclesAwake % 1000000);
		log("id", worker.id);
		log("date", Date.now() % 100000);
	}
	log("turns", counts.turns);
	log("presses", counts.presses);
	log("pended", counts.pended);
});
