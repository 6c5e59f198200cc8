/* Messages, pools and queues (native/abi/queue.h). No engine, no platform. */
#include "queue.h"

#include "port.h"

#include <errno.h>
#include <string.h>

static stator_message_pool *pools;
static stator_queue *queues;

stator_message_pool *stator_pool_find(const char *name)
{
	stator_message_pool *pool = pools;
	while (pool && strcmp(pool->name, name))
		pool = pool->next;
	return pool;
}

stator_queue *stator_queue_find(const char *name)
{
	stator_queue *queue = queues;
	while (queue && strcmp(queue->name, name))
		queue = queue->next;
	return queue;
}

static const char *keep_name(const char *name, void *(*keep)(size_t))
{
	char *copy = keep(strlen(name) + 1);
	if (copy)
		strcpy(copy, name);
	return copy;
}

int stator_pool_open(const char *name, uint32_t size, uint32_t count, void *(*keep)(size_t), stator_message_pool **pool)
{
	stator_message_pool *made = *pool = stator_pool_find(name);
	if (made)
		return made->size == size && made->count == count ? 0 : -EEXIST;
	made = keep(sizeof *made);
	const char *kept = made ? keep_name(name, keep) : NULL;
	uint32_t stride = (uint32_t)(sizeof(stator_message) + size + 7) & ~7u;
	char *messages = kept ? keep(stride * count) : NULL;
	if (!messages)
		return -ENOMEM;
	*made = (stator_message_pool){ .name = kept, .next = pools, .messages = messages, .stride = stride, .size = (uint16_t)size,
		.count = (uint16_t)count, .number = pools ? pools->number + 1 : 0 };
	for (uint32_t i = count; i-- > 0;) {
		stator_message *message = (stator_message *)(messages + i * stride);
		*message = (stator_message){ .next = made->free, .pool = made, .number = (uint16_t)i, .free = true };
		made->free = message;
	}
	*pool = pools = made;
	return 0;
}

int stator_queue_open(const char *name, void *(*keep)(size_t), stator_queue **queue)
{
	stator_queue *made = *queue = stator_queue_find(name);
	if (made)
		return 0;
	made = keep(sizeof *made);
	const char *kept = made ? keep_name(name, keep) : NULL;
	if (!kept)
		return -ENOMEM;
	*made = (stator_queue){ .name = kept, .next = queues, .number = queues ? queues->number + 1 : 0 };
	*queue = queues = made;
	return 0;
}

stator_message *stator_pool_alloc(stator_message_pool *pool)
{
	uint32_t state = stator_port_lock();
	stator_message *message = pool->free;
	if (message) {
		pool->free = message->next;
		message->next = NULL;
		message->free = false;
	}
	stator_port_unlock(state);
	return message;
}

int stator_message_free(stator_message *message)
{
	uint32_t state = stator_port_lock();
	int status = message->free ? -EINVAL : message->queue ? -EBUSY : 0;
	if (!status) {
		message->free = true;
		message->generation++;
		message->next = message->pool->free;
		message->pool->free = message;
	}
	stator_port_unlock(state);
	return status;
}

int stator_queue_put(stator_queue *queue, stator_message *message)
{
	uint32_t state = stator_port_lock();
	int status = message->free ? -EINVAL : message->queue ? -EBUSY : 0;
	if (!status) {
		message->queue = queue;
		message->next = NULL;
		if (queue->last)
			queue->last->next = message;
		else
			queue->first = message;
		queue->last = message;
	}
	stator_port_unlock(state);
	if (!status)
		stator_wait_list_wake_first(&queue->waiting);
	return status;
}

stator_message *stator_queue_take(stator_queue *queue)
{
	uint32_t state = stator_port_lock();
	stator_message *message = queue->first;
	if (message) {
		queue->first = message->next;
		if (!queue->first)
			queue->last = NULL;
		message->next = NULL;
		message->queue = NULL;
	}
	stator_port_unlock(state);
	return message;
}

void stator_queue_await(stator_queue *queue, stator_queue_wait *wait, stator_executor *executor, stator_task_id waker)
{
	uint32_t state = stator_port_lock();
	wait->waiter.executor = executor;
	wait->waiter.waker = waker;
	if (wait->queue && wait->queue != queue)
		stator_wait_list_remove(&wait->queue->waiting, &wait->waiter);
	wait->queue = queue;
	stator_wait_list_add(&queue->waiting, &wait->waiter);
	stator_port_unlock(state);
}

void stator_queue_leave(stator_queue *queue, stator_queue_wait *wait)
{
	uint32_t state = stator_port_lock();
	bool waited = wait->queue && stator_wait_list_remove(&wait->queue->waiting, &wait->waiter);
	bool hand_on = !waited && queue->first;
	stator_port_unlock(state);
	if (hand_on)
		stator_wait_list_wake_first(&queue->waiting);
}
