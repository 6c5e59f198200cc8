/** Gives the messages back, and says when all were there. */
import { print } from "stator";
import { sharedSignal } from "stator/actor";
import { InterruptExecutor } from "stator/levels";
import { MESSAGES, seen } from "./samples.ts";

const all = sharedSignal("all");

InterruptExecutor.at(21, 2).run(async () => {
	for (let count = 1; ; count++) {
		const message = await seen.next();
		message.free();
		if (count !== MESSAGES) continue;
		print("all are there");
		all.signal(1);
	}
});
