/*
 * Memory of the ring (uring.h): one range of addresses, handed out in whole pages, registered with the kernel piece by piece as it is
 * first used; and the provided buffers, of which the kernel chooses one for what it has read. Nothing is given back: buffers are made
 * at start-up and never move.
 *
 * Registering pins pages and may be refused (RLIMIT_MEMLOCK): then the same operations go without it.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "io-settings.h"
#include "record-hooks.h"
#include "uring-state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PIECE = 1 << 20, REGISTERED_MAX = 1024, ALIGNMENT = 64 };

void uring_buffers_open(uint32_t features)
{
	uring->memory.registers = features & URING_HAS_BUFFERS && !io_uring_register_buffers_sparse(uring->kernel, REGISTERED_MAX);
	if (!uring->memory.registers)
		uring_lacks(URING_HAS_BUFFERS);
}

void uring_buffers_close(void)
{
	if (uring->memory.kernel)
		io_uring_unregister_buf_ring(uring->kernel, uring_provided_group());
}

uint16_t uring_provided_group(void)
{
	return uring->inbox ? (uint16_t)uring->number : 0;
}

static size_t pages(size_t size, size_t unit)
{
	return (size + unit - 1) / unit * unit;
}

static bool reserve(void)
{
	size_t size = pages(stator_io_settings.buffer_bytes, PIECE);
	void *range = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (range == MAP_FAILED)
		return false;
	uring->memory.registered = stator_heap_keep(size / PIECE * sizeof *uring->memory.registered);
	if (!uring->memory.registered)
		return false;
	uring->memory.begin = uring->memory.next = uring->memory.piece_end = range;
	uring->memory.end = uring->memory.begin + size;
	return true;
}

static bool register_piece(uint32_t number, size_t size)
{
	struct iovec vector = { uring->memory.piece_end, size };
	__u64 tag = 0;
	bool refused = !STATOR_REPLAYED && (number >= REGISTERED_MAX || io_uring_register_buffers_update_tag(uring->kernel, number, &vector, &tag, 1) != 1);
	return !hook_outside(STATOR_RECORD_KERNEL, refused);
}

/* Makes pieces of the range's next part, and registers them as one. */
static void take_pieces(size_t size)
{
	int16_t number = -1;
	if (uring->memory.registers) {
		uint32_t next = uring->inbox ? uring_shared_buffer() : uring->memory.count++;
		if (register_piece(next, size))
			number = (int16_t)next;
	}
	for (size_t piece = (size_t)(uring->memory.piece_end - uring->memory.begin) / PIECE; size; size -= PIECE, uring->memory.piece_end += PIECE)
		uring->memory.registered[piece++] = number;
}

char *uring_memory(size_t size)
{
	size = pages(size, ALIGNMENT);
	if (!uring->memory.begin && !reserve())
		return NULL;
	if (size > (size_t)(uring->memory.end - uring->memory.next))
		return NULL;
	if (size > (size_t)(uring->memory.piece_end - uring->memory.next)) { /* a buffer lies in one registered part */
		if (pages(size, PIECE) > (size_t)(uring->memory.end - uring->memory.piece_end))
			return NULL;
		uring->memory.next = uring->memory.piece_end;
		take_pieces(pages(size, PIECE));
	}
	char *made = uring->memory.next;
	uring->memory.next += size;
	return made;
}

bool uring_owns(const void *address, size_t size)
{
	const char *at = address;
	return uring->memory.begin && at >= uring->memory.begin && at <= uring->memory.next && size <= (size_t)(uring->memory.next - at);
}

int32_t uring_registered(const void *address)
{
	const char *at = address;
	if (!uring->memory.begin || at < uring->memory.begin || at >= uring->memory.piece_end)
		return -1;
	return uring->memory.registered[(size_t)(at - uring->memory.begin) / PIECE];
}

/* ---- provided buffers ---- */

static void hand_over(uint32_t index)
{
	if (uring->memory.kernel) {
		io_uring_buf_ring_add(uring->memory.kernel, uring_provided(index), stator_io_settings.provided_bytes, (unsigned short)index,
			io_uring_buf_ring_mask(stator_io_settings.provided), 0);
		io_uring_buf_ring_advance(uring->memory.kernel, 1);
	} else
		uring->memory.free[uring->memory.free_count] = (uint16_t)index;
	uring->memory.free_count++;
}

static bool provide_to_kernel(uint32_t count)
{
	size_t size = pages(count * sizeof(struct io_uring_buf), 4096);
	void *entries = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (entries == MAP_FAILED)
		return false;
	struct io_uring_buf_reg registration = { .ring_addr = (uintptr_t)entries, .ring_entries = count, .bgid = uring_provided_group() };
	if (hook_outside(STATOR_RECORD_KERNEL, STATOR_REPLAYED ? 0 : io_uring_register_buf_ring(uring->kernel, &registration, 0))) {
		munmap(entries, size);
		return false;
	}
	uring->memory.kernel = entries;
	io_uring_buf_ring_init(uring->memory.kernel);
	return true;
}

int uring_provide(void)
{
	uint32_t count = stator_io_settings.provided;
	if (uring->memory.made)
		return 0;
	uring->memory.provided = uring_memory((size_t)count * stator_io_settings.provided_bytes);
	uring->memory.out = stator_heap_keep(count);
	if (!uring->memory.provided || !uring->memory.out)
		return -ENOMEM;
	if (uring_features() & URING_HAS_PROVIDED && !provide_to_kernel(count))
		uring_lacks(URING_HAS_PROVIDED);
	if (!uring->memory.kernel && !(uring->memory.free = stator_heap_keep(count * sizeof *uring->memory.free)))
		return -ENOMEM;
	for (uint32_t i = 0; i < count; i++)
		hand_over(i);
	uring->memory.made = true;
	return 0;
}

char *uring_provided(uint32_t index)
{
	return uring->memory.provided + (size_t)index * stator_io_settings.provided_bytes;
}

uint32_t uring_provided_free(void)
{
	return uring->memory.free_count;
}

bool uring_provided_choose(struct io_uring_sqe *sqe, uint32_t *chosen)
{
	if (!uring->memory.free_count)
		return false;
	uint32_t index = uring->memory.free[--uring->memory.free_count];
	uring->memory.out[index] = 1;
	sqe->addr = (uintptr_t)uring_provided(index);
	if (!sqe->len || sqe->len > stator_io_settings.provided_bytes)
		sqe->len = stator_io_settings.provided_bytes;
	sqe->flags &= (uint8_t)~IOSQE_BUFFER_SELECT;
	*chosen = index;
	return true;
}

void uring_provided_taken(uint32_t index)
{
	uring->memory.out[index] = 1;
	uring->memory.free_count--;
}

bool uring_provided_release(uint32_t index)
{
	if (index >= stator_io_settings.provided || !uring->memory.made || !uring->memory.out[index])
		return false;
	uring->memory.out[index] = 0;
	hand_over(index);
	uring_feed();
	return true;
}
