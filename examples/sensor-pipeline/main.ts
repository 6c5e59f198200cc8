/**
 * A pipeline of three tasks over two channels: a sensor that is read every 10 ms, a filter that averages eight readings,
 * and the root, which says when the average crosses a threshold. The sensor is a computed one, so that every run is the same.
 */
import { Channel, log, run, spawn, Timer, task } from "stator";

const WINDOW = 8;
const THRESHOLD = 500;
const SAMPLES = 400;

const readings = new Channel<number>(4);
const averages = new Channel<number>(2);
const ticker = Timer.every(10);

/** A slow triangle from 0 to 1000 and back, with noise on it (a linear congruential generator). */
let phase = 0;
let noise = 1;
function readSensor(): number {
	phase = (phase + 10) % 2000;
	noise = (noise * 109 + 89) % 1000;
	return (phase < 1000 ? phase : 2000 - phase) + (noise % 41) - 20;
}

const sample = task(async () => {
	for (let i = 0; i < SAMPLES; i++) {
		await ticker;
		await readings.send(readSensor());
	}
	await readings.send(-1000);
});

const window: number[] = [];
for (let i = 0; i < WINDOW; i++) window.push(0);

const filter = task(async () => {
	let sum = 0;
	let at = 0;
	for (;;) {
		const value = await readings.receive();
		if (value === -1000) break;
		sum += value - window[at];
		window[at] = value;
		at = (at + 1) % WINDOW;
		await averages.send((sum / WINDOW) | 0);
	}
	await averages.send(-1000);
});

run(async () => {
	spawn(sample());
	spawn(filter());
	let above = false;
	let count = 0;
	for (;;) {
		const average = await averages.receive();
		if (average === -1000) break;
		count++;
		if (average > THRESHOLD !== above) {
			above = !above;
			log(above ? "above the threshold:" : "below the threshold:", average);
		}
	}
	log("averages:", count);
});
