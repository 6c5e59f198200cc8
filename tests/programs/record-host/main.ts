/**
 * Whatever a program on Linux can ask of the outside beside files and sockets: lines of the console, signals, times, the calendar and its time
 * zone, random numbers, counters, arguments, a wait that is given up. What it prints depends on all of it.
 */
import { executorStats, log, now, run, sleep, spawn, TIMEOUT, task, taskStats, withTimeout, yieldNow } from "stator";
import { interrupt, pend } from "stator/board";
import { File, ioBuffer, programArguments } from "stator/io";

const RAISED = 40;
const LINES = 5;
const SIGNALLED = 3;
const stats = { cycles: 0, polls: 0, longestPoll: 0 };
const all = { cyclesAwake: 0, cyclesInTasks: 0, cyclesPerSecond: 0 };
const stdin = new File();
stdin.handle = 0;
const line = ioBuffer(256);
const counts = { turns: 0, raised: 0 };

for (const argument of programArguments()) log("argument " + argument);

const busy = task(async () => {
	let sum = 0;
	for (;;) {
		for (let i = 0; i < 20; i++) sum = (sum + Math.floor(Math.random() * 1000)) | 0;
		counts.turns++;
		if (counts.turns % 50 === 0) log("sum", sum);
		if (counts.turns % 7 === 0) pend(RAISED);
		if (counts.turns % 3 === 0) await sleep(counts.turns % 11);
		else await yieldNow();
	}
});

const raised = task(async () => {
	for (;;) counts.raised += await interrupt(RAISED);
});

/** Bytes that were typed, as text. */
function typed(count: number): string {
	let text = "";
	for (let i = 0; i < count - 1; i++) text += String.fromCharCode(line[i]);
	return text;
}

run(async () => {
	const worker = spawn(busy());
	spawn(raised());
	const signal = interrupt("SIGUSR1");
	for (let number = 1; number <= LINES; number++) {
		// Nothing has been typed yet, as a rule: a read that is given up in flight.
		const early = await withTimeout(stdin.read(line), 3);
		log("early", early === TIMEOUT ? -1 : early);
		log("ready " + number);
		if (number === SIGNALLED) log("signals", await signal);
		else if (early === TIMEOUT) log("typed " + typed(await stdin.read(line)));
		if (taskStats(worker.id, stats) === 0) log("cycles of busy", stats.cycles % 1000000);
		executorStats(all);
		log("awake", all.cyclesAwake % 1000000);
		const date = new Date();
		log(date.toISOString() + " at " + now() + ", zone " + date.getTimezoneOffset() + ", hour " + date.getHours());
		log("made " + new Date(2024, 6, number).getTime());
	}
	log("turns", counts.turns);
	log("raised", counts.raised);
	log("the end");
});
