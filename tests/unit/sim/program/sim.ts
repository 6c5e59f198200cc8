/** What comes from outside in the simulator's own test program, and what has to hold in it. */

import { sharedQueue } from "stator/actor";
import { choose, happens, interrupt, invariant, messageCounts, press } from "stator/sim";
import { Sample } from "./sample.ts";

const samples = sharedQueue("samples", Sample, 3);

happens("press", { every: [3, 60] }, press);
happens("vector", { every: [2, 40] }, () => interrupt(7 + choose(2)));
// As a driver's handler does: takes a message, fills it, puts it into the queue; with none free the sample is lost.
happens("sample", { after: [0, 20], every: [1, 25] }, () => {
	const message = samples.pool?.alloc();
	if (message === undefined) return;
	message.set(Sample.value, choose(100));
	samples.put(message);
});

invariant("three samples", () => {
	const { free, queued, held } = messageCounts("samples");
	return free + queued + held === 3 && held <= 2;
});
