/** `stator/actor`: messages, pools, queues, signals, channels and pipes that machines and interrupt handlers share; actors at interrupt vectors. */
export { schedule } from "../levels/executor.ts";
export { task as actor } from "../task.ts";
export { Item, type ItemView, item } from "./item.ts";
export { Message } from "./message.ts";
export { Next, Pool, Queue, sharedPool, sharedQueue } from "./pool.ts";
export { type Bytes, bytes, type Field, type Layout, type NumberKind, record } from "./record.ts";
export { type ActorEntry, maskInterrupts, run } from "./run.ts";
export { SharedChannel, SharedRecordChannel, sharedChannel, sharedRecordChannel } from "./shared-channel.ts";
export { SharedPipe, SharedPipeRead, sharedPipe } from "./shared-pipe.ts";
export { type Shared, SharedReceive, SharedReceiveRecord } from "./shared-receive.ts";
export { SharedRecordSignal, SharedSignal, sharedRecordSignal, sharedSignal } from "./shared-signal.ts";
