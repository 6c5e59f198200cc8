/** What a task sees of the polls so far, while the round that polls it goes on. */
import { log, run, yieldNow } from "stator";
import { STAT_POLLS, stat } from "#hal";

run(async () => {
	for (let turn = 0; turn < 3; turn++) {
		log("polls", stat(STAT_POLLS));
		await yieldNow();
	}
});
