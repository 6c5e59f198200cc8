/**
 * A storm: a handler in C and a level put numbers, records and bytes into shared channels, signals and a pipe, while tasks in thread mode wait
 * for them. Each has to come in order, none lost, none doubled; what was refused has to be counted.
 */
import { print, run, sleep, spawn, task, yieldNow } from "stator";
import { sharedChannel, sharedPipe, sharedRecordChannel, sharedSignal } from "stator/actor";
import { STAT_COLLECTIONS, STAT_GROWTH_BYTES, STAT_GROWTH_SLOTS, stat } from "#hal";
import { counted, storm } from "./isr.native.js";
import { LEVEL_TIMES, Reading, TIMES } from "./names.ts";

/** Of the timer, 40 ns each: 2,000 instructions. */
const CYCLES = 3200;

const numbers = sharedChannel("numbers", "u32", 16);
const ofTheLevel = sharedChannel("of the level", "u32", 8);
const readings = sharedRecordChannel("readings", Reading, 4);
const latest = sharedSignal("latest", "u32");
const speed = sharedSignal("speed", "f64");
const bytes = sharedPipe("bytes", 32);

let wrong = 0;
let received = 0;
let fromLevel = 0;
let records = 0;
let signals = 0;
let speeds = 0;
let read = 0;
let last = 0;
let lastSpeed = 0;

const takeNumbers = task(async () => {
	while (received < TIMES) {
		const n = await numbers.receive();
		received++;
		if (n !== received) wrong++;
		// Slow now and then: the channel is full meanwhile.
		if ((received & 1023) === 0) for (let i = 0; i < 500; i++) last += 0;
	}
});

const takeLevel = task(async () => {
	for await (const n of ofTheLevel) {
		fromLevel++;
		if (n !== fromLevel) wrong++;
		if (fromLevel === LEVEL_TIMES) break;
	}
});

const takeReadings = task(async () => {
	let before = 0;
	for (;;) {
		const reading = await readings.receive();
		const n = reading.get(Reading.n);
		// A record that found no room is lost, or the same number comes again; never out of order, never torn.
		if (n < before || reading.get(Reading.twice) !== 2 * n) wrong++;
		before = n;
		records++;
	}
});

const takeLatest = task(async () => {
	for (;;) {
		const n = await latest.wait();
		if (n < last) wrong++;
		last = n;
		signals++;
	}
});

const takeSpeed = task(async () => {
	for (;;) {
		const value = await speed.wait();
		if (value < lastSpeed) wrong++;
		lastSpeed = value;
		speeds++;
	}
});

const into = [0, 0, 0, 0, 0, 0, 0, 0];
const takeBytes = task(async () => {
	for (;;) {
		const count = await bytes.read(into, 0, 8);
		for (let i = 0; i < count; i++) if (into[i] !== ((read + i) & 255)) wrong++;
		read += count;
	}
});

run(async () => {
	const taking = spawn(takeNumbers());
	const takingLevel = spawn(takeLevel());
	spawn(takeReadings());
	spawn(takeLatest());
	spawn(takeSpeed());
	spawn(takeBytes());
	await yieldNow();
	await yieldNow();
	storm(TIMES, CYCLES);
	await taking.join();
	await takingLevel.join();
	await sleep(5);
});
const growth = stat(STAT_GROWTH_SLOTS) + stat(STAT_GROWTH_BYTES) + stat(STAT_COLLECTIONS);
print("numbers " + received + ", sent " + counted(0) + ", wrong " + wrong);
print("refused " + (numbers.refused === counted(1) ? counted(1) : "miscounted"));
print(
	"bytes " +
		read +
		", sent " +
		counted(2) +
		", cut short " +
		(bytes.refused === counted(3) ? counted(3) : "miscounted"),
);
print("latest " + last + " of " + signals + ", speed " + lastSpeed + " of " + speeds);
print("level " + fromLevel + ", refused " + ofTheLevel.refused + ", records " + records + " and " + readings.refused);
print("growth " + growth);
