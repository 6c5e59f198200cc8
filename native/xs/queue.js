// The native functions of native/xs/queue-glue.c: messages in C memory, which all machines share.
export function poolOpen(name, size, count) @ "xs_stator_pool_open";
export function queueOpen(name) @ "xs_stator_queue_open";
// stator: no-allocation returns a whole number
export function messageAlloc(pool) @ "xs_stator_message_alloc";
// stator: no-allocation returns a whole number
export function messageFree(message) @ "xs_stator_message_free";
// stator: no-allocation returns a whole number
export function queuePut(queue, message) @ "xs_stator_queue_put";
// stator: no-allocation returns a whole number
export function queueTake(queue) @ "xs_stator_queue_take";
export function queueWaitNew() @ "xs_stator_queue_wait_new";
// stator: no-allocation links an entry in C memory
export function queueAwait(queue, wait, waker) @ "xs_stator_queue_await";
// stator: no-allocation takes an entry out in C memory
export function queueLeave(queue, wait) @ "xs_stator_queue_leave";
// stator: no-allocation returns a number
export function messageRead(message, offset, kind) @ "xs_stator_message_read";
// stator: no-allocation writes to C memory
export function messageWrite(message, offset, kind, value) @ "xs_stator_message_write";
