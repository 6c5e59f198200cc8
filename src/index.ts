/** `stator`: the executor as users meet it. */

export { dumpTrace, log, mark, now, print, wake } from "#hal";
export type { Awaitable } from "./awaitable.ts";
export { cancel } from "./executor/cancel.ts";
export { done } from "./executor/end.ts";
export { CANCELLED, type Cancelled, Join, JoinHandle } from "./executor/join-handle.ts";
export { type Priority, pollTask, release, type Task, type TaskOptions } from "./executor/poll-task.ts";
export type { Frame, SharedFrame } from "./executor/pool.ts";
export { runFor } from "./executor/run.ts";
export { spawn, spawnDetached, trySpawn } from "./executor/spawn.ts";
export { type ExecutorStats, executorStats, type TaskStats, taskStats } from "./executor/stats.ts";
export { isCurrent, type TaskId, type Token } from "./executor/task-id.ts";
export { YieldNow, yieldNow } from "./executor/yield-now.ts";
export { Leaf } from "./leaf.ts";
export { plainTask } from "./plain/plain-task.ts";
export { run } from "./plain/run.ts";
export {
	EAGAIN,
	EBUSY,
	ECANCELED,
	EINVAL,
	ENOBUFS,
	ENOMEM,
	ESRCH,
	ETIME,
	PENDING,
	type Poll,
	READY,
	statusText,
} from "./status.ts";
export { Channel, Receive, Send } from "./sync/channel.ts";
export { task } from "./task.ts";
export { Sleep, sleep } from "./time/sleep.ts";
export { Ticker, Timer } from "./time/timer.ts";
