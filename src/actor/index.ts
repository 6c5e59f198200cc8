/** `stator/actor`: messages, pools and queues that machines and interrupt handlers share; actors at interrupt vectors. */
export { schedule } from "../levels/executor.ts";
export { task as actor } from "../task.ts";
export { Message } from "./message.ts";
export { Next, Pool, Queue, sharedPool, sharedQueue } from "./pool.ts";
export { type Bytes, bytes, type Field, type Layout, type NumberKind, record } from "./record.ts";
export { type ActorEntry, maskInterrupts, run } from "./run.ts";
