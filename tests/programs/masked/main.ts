/**
 * A task raises an interrupt and looks whether it came while the task was still running. With "maskWhilePolling" it comes when the
 * task has yielded, once for each vector; a task that throws leaves nothing masked behind.
 */
import { print, run, spawn, task, yieldNow } from "stator";
import { interrupt, interruptCount, pend } from "stator/board";

const watch = task(async () => {
	for (let i = 0; i < 2; i++) print("woken by " + (await interrupt(20)));
});

const throws = task(async () => {
	await yieldNow();
	pend(20);
	throw new Error("in the middle of a turn");
});

run(async () => {
	spawn(watch());
	await yieldNow();
	await yieldNow();
	const before = interruptCount(20);
	pend(20);
	pend(20);
	print("during the turn " + (interruptCount(20) - before));
	await yieldNow();
	print("after it " + (interruptCount(20) - before));
	await yieldNow();
	spawn(throws());
	await yieldNow();
	await yieldNow();
	await yieldNow();
	print("at the end " + (interruptCount(20) - before));
});
