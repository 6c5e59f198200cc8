/** 64 tasks that yield: what a resume costs, the round included. `resume <resumes>` */
import { runFor, spawnDetached, task, yieldNow } from "stator";
import { programArguments } from "stator/io";
import { cpuNs, wallNs } from "../measure.native.js";
import { figure, growth, report } from "../report.ts";

const TASKS = 64;
const count = Number(programArguments()[0]);
let turns = 0;

const yields = task({ pool: TASKS, name: "yields" }, async () => {
	for (;;) {
		turns++;
		await yieldNow();
	}
});

for (let i = 0; i < TASKS; i++) spawnDetached(yields());
runFor(count / 10, 0);
const first = turns;
const wall = wallNs();
const cpu = cpuNs();
runFor(count, 0);
const cpuTook = cpuNs() - cpu;
const wallTook = wallNs() - wall;
const grew = growth();
report(figure("count", turns - first), figure("wall_ns", wallTook), figure("cpu_ns", cpuTook), grew);
