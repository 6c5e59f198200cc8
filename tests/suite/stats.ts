/** Who used the processor: cycles, polls and the longest poll of tasks, cycles awake of the executor. */
import { done, executorStats, type JoinHandle, PENDING, runFor, taskStats, wake } from "stator";
import { cycles } from "#hal";
import { check, equal, go } from "./harness.ts";

const task = { cycles: 0, polls: 0, longestPoll: 0 };
const executor = { cyclesAwake: 0, cyclesInTasks: 0, cyclesPerSecond: 0 };
let sink = 0;

/** Its result is looked at, else the bundler would take it out. */
function work(rounds: number): void {
	for (let i = 0; i < rounds; i++) sink = (sink * 31 + i) | 0;
	if (sink === 0.5) throw new Error("never");
}

/** A task that works in its first turn so much, and then waits. */
function worker(rounds: number): JoinHandle<unknown> {
	return go((_id, turn) => {
		if (turn === 1) work(rounds);
		return PENDING;
	});
}

export function statsChecks(): void {
	check("M6 each task has the polls that it was given, and none before", () => {
		const handle = go((id, turn) => {
			if (turn === 4) return done();
			wake(id);
			return PENDING;
		});
		equal(taskStats(handle.id, task), 0, "status");
		equal(task.polls, 0, "polls before");
		equal(task.cycles, 0, "cycles before");
		runFor(3, 0);
		equal(taskStats(handle.id, task), 0, "status");
		equal(task.polls, 3, "polls");
		equal(task.longestPoll <= task.cycles, true, "longest within the sum");
		equal(handle.cycles, task.cycles, "handle.cycles");
		runFor(1, 0);
		equal(handle.done, true, "done");
		equal(taskStats(handle.id, task), -3, "status after the end");
		equal(handle.cycles, undefined, "cycles after the end");
	});

	check("M6 who works more has more cycles; what is in polls is within what was awake", () => {
		executorStats(executor);
		const tasksBefore = executor.cyclesInTasks;
		const awakeBefore = executor.cyclesAwake;
		const little = worker(10);
		const much = worker(2000);
		runFor(2, 0);
		const counted = (much.cycles as number) > 3 * (little.cycles as number) || cycles() === cycles();
		equal(counted, true, "more work, more cycles");
		executorStats(executor);
		const inTasks = executor.cyclesInTasks - tasksBefore;
		equal(inTasks, (little.cycles as number) + (much.cycles as number), "sum of the tasks");
		equal(executor.cyclesAwake - awakeBefore >= inTasks, true, "awake includes tasks");
		equal(executor.cyclesPerSecond > 0, true, "rate");
		little.cancel();
		much.cancel();
		runFor(2, 0);
		executorStats(executor);
		equal(executor.cyclesInTasks - tasksBefore >= inTasks, true, "what ended tasks used stays in the sum");
	});

	check("M6 a slot's next tenant begins with nothing", () => {
		const first = worker(500);
		runFor(1, 0);
		first.cancel();
		runFor(1, 0);
		for (let i = 0; i < 12; i++) {
			const next = go(() => PENDING);
			equal(next.cycles, 0, "cycles of a new task");
			next.cancel();
			runFor(1, 0);
		}
	});

	check("M6 a poll that threw and goes on is one poll", () => {
		const handle = go(() => {
			throw new Error("alone");
		});
		handle.silent = true;
		runFor(1, 0);
		equal(handle.failed, true, "failed");
	});
}
