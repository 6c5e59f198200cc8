/** A value there and back between two tasks over two channels of one slot. `ping <round trips>` */
import { Channel, run, spawnDetached, task } from "stator";
import { programArguments } from "stator/io";
import { cpuNs, wallNs } from "../measure.native.js";
import { figure, growth, report } from "../report.ts";

const count = Number(programArguments()[0]);
const ask = new Channel<number>(1);
const answer = new Channel<number>(1);
let turns = 0;
let first = 0;
let wall = 0;
let cpu = 0;

const answers = task({ name: "answers" }, async () => {
	for (;;) await answer.send((await ask.receive()) + 1);
});

spawnDetached(answers());
run(async () => {
	while (turns < count / 10) {
		await ask.send(turns);
		turns = await answer.receive();
	}
	first = turns;
	wall = wallNs();
	cpu = cpuNs();
	while (turns < first + count) {
		await ask.send(turns);
		turns = await answer.receive();
	}
	cpu = cpuNs() - cpu;
	wall = wallNs() - wall;
});
const grew = growth();
report(figure("count", turns - first), figure("wall_ns", wall), figure("cpu_ns", cpu), grew);
