/*
 * The native functions behind `stator/actor` (queue.js). Messages, pools and queues are in the block of the machine in thread
 * mode, whichever machine opens them first. A message is a number in TypeScript: its pool, its generation, its place; a number
 * that was kept from before it went back is refused.
 */
#include "xsAll.h"

#include "executor-here.h"
#include "field.h"
#include "heap.h"
#include "native-call.h"
#include "queue.h"

#include <errno.h>

enum { POOL_SHIFT = 24, GENERATION_SHIFT = 16, POOLS_MAX = 64, NUMBER_MASK = 0xFFFF, BYTES_MAX = 0xFFFF };

static stator_message_pool *pool_table[POOLS_MAX];
static stator_queue *queue_table[POOLS_MAX];

static txInteger handle_of(const stator_message *message)
{
	return message ? message->pool->number << POOL_SHIFT | message->generation << GENERATION_SHIFT | message->number : -1;
}

/* The message of a number; null: it went back to its pool since. */
static stator_message *message_arg(txMachine *the, int index)
{
	uint32_t handle = unsigned_arg(the, index);
	stator_message_pool *pool = handle >> POOL_SHIFT < POOLS_MAX ? pool_table[handle >> POOL_SHIFT] : NULL;
	if (!pool || (handle & NUMBER_MASK) >= pool->count)
		return NULL;
	stator_message *message = (stator_message *)(pool->messages + (handle & NUMBER_MASK) * pool->stride);
	return message->generation == (uint8_t)(handle >> GENERATION_SHIFT) ? message : NULL;
}

static stator_queue *queue_arg(txMachine *the, int index)
{
	uint32_t number = unsigned_arg(the, index);
	if (number >= POOLS_MAX || !queue_table[number])
		mxTypeError("queue: no queue of that number");
	return queue_table[number];
}

/* poolOpen(name, size, count): INIT */
void xs_stator_pool_open(txMachine *the)
{
	stator_message_pool *pool;
	txString name = fxToString(the, mxArgv(0));
	uint32_t size = unsigned_arg(the, 1), count = unsigned_arg(the, 2);
	if (!count || count > NUMBER_MASK || size > BYTES_MAX)
		mxRangeError("pool \"%.40s\": 1 to 65535 messages of at most 65535 bytes", name);
	int status = stator_pool_open(name, size, count, stator_heap_keep_shared, &pool);
	if (status == -EEXIST)
		mxRangeError("pool \"%.40s\": it has %u messages of %u bytes elsewhere, here %u of %u", name, (unsigned)pool->count, (unsigned)pool->size,
			(unsigned)count, (unsigned)size);
	if (status || pool->number >= POOLS_MAX)
		mxRangeError("pool \"%.40s\": no memory for %u messages of %u bytes", name, (unsigned)count, (unsigned)size);
	pool_table[pool->number] = pool;
	return_integer(the, pool->number);
}

/* queueOpen(name): INIT */
void xs_stator_queue_open(txMachine *the)
{
	stator_queue *queue;
	txString name = fxToString(the, mxArgv(0));
	if (stator_queue_open(name, stator_heap_keep_shared, &queue) || queue->number >= POOLS_MAX)
		mxRangeError("queue \"%.40s\": no memory", name);
	queue_table[queue->number] = queue;
	return_integer(the, queue->number);
}

/* messageAlloc(pool): its number, -1 when all are in use. HOT */
void xs_stator_message_alloc(txMachine *the)
{
	uint32_t number = unsigned_arg(the, 0);
	return_integer(the, number < POOLS_MAX && pool_table[number] ? handle_of(stator_pool_alloc(pool_table[number])) : -1);
}

/* messageFree(message) */
void xs_stator_message_free(txMachine *the)
{
	stator_message *message = message_arg(the, 0);
	return_integer(the, message ? stator_message_free(message) : -EINVAL);
}

/* queuePut(queue, message): HOT */
void xs_stator_queue_put(txMachine *the)
{
	stator_message *message = message_arg(the, 1);
	return_integer(the, message ? stator_queue_put(queue_arg(the, 0), message) : -EINVAL);
}

/* queueTake(queue): HOT */
void xs_stator_queue_take(txMachine *the)
{
	return_integer(the, handle_of(stator_queue_take(queue_arg(the, 0))));
}

/* queueWaitNew(): a wait's number: its place in the machine's memory, in words. INIT */
void xs_stator_queue_wait_new(txMachine *the)
{
	stator_queue_wait *wait = stator_heap_keep_shared(sizeof *wait);
	if (!wait)
		mxRangeError("queue: no memory for a wait");
	return_integer(the, (txInteger)(((char *)wait - stator_block_begin()) / (ptrdiff_t)sizeof(void *)));
}

static stator_queue_wait *wait_arg(txMachine *the, int index)
{
	return (stator_queue_wait *)(stator_block_begin() + unsigned_arg(the, index) * sizeof(void *));
}

/* queueAwait(queue, wait, waker): HOT */
void xs_stator_queue_await(txMachine *the)
{
	stator_queue_await(queue_arg(the, 0), wait_arg(the, 1), EXECUTOR, (stator_task_id)unsigned_arg(the, 2));
}

/* queueLeave(queue, wait) */
void xs_stator_queue_leave(txMachine *the)
{
	stator_queue_leave(queue_arg(the, 0), wait_arg(the, 1));
}

/* Where in a message a number is; throws for a message that is not the caller's, or a place that it does not have. */
static uint8_t *place_arg(txMachine *the, uint32_t kind)
{
	stator_message *message = message_arg(the, 0);
	uint32_t offset = unsigned_arg(the, 1);
	if (!message || message->free || message->queue)
		mxTypeError("message: it is not yours: it was freed or put into a queue");
	if (kind >= FIELD_KINDS || offset > message->pool->size || field_size(kind) > message->pool->size - offset)
		mxRangeError("message: no such place: byte %u of %u", (unsigned)offset, (unsigned)message->pool->size);
	return message->data + offset;
}

/* messageRead(message, offset, kind): HOT */
void xs_stator_message_read(txMachine *the)
{
	uint32_t kind = unsigned_arg(the, 2);
	field_read(the, place_arg(the, kind), kind);
}

/* messageWrite(message, offset, kind, value): HOT */
void xs_stator_message_write(txMachine *the)
{
	uint32_t kind = unsigned_arg(the, 2);
	uint8_t *at = place_arg(the, kind);
	field_write(the, at, kind, mxArgv(3));
}
