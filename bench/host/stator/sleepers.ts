/** Tasks that sleep 50 to 150 ms, again and again. `sleepers <tasks> <milliseconds>` */
import { run, sleep, spawnDetached, task } from "stator";
import { programArguments } from "stator/io";
import { cpuNs, lateCount, lateEarly, lateMaxUs, lateP99Us, noteLate, wallNs } from "../measure.native.js";
import { figure, growth, report } from "../report.ts";

const TASKS = 10_000;
const [count, milliseconds] = programArguments().map(Number);
if (!(count >= 1 && count <= TASKS && milliseconds >= 1))
	throw new RangeError("sleepers <tasks, 1 to 10000> <milliseconds>: got " + programArguments().join(" "));
let end = 0;

const sleeps = task({ pool: TASKS, name: "sleeps" }, async (period: number) => {
	let now = wallNs();
	while (now < end) {
		await sleep(period);
		now = noteLate(period, now);
	}
});

const wall = wallNs();
const cpu = cpuNs();
end = wall + milliseconds * 1e6;
for (let i = 0; i < count; i++) spawnDetached(sleeps(50 + ((i * 37) % 101)));
run();
const cpuTook = cpuNs() - cpu;
const wallTook = wallNs() - wall;
const grew = growth();
report(
	figure("count", lateCount()),
	figure("early", lateEarly()),
	figure("cpu_ns", cpuTook),
	figure("wall_ns", wallTook),
	figure("p99_us", lateP99Us()),
	figure("max_us", lateMaxUs()),
	grew,
);
