/** Native async functions on XS: 64 that `await undefined`. `resume <resumes>` */
import { programArguments } from "stator/io";
import { jobs } from "#hal";
import { cpuNs, wallNs } from "../measure.native.js";
import { figure, report } from "../report.ts";

const TASKS = 64;
const count = Number(programArguments()[0]);
let turns = 0;
let until = 0;

// stator: allows-allocation native await is what is measured
async function yields(): Promise<void> {
	while (turns < until) {
		turns++;
		await undefined;
	}
}

function runs(more: number): void {
	until = turns + more;
	for (let i = 0; i < TASKS; i++) void yields();
	while (turns < until) jobs();
}

runs(count / 10);
const first = turns;
const wall = wallNs();
const cpu = cpuNs();
runs(count);
report(figure("count", turns - first), figure("wall_ns", wallNs() - wall), figure("cpu_ns", cpuNs() - cpu));
