/** The fast loop: every 10 ms it moves the position half-way to the target, whatever main is doing. */
import { Timer } from "stator";
import { sharedQueue } from "stator/actor";
import { InterruptExecutor } from "stator/levels";
import { Report } from "./setpoint.ts";

const reports = sharedQueue("reports", Report, 8);
const period = Timer.every(10);
const TARGET = 1000;

InterruptExecutor.at(20, 2).run(async () => {
	let position = 0;
	for (let step = 1; step <= 6; step++) {
		await period;
		position += (TARGET - position) >> 1;
		const report = reports.pool?.alloc();
		if (report === undefined) continue; // main is far behind: this report is left out
		report.set(Report.step, step);
		report.set(Report.position, position);
		reports.put(report);
	}
});
