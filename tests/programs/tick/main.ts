/**
 * Timers of two and three levels, driven by a handler in C and by a task; compiled tasks sleep for so many of their ticks, in captured
 * frames and in frame objects (the pool of twelve). Nobody goes on early or late; giving up leaves nothing.
 */
import { log, print, run, select, sleep, spawn, Timer, task } from "stator";
import { beat, beats } from "./tick.native.js";

const teeth = new Timer(2, "teeth");
const frames = new Timer(3);
/** 5,000 instructions apart, in steps of 40 ns. */
const CYCLES = 8000;

let wrong = 0;

const spark = task({ pool: 2 }, async (every: number, times: number) => {
	let due = teeth.now() + every;
	for (let i = 0; i < times; i++) {
		await teeth.sleepUntil(due);
		if (teeth.now() - due > 1 || teeth.now() < due) wrong++;
		due += every;
	}
	return due;
});

const crowd = task({ pool: 12 }, async (ticks: number) => {
	for (let i = 0; i < 20; i++) {
		const start = frames.now();
		await frames.sleepFor(ticks);
		if (frames.now() !== start + ticks) wrong++;
	}
	return ticks;
});

const drive = task(async () => {
	for (let i = 0; i < 20 * 300; i++) {
		frames.tick();
		await sleep(0);
		await sleep(0);
	}
});

beat(CYCLES);
run(async () => {
	const long = spawn(spark(700, 5));
	await spawn(spark(3, 400)).join();
	const first = await select(teeth.sleepFor(5), sleep(10_000));
	log("first", first.index);
	await long.join();
	for (let i = 0; i < 12; i++) spawn(crowd(1 + 25 * i));
	const driving = spawn(drive());
	await driving.join();
});
print(
	"wrong " +
		wrong +
		", beats " +
		(beats() >= teeth.now() && beats() - teeth.now() < 2 ? "counted" : "lost") +
		", frames " +
		frames.now(),
);
