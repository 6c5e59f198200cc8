import { run, sleep } from "stator";
import { check, equal, throws } from "stator/check";

let turns = 0;
run(async () => {
	for (; turns < 3; turns++) await sleep(10);
});
check("a task was there", () => equal(turns, 3));
check("this is wrong", () => equal(turns, 4, "turns"));
check("nothing is thrown here", () => throws(() => {}, "x"));
