/** `stator`: the executor as users meet it. */

export { dumpTrace, log, mark, now, print, wake } from "#hal";
export type { Awaitable } from "./awaitable.ts";
export { cancel } from "./executor/cancel.ts";
export { deadlineOf, setDeadline } from "./executor/deadline.ts";
export { done } from "./executor/end.ts";
export { CANCELLED, type Cancelled, Join, JoinHandle } from "./executor/join-handle.ts";
export { type Priority, pollTask, release, type Task, type TaskOptions } from "./executor/poll-task.ts";
export type { Frame, FrameClass } from "./executor/pool.ts";
export { runFor } from "./executor/run.ts";
export { spawn, spawnDetached, trySpawn } from "./executor/spawn.ts";
export { type ExecutorStats, executorStats, type TaskStats, taskStats } from "./executor/stats.ts";
export { requestStop, stopRequested } from "./executor/stop.ts";
export { GroupJoin, TaskGroup, type TaskGroupOptions } from "./executor/task-group.ts";
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
	YIELD,
} from "./status.ts";
export { Abortable, abortable, STOPPED, type Stopped, UntilStop, untilStop } from "./sync/abortable.ts";
export { Barrier, BarrierWait } from "./sync/barrier.ts";
export { Channel, Send } from "./sync/channel.ts";
export { JoinAll, type Joined, join, join3, join4 } from "./sync/join.ts";
export { Lock, Mutex, MutexGuard } from "./sync/mutex.ts";
export { OnceCell, OnceWait } from "./sync/once-cell.ts";
export { type BytesIn, type BytesOut, Pipe, PipeRead, PipeWrite } from "./sync/pipe.ts";
export { PriorityChannel, PrioritySend } from "./sync/priority-channel.ts";
export { NextPublished, Publish, PubSub, Subscriber } from "./sync/pub-sub.ts";
export { type Receivable, Receive } from "./sync/receive.ts";
export { ReadGuard, ReadLock, RwLock, WriteGuard, WriteLock } from "./sync/rw-lock.ts";
export { Select, type Selected, SelectMore, select, select3, select4 } from "./sync/select.ts";
export { Acquire, AcquireMany, Permit, Semaphore } from "./sync/semaphore.ts";
export { Signal, SignalWait } from "./sync/signal.ts";
export { Changed, Watch, Watcher } from "./sync/watch.ts";
export { SlotWait, ZeroCopyChannel } from "./sync/zero-copy-channel.ts";
export { task } from "./task.ts";
export { LongSleep, sleepDays } from "./time/long-sleep.ts";
export { Sleep, sleep } from "./time/sleep.ts";
export { TickSleep } from "./time/tick-sleep.ts";
export { Ticker } from "./time/ticker.ts";
export { TIMEOUT, type TimedOut, Timeout, withDeadline, withTimeout } from "./time/timeout.ts";
export { Timer } from "./time/timer.ts";
