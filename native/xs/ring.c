/* Signals, channels and pipes in C memory (native/abi/ring.h). No engine, no platform. */
#include "ring.h"

#include "port.h"

#include <errno.h>
#include <string.h>

static stator_ring *rings;

static stator_ring *find(const char *name)
{
	stator_ring *ring = rings;
	while (ring && strcmp(ring->name, name))
		ring = ring->next;
	return ring;
}

static stator_ring *find_kind(uint32_t kind, const char *name)
{
	stator_ring *ring = find(name);
	return ring && ring->kind == kind ? ring : NULL;
}

stator_signal *stator_signal_find(const char *name)
{
	return (stator_signal *)find_kind(STATOR_RING_SIGNAL, name);
}

stator_channel *stator_channel_find(const char *name)
{
	return (stator_channel *)find_kind(STATOR_RING_CHANNEL, name);
}

stator_pipe *stator_pipe_find(const char *name)
{
	return (stator_pipe *)find_kind(STATOR_RING_PIPE, name);
}

int stator_ring_open(uint32_t kind, const char *name, uint32_t format, uint32_t size, uint32_t capacity, void *(*keep)(size_t), stator_ring **ring)
{
	stator_ring *made = *ring = find(name);
	if (made)
		return made->kind == kind && made->format == format && made->size == size && made->capacity == capacity ? 0 : -EEXIST;
	made = keep(sizeof *made);
	char *copy = made ? keep(strlen(name) + 1) : NULL;
	uint8_t *items = copy ? keep(size * capacity) : NULL;
	if (!items)
		return -ENOMEM;
	strcpy(copy, name);
	*made = (stator_ring){ .name = copy, .next = rings, .items = items, .size = (uint16_t)size, .capacity = (uint16_t)capacity,
		.number = rings ? rings->number + 1 : 0, .kind = (uint8_t)kind, .format = (uint8_t)format };
	*ring = rings = made;
	return 0;
}

/* Copies items between the ring, from its item `at` on, and memory, over the ring's end. */
static void copy_in(stator_ring *ring, uint32_t at, const uint8_t *from, uint32_t count)
{
	uint32_t before_end = ring->capacity - at, first = count < before_end ? count : before_end;
	memcpy(ring->items + at * ring->size, from, first * ring->size);
	memcpy(ring->items, from + first * ring->size, (count - first) * ring->size);
}

static void copy_out(const stator_ring *ring, uint32_t at, uint8_t *to, uint32_t count)
{
	uint32_t before_end = ring->capacity - at, first = count < before_end ? count : before_end;
	memcpy(to, ring->items + at * ring->size, first * ring->size);
	memcpy(to + first * ring->size, ring->items, (count - first) * ring->size);
}

static uint32_t behind(const stator_ring *ring, uint32_t items)
{
	uint32_t at = ring->head + items;
	return at < ring->capacity ? at : at - ring->capacity;
}

/* The oldest item, out of the ring. Masked. */
static void take_out(stator_ring *ring, uint8_t *item)
{
	memcpy(item, ring->items + ring->head * ring->size, ring->size);
	ring->head = (uint16_t)behind(ring, 1);
	ring->length--;
}

bool stator_ring_put(stator_ring *ring, const void *item)
{
	uint32_t state = stator_port_lock();
	if (ring->kind == STATOR_RING_SIGNAL)
		ring->length = 0;
	bool room = ring->length < ring->capacity;
	if (room) {
		memcpy(ring->items + behind(ring, ring->length) * ring->size, item, ring->size);
		ring->length++;
	} else
		ring->refused++;
	bool waited = ring->waiting.first != NULL;
	stator_port_unlock(state);
	if (room && waited)
		stator_wait_list_wake_first(&ring->waiting);
	return room;
}

bool stator_ring_get(stator_ring *ring, void *item)
{
	uint32_t state = stator_port_lock();
	bool there = ring->length > 0;
	if (there)
		take_out(ring, item);
	stator_port_unlock(state);
	return there;
}

void stator_ring_clear(stator_ring *ring)
{
	uint32_t state = stator_port_lock();
	ring->length = 0;
	stator_port_unlock(state);
}

