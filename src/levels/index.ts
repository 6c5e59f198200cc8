/** `stator/levels`: executors at priorities, each in a machine of its own. */
export { Executor, InterruptExecutor, schedule } from "./executor.ts";
