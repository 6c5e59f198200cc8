/** `stator/levels`: executors at priorities, each in a machine of its own. */
export { InterruptExecutor, schedule } from "./executor.ts";
export { Executor } from "./thread-executor.ts";
