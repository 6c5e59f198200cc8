/** The slow part: computes without giving control away, then reads what the control loop did meanwhile. */
import { log, now, run } from "stator";
import { sharedQueue } from "stator/actor";
import { Report } from "./setpoint.ts";

const reports = sharedQueue("reports", Report, 8);

function compute(): number {
	let primes = 0;
	const end = now() + 35;
	for (let n = 2; now() < end; n++) {
		let divisor = 2;
		while (divisor * divisor <= n && n % divisor !== 0) divisor++;
		if (divisor * divisor > n) primes++;
	}
	return primes;
}

run(async () => {
	log(compute() > 10 ? "computed for 35 ms" : "computed too little");
	for (let i = 0; i < 6; i++) {
		using report = await reports.next();
		log("position", report.get(Report.position));
	}
});
