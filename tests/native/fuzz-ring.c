/*
 * Pipes, channels and signals (native/xs/ring.c) with bytes and lengths of anybody's: what comes out is what went in, in order, what finds no
 * room is refused and counted, and memory of exactly the asked size is enough.
 */
#include "fuzz-input.h"
#include "port.h"
#include "ring.h"

enum { RINGS = 4, HELD_MAX = 64 };

static const struct { uint32_t kind, size, capacity; } forms[RINGS] = {
	{ STATOR_RING_PIPE, 1, 37 }, { STATOR_RING_PIPE, 1, 1 }, { STATOR_RING_CHANNEL, STATOR_ITEM_MAX, 2 }, { STATOR_RING_SIGNAL, 5, 1 },
};
static stator_ring *rings[RINGS];
static uint32_t masked;

/* What is in each: its items one behind the other. */
static uint8_t held[RINGS][HELD_MAX];
static uint32_t held_bytes[RINGS], refused[RINGS];

uint32_t stator_port_lock(void)
{
	return masked++;
}

void stator_port_unlock(uint32_t state)
{
	masked = state;
}

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	(void)executor, (void)id;
	return true;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static void add(uint32_t i, const uint8_t *bytes, uint32_t count)
{
	if (count)
		memcpy(held[i] + held_bytes[i], bytes, count);
	held_bytes[i] += count;
}

static void check_oldest(uint32_t i, const uint8_t *bytes, uint32_t count)
{
	MUST(count <= held_bytes[i] && (!count || !memcmp(bytes, held[i], count)));
	memmove(held[i], held[i] + count, held_bytes[i] - count);
	held_bytes[i] -= count;
}

static void put(fuzz_input *input, uint32_t i)
{
	uint32_t size = forms[i].size, count = size, room = size * forms[i].capacity;
	uint8_t *item = fuzz_bytes(input, &count);
	if (count == size) {
		if (forms[i].kind == STATOR_RING_SIGNAL)
			held_bytes[i] = 0;
		bool fits = held_bytes[i] + size <= room;
		MUST(stator_ring_put(rings[i], item) == fits);
		if (fits)
			add(i, item, size);
		else
			refused[i]++;
	}
	free(item);
}

static void get(uint32_t i)
{
	uint8_t *item = malloc(forms[i].size);
	bool there = held_bytes[i] > 0;
	MUST(stator_ring_get(rings[i], item) == there);
	if (there)
		check_oldest(i, item, forms[i].size);
	free(item);
}

static void write_bytes(fuzz_input *input, uint32_t i)
{
	uint32_t count = fuzz_byte(input), free_bytes = forms[i].capacity - held_bytes[i];
	uint8_t *bytes = fuzz_bytes(input, &count);
	uint32_t went = stator_pipe_try_write((stator_pipe *)rings[i], bytes, count);
	MUST(went == (count < free_bytes ? count : free_bytes));
	refused[i] += went < count;
	add(i, bytes, went);
	free(bytes);
}

static void read_bytes(fuzz_input *input, uint32_t i)
{
	uint32_t count = fuzz_byte(input);
	uint8_t *bytes = malloc(count);
	uint32_t came = stator_pipe_try_read((stator_pipe *)rings[i], bytes, count);
	MUST(came == (count < held_bytes[i] ? count : held_bytes[i]));
	check_oldest(i, bytes, came);
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const names[RINGS] = { "p", "q", "c", "s" };
	fuzz_input input = { bytes, bytes + size };
	for (uint32_t i = 0; i < RINGS; i++) {
		if (!rings[i])
			MUST(!stator_ring_open(forms[i].kind, names[i], 0, forms[i].size, forms[i].capacity, keep, &rings[i]));
		stator_ring_clear(rings[i]);
		held_bytes[i] = 0;
	}
	while (fuzz_more(&input)) {
		uint32_t what = fuzz_byte(&input), i = what % RINGS;
		bool pipe = forms[i].kind == STATOR_RING_PIPE;
		if (what / RINGS % 2)
			pipe ? write_bytes(&input, i) : put(&input, i);
		else
			pipe ? read_bytes(&input, i) : get(i);
		MUST(!masked && rings[i]->length * forms[i].size == held_bytes[i] && rings[i]->refused == refused[i]);
	}
	return 0;
}
