/* A handler that allocates a message, fills it in and posts it: what a device driver does. It stands at the vector that `schedule` pends. */
#include "xsAll.h"

#include "core.h"
#include "queue.h"
#include "vectors.h"

enum { VECTOR = 24 };

static stator_message_pool *pool;
static stator_queue *queue;
static uint32_t number, refused;

static void handler(uint32_t vector)
{
	(void)vector;
	stator_message *message = stator_pool_alloc(pool);
	if (!message) {
		refused++;
		return;
	}
	*(uint32_t *)message->data = ++number;
	stator_queue_put(queue, message);
}

/* attach(): INIT, after the pool and the queue are open */
void xs_test_attach(txMachine *the)
{
	(void)the;
	pool = stator_pool_find("samples");
	queue = stator_queue_find("samples");
	vector_attach(VECTOR, handler);
	core_enable_vector(VECTOR);
}

/* refusedCount() */
void xs_test_refused(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)refused;
}
