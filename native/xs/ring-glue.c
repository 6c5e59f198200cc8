/*
 * The native functions behind the shared signals, channels and pipes of `stator/actor` (ring.js): argument conversion around
 * native/abi/ring.h, and what is wrong with a declaration, in words. Rings and waits are in the block of the machine in thread mode,
 * whichever machine opens them first. Linked only into programs that have some.
 */
#include "xsAll.h"

#include "executor-here.h"
#include "field.h"
#include "heap.h"
#include "native-call.h"
#include "ring.h"

#include <errno.h>

enum { RINGS_MAX = 64, RECORD = FIELD_KINDS, CAPACITY_MAX = 0xFFFF };

static const char *const kinds[] = { "signal", "channel", "pipe" };
static stator_ring *ring_table[RINGS_MAX];

static stator_ring *ring_arg(txMachine *the, int index)
{
	uint32_t number = unsigned_arg(the, index);
	if (number >= RINGS_MAX || !ring_table[number])
		mxTypeError("shared: no signal, channel or pipe of that number");
	return ring_table[number];
}

static stator_ring_wait *wait_arg(txMachine *the, int index)
{
	return (stator_ring_wait *)(stator_block_begin() + unsigned_arg(the, index) * sizeof(void *));
}

/* ringOpen(kind, name, format, size, capacity): its number. INIT */
void xs_stator_ring_open(txMachine *the)
{
	stator_ring *ring;
	uint32_t kind = unsigned_arg(the, 0), format = unsigned_arg(the, 2), size = unsigned_arg(the, 3), capacity = unsigned_arg(the, 4);
	txString name = fxToString(the, mxArgv(1));
	const char *called = kinds[kind];
	if (size > STATOR_ITEM_MAX)
		mxRangeError("%s \"%.40s\": a record of %u bytes; what is larger than %u goes as a message: sharedQueue", called, name, (unsigned)size,
			(unsigned)STATOR_ITEM_MAX);
	if (capacity < 1 || capacity > CAPACITY_MAX)
		mxRangeError("%s \"%.40s\": its capacity is 1 to %u", called, name, (unsigned)CAPACITY_MAX);
	int status = stator_ring_open(kind, name, format, size, capacity, stator_heap_keep_shared, &ring);
	if (status == -EEXIST)
		mxRangeError("%s \"%.40s\": elsewhere it is a %s of %u items of %u bytes%s", called, name, kinds[ring->kind], (unsigned)ring->capacity,
			(unsigned)ring->size, ring->kind == kind && ring->size == size && ring->capacity == capacity ? " of another kind" : "");
	if (status || ring->number >= RINGS_MAX)
		mxRangeError("%s \"%.40s\": no memory for %u items of %u bytes", called, name, (unsigned)capacity, (unsigned)size);
	ring_table[ring->number] = ring;
	return_integer(the, ring->number);
}

/* ringWaitNew(bytes): a wait's number, with room for an item of so many bytes: its place in the machine's memory, in words. INIT */
void xs_stator_ring_wait_new(txMachine *the)
{
	uint32_t room = mxArgc > 0 ? unsigned_arg(the, 0) : sizeof(double);
	stator_ring_wait *wait = stator_heap_keep_shared(sizeof *wait + room);
	if (!wait)
		mxRangeError("shared: no memory for a wait");
	wait->room = (uint8_t)room;
	return_integer(the, (txInteger)(((char *)wait - stator_block_begin()) / (ptrdiff_t)sizeof(void *)));
}

/* ringStart(wait, ring): HOT */
void xs_stator_ring_start(txMachine *the)
{
	stator_ring_wait *wait = wait_arg(the, 0);
	stator_ring *ring = ring_arg(the, 1);
	if (ring->kind != STATOR_RING_PIPE && wait->room < ring->size)
		mxTypeError("shared: a wait for numbers cannot receive records of %u bytes", (unsigned)ring->size);
	stator_ring_start(wait, ring);
}

