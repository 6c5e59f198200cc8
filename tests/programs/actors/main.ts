/**
 * Two actors at vectors 20 and 21 in machines of their own, and a handler in C that posts to the urgent one. The sender posts
 * by way of the handler, in the middle of its own turn: the receiver preempts it.
 */
import { log, print, sleep } from "stator";
import { actor, maskInterrupts, record, run, schedule, sharedQueue } from "stator/actor";
import { attach, refusedCount } from "./isr.native.js";

const Sample = record({ n: "u32" });
const samples = sharedQueue("samples", Sample, 2);
const answers = sharedQueue("answers");

const receiver = actor(async () => {
	for (let i = 0; i < 4; i++) {
		using message = await samples.next();
		log("received", message.get(Sample.n));
		if (message.get(Sample.n) === 4) answers.put(message);
	}
});

const sender = actor(async () => {
	await sleep(5);
	for (let i = 1; i <= 3; i++) {
		log("sending", i);
		schedule(24);
		log("sent", i);
		await sleep(5);
	}
	schedule(24);
	using answer = await answers.next();
	log("answered", answer.get(Sample.n));
	log("refused", refusedCount());
});

maskInterrupts();
attach();
run([
	[20, receiver(), 1],
	[21, sender(), 2],
]);
print("all actors have ended");
