// The native functions of native/xs/ring-glue.c: signals, channels and pipes in C memory, which all machines and interrupt handlers share.
export function ringOpen(kind, name, format, size, capacity) @ "xs_stator_ring_open";
export function ringWaitNew(bytes) @ "xs_stator_ring_wait_new";
export function ringStart(wait, ring) @ "xs_stator_ring_start";
export function ringPoll(wait, waker) @ "xs_stator_ring_poll";
export function ringTake(wait) @ "xs_stator_ring_take";
export function ringLeave(wait) @ "xs_stator_ring_leave";
export function ringPut(ring, value) @ "xs_stator_ring_put";
export function ringGet(ring) @ "xs_stator_ring_get";
export function ringPutItem(ring, item) @ "xs_stator_ring_put_item";
export function ringGetItem(ring, item) @ "xs_stator_ring_get_item";
export function ringClear(ring) @ "xs_stator_ring_clear";
export function ringLength(ring) @ "xs_stator_ring_length";
export function ringRefused(ring) @ "xs_stator_ring_refused";
export function itemRead(item, offset, kind) @ "xs_stator_item_read";
export function itemWrite(item, offset, kind, value) @ "xs_stator_item_write";