/* ringPoll(wait, waker): HOT */
void xs_stator_ring_poll(txMachine *the)
{
	stator_ring_wait *wait = wait_arg(the, 0);
	if (!wait->ring)
		mxTypeError("shared: the wait was not started");
	return_integer(the, stator_ring_poll(wait, EXECUTOR, (stator_task_id)unsigned_arg(the, 1)));
}

/* ringTake(wait): the number that was taken out for it. HOT */
void xs_stator_ring_take(txMachine *the)
{
	stator_ring_wait *wait = wait_arg(the, 0);
	field_read(the, wait->item, wait->ring && wait->ring->format < RECORD ? wait->ring->format : FIELD_U8);
}

/* ringLeave(wait) */
void xs_stator_ring_leave(txMachine *the)
{
	stator_ring_leave(wait_arg(the, 0));
}

/* ringPut(ring, number): whether there was room. HOT */
void xs_stator_ring_put(txMachine *the)
{
	_Alignas(8) uint8_t item[STATOR_ITEM_MAX] = { 0 };
	stator_ring *ring = ring_arg(the, 0);
	field_write(the, item, ring->format < RECORD ? ring->format : FIELD_U8, mxArgv(1));
	return_boolean(the, stator_ring_put(ring, item));
}

/* ringGet(ring): the oldest number, or undefined. HOT */
void xs_stator_ring_get(txMachine *the)
{
	_Alignas(8) uint8_t item[STATOR_ITEM_MAX];
	stator_ring *ring = ring_arg(the, 0);
	if (stator_ring_get(ring, item))
		field_read(the, item, ring->format < RECORD ? ring->format : FIELD_U8);
}

/* ringPutItem(ring, wait): the record that is in the wait. HOT */
void xs_stator_ring_put_item(txMachine *the)
{
	stator_ring *ring = ring_arg(the, 0);
	const stator_ring_wait *wait = wait_arg(the, 1);
	if (wait->room < ring->size)
		mxTypeError("shared: the record is smaller than those of the %s", kinds[ring->kind]);
	return_boolean(the, stator_ring_put(ring, wait->item));
}

/* ringGetItem(ring, wait): the oldest record, into the wait. HOT */
void xs_stator_ring_get_item(txMachine *the)
{
	stator_ring *ring = ring_arg(the, 0);
	stator_ring_wait *wait = wait_arg(the, 1);
	if (wait->room < ring->size)
		mxTypeError("shared: the record is smaller than those of the %s", kinds[ring->kind]);
	return_boolean(the, stator_ring_get(ring, wait->item));
}

/* ringClear(ring) */
void xs_stator_ring_clear(txMachine *the)
{
	stator_ring_clear(ring_arg(the, 0));
}

/* ringLength(ring) */
void xs_stator_ring_length(txMachine *the)
{
	return_integer(the, __atomic_load_n(&ring_arg(the, 0)->length, __ATOMIC_RELAXED));
}

/* ringRefused(ring): 31 bits, wraps */
void xs_stator_ring_refused(txMachine *the)
{
	return_integer(the, (txInteger)(__atomic_load_n(&ring_arg(the, 0)->refused, __ATOMIC_RELAXED) & INT32_MAX));
}

/* Where in a record a number is. */
static uint8_t *field_arg(txMachine *the, uint32_t kind)
{
	stator_ring_wait *wait = wait_arg(the, 0);
	uint32_t offset = unsigned_arg(the, 1);
	if (kind >= FIELD_KINDS || offset > wait->room || field_size(kind) > wait->room - offset)
		mxRangeError("record: no such place: byte %u of %u", (unsigned)offset, (unsigned)wait->room);
	return wait->item + offset;
}

/* itemRead(wait, offset, kind): HOT */
void xs_stator_item_read(txMachine *the)
{
	uint32_t kind = unsigned_arg(the, 2);
	field_read(the, field_arg(the, kind), kind);
}

/* itemWrite(wait, offset, kind, value): HOT */
void xs_stator_item_write(txMachine *the)
{
	uint32_t kind = unsigned_arg(the, 2);
	uint8_t *at = field_arg(the, kind);
	field_write(the, at, kind, mxArgv(3));
}
