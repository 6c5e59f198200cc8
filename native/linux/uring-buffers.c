/*
 * Memory of the ring (uring.h): one range of addresses, handed out in whole pages, registered with the kernel piece by piece as it is
 * first used; and the provided buffers, of which the kernel chooses one for what it has read. Nothing is given back: buffers are made
 * at start-up and never move.
 *
 * Registering pins pages and may be refused (RLIMIT_MEMLOCK): then the same operations go without it.
 */
#define _GNU_SOURCE
#include "uring.h"

#include "heap.h"
#include "io-settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PIECE = 1 << 20, REGISTERED_MAX = 1024, ALIGNMENT = 64 };

static struct {
	char *begin, *next, *end; /* of the range; `next`: what is free */
	char *piece_end;          /* up to here it is a piece's already */
	int16_t *registered;      /* of each piece */
	uint32_t count;           /* of what is registered */
	bool registers;
	/* Provided buffers. */
	char *provided;
	uint8_t *out;             /* of each: 1: it is with the program */
	uint16_t *free;           /* where the kernel has no ring for them */
	struct io_uring_buf_ring *kernel;
	uint32_t free_count;
	bool made;
} memory;

void uring_buffers_open(uint32_t features)
{
	memory.registers = features & URING_HAS_BUFFERS && !io_uring_register_buffers_sparse(uring_kernel(), REGISTERED_MAX);
	if (!memory.registers)
		uring_lacks(URING_HAS_BUFFERS);
}

void uring_buffers_close(void)
{
	if (memory.kernel)
		io_uring_unregister_buf_ring(uring_kernel(), URING_PROVIDED_GROUP);
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
	memory.registered = stator_heap_keep(size / PIECE * sizeof *memory.registered);
	if (!memory.registered)
		return false;
	memory.begin = memory.next = memory.piece_end = range;
	memory.end = memory.begin + size;
	return true;
}

/* Makes pieces of the range's next part, and registers them as one. */
static void take_pieces(size_t size)
{
	int16_t number = -1;
	if (memory.registers && memory.count < REGISTERED_MAX) {
		struct iovec vector = { memory.piece_end, size };
		__u64 tag = 0;
		if (io_uring_register_buffers_update_tag(uring_kernel(), memory.count, &vector, &tag, 1) == 1)
			number = (int16_t)memory.count++;
	}
	for (size_t piece = (size_t)(memory.piece_end - memory.begin) / PIECE; size; size -= PIECE, memory.piece_end += PIECE)
		memory.registered[piece++] = number;
}

char *uring_memory(size_t size)
{
	size = pages(size, ALIGNMENT);
	if (!memory.begin && !reserve())
		return NULL;
	if (size > (size_t)(memory.end - memory.next))
		return NULL;
	if (size > (size_t)(memory.piece_end - memory.next)) { /* a buffer lies in one registered part */
		if (pages(size, PIECE) > (size_t)(memory.end - memory.piece_end))
			return NULL;
		memory.next = memory.piece_end;
		take_pieces(pages(size, PIECE));
	}
	char *made = memory.next;
	memory.next += size;
	return made;
}

bool uring_owns(const void *address, size_t size)
{
	const char *at = address;
	return memory.begin && at >= memory.begin && at <= memory.next && size <= (size_t)(memory.next - at);
}

int32_t uring_registered(const void *address)
{
	const char *at = address;
	if (!memory.begin || at < memory.begin || at >= memory.piece_end)
		return -1;
	return memory.registered[(size_t)(at - memory.begin) / PIECE];
}

/* ---- provided buffers ---- */

static void hand_over(uint32_t index)
{
	if (memory.kernel) {
		io_uring_buf_ring_add(memory.kernel, uring_provided(index), stator_io_settings.provided_bytes, (unsigned short)index,
			io_uring_buf_ring_mask(stator_io_settings.provided), 0);
		io_uring_buf_ring_advance(memory.kernel, 1);
	} else
		memory.free[memory.free_count] = (uint16_t)index;
	memory.free_count++;
}

static bool provide_to_kernel(uint32_t count)
{
	size_t size = pages(count * sizeof(struct io_uring_buf), 4096);
	void *entries = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (entries == MAP_FAILED)
		return false;
	struct io_uring_buf_reg registration = { .ring_addr = (uintptr_t)entries, .ring_entries = count, .bgid = URING_PROVIDED_GROUP };
	if (io_uring_register_buf_ring(uring_kernel(), &registration, 0)) {
		munmap(entries, size);
		return false;
	}
	memory.kernel = entries;
	io_uring_buf_ring_init(memory.kernel);
	return true;
}

int uring_provide(void)
{
	uint32_t count = stator_io_settings.provided;
	if (memory.made)
		return 0;
	memory.provided = uring_memory((size_t)count * stator_io_settings.provided_bytes);
	memory.out = stator_heap_keep(count);
	if (!memory.provided || !memory.out)
		return -ENOMEM;
	if (uring_features() & URING_HAS_PROVIDED && !provide_to_kernel(count))
		uring_lacks(URING_HAS_PROVIDED);
	if (!memory.kernel && !(memory.free = stator_heap_keep(count * sizeof *memory.free)))
		return -ENOMEM;
	for (uint32_t i = 0; i < count; i++)
		hand_over(i);
	memory.made = true;
	return 0;
}

char *uring_provided(uint32_t index)
{
	return memory.provided + (size_t)index * stator_io_settings.provided_bytes;
}

uint32_t uring_provided_free(void)
{
	return memory.free_count;
}

bool uring_provided_choose(struct io_uring_sqe *sqe, uint32_t *chosen)
{
	if (!memory.free_count)
		return false;
	uint32_t index = memory.free[--memory.free_count];
	memory.out[index] = 1;
	sqe->addr = (uintptr_t)uring_provided(index);
	if (!sqe->len || sqe->len > stator_io_settings.provided_bytes)
		sqe->len = stator_io_settings.provided_bytes;
	sqe->flags &= (uint8_t)~IOSQE_BUFFER_SELECT;
	*chosen = index;
	return true;
}

void uring_provided_taken(uint32_t index)
{
	memory.out[index] = 1;
	memory.free_count--;
}

bool uring_provided_release(uint32_t index)
{
	if (index >= stator_io_settings.provided || !memory.made || !memory.out[index])
		return false;
	memory.out[index] = 0;
	hand_over(index);
	uring_feed();
	return true;
}
