/** `stator/threads` (Linux; on Node in one thread): executors on threads, work that goes to them, work dispatchers. */
export { type DispatcherOptions, DispatcherWait, WorkDispatcher } from "./dispatcher.ts";
export { workInput, workOutput } from "./errand.ts";
export { executorCount, here, post, run, submit, type ThreadOptions } from "./run.ts";
export { type Crossing, SharedTask, sharedTask } from "./shared-task.ts";
export { type ThreadStats, threadStats } from "./stats.ts";
export { attach, Work, type WorkOptions } from "./work.ts";