void stator_signal_set(stator_signal *signal, const void *value)
{
	stator_ring_put(&signal->ring, value);
}

bool stator_signal_try_take(stator_signal *signal, void *value)
{
	return stator_ring_get(&signal->ring, value);
}

void stator_signal_reset(stator_signal *signal)
{
	stator_ring_clear(&signal->ring);
}

bool stator_channel_try_send(stator_channel *channel, const void *item)
{
	return stator_ring_put(&channel->ring, item);
}

bool stator_channel_try_receive(stator_channel *channel, void *item)
{
	return stator_ring_get(&channel->ring, item);
}

uint32_t stator_pipe_try_write(stator_pipe *pipe, const void *bytes, uint32_t count)
{
	stator_ring *ring = &pipe->ring;
	uint32_t moved = 0;
	for (bool room = true; room && moved < count;) {
		uint32_t state = stator_port_lock();
		uint32_t left = count - moved, free = ring->capacity - ring->length;
		uint32_t piece = left < STATOR_ITEM_MAX ? left : STATOR_ITEM_MAX;
		if (piece > free) {
			piece = free;
			ring->refused++;
			room = false;
		}
		copy_in(ring, behind(ring, ring->length), (const uint8_t *)bytes + moved, piece);
		ring->length += piece;
		moved += piece;
		stator_port_unlock(state);
	}
	if (moved)
		stator_wait_list_wake_first(&ring->waiting);
	return moved;
}

uint32_t stator_pipe_try_read(stator_pipe *pipe, void *bytes, uint32_t count)
{
	stator_ring *ring = &pipe->ring;
	uint32_t moved = 0;
	for (uint32_t piece = STATOR_ITEM_MAX; piece == STATOR_ITEM_MAX;) {
		uint32_t state = stator_port_lock();
		uint32_t left = count - moved;
		piece = left < STATOR_ITEM_MAX ? left : STATOR_ITEM_MAX;
		if (piece > ring->length)
			piece = ring->length;
		copy_out(ring, ring->head, (uint8_t *)bytes + moved, piece);
		ring->head = (uint16_t)behind(ring, piece);
		ring->length -= piece;
		moved += piece;
		stator_port_unlock(state);
	}
	return moved;
}

void stator_ring_start(stator_ring_wait *wait, stator_ring *ring)
{
	if (wait->ring && wait->ring != ring)
		stator_ring_leave(wait);
	uint32_t state = stator_port_lock();
	if (wait->ring)
		stator_wait_list_remove(&wait->ring->waiting, &wait->waiter);
	wait->ring = ring;
	stator_port_unlock(state);
}

int stator_ring_poll(stator_ring_wait *wait, stator_executor *executor, stator_task_id waker)
{
	stator_ring *ring = wait->ring;
	uint32_t state = stator_port_lock();
	bool there = ring->length > 0, more = false;
	if (there && wait->streak >= ring->capacity) { /* the others have a turn first */
		wait->streak = 0;
		stator_port_unlock(state);
		stator_wake(executor, waker);
		return STATOR_PENDING;
	}
	if (there) {
		wait->streak++;
		stator_wait_list_remove(&ring->waiting, &wait->waiter);
		if (ring->kind != STATOR_RING_PIPE) { /* its reader takes bytes, and leaves then */
			take_out(ring, wait->item);
			more = ring->length && ring->waiting.first;
		}
	} else {
		wait->streak = 0;
		wait->waiter.executor = executor;
		wait->waiter.waker = waker;
		stator_wait_list_add(&ring->waiting, &wait->waiter);
	}
	stator_port_unlock(state);
	if (more)
		stator_wait_list_wake_first(&ring->waiting);
	return there ? STATOR_READY : STATOR_PENDING;
}

void stator_ring_leave(stator_ring_wait *wait)
{
	stator_ring *ring = wait->ring;
	if (!ring)
		return;
	uint32_t state = stator_port_lock();
	bool hand_on = !stator_wait_list_remove(&ring->waiting, &wait->waiter) && ring->length && ring->waiting.first;
	stator_port_unlock(state);
	if (hand_on)
		stator_wait_list_wake_first(&ring->waiting);
}
