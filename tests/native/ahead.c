/*
 * What is fetched ahead of polls (native/linux/ahead.c): __builtin_prefetch is a function here that notes the addresses. Random pools of two
 * executors, random sets of ready tasks: of every ready task of a noted pool, and of no other, its entry in the table of polls and the object there are
 * asked for, of as many as one turn takes at most. Then the same on a thread that ends: all memory comes from the machine's block. Input: a seed.
 */
#include "xsAll.h"

#include "atomic.h"
#include "executor.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 2048, POOLS = 6, PROPERTIES = 3, STRIDE = 8, FETCHED_MAX = 512, NOTES_MAX = 16 * FETCHED_MAX, ROUNDS = 300 };

void xs_stator_fetch_ahead(txMachine *the);
void stator_memory_ahead(const stator_executor *executor, const txSlot *polls);

typedef struct {
	uint32_t base, count;
	txSlot instance, array;
	txSlot *elements, *objects; /* objects: an instance and its properties, beside each other; the next is further than is fetched of one */
} pool;

typedef struct {
	stator_executor executor;
	uint32_t ready[SLOTS / 32], summary[SLOTS / 1024];
	pool pools[POOLS];
	txSlot turns, turns_array, polls, elements[SLOTS];
	_Alignas(16) char block[POOLS * 128];
	size_t kept;
} machine;

static __thread const void *notes[NOTES_MAX];
static __thread uint32_t note_count;
static __thread machine *here;

void note_prefetch(const void *address, ...)
{
	if (note_count < NOTES_MAX)
		notes[note_count++] = address;
}

void *stator_heap_keep(size_t size)
{
	char *memory = here->kept + size <= sizeof here->block ? here->block + here->kept : NULL;
	here->kept += size;
	return memory;
}

static __thread uint32_t seed;

static uint32_t chance(uint32_t of)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % of;
}

static int compare(const void *a, const void *b)
{
	uintptr_t one = *(const uintptr_t *)a, other = *(const uintptr_t *)b;
	return one < other ? -1 : one > other;
}

/* Of notes that are sorted. */
static bool noted(const void *address)
{
	return bsearch(&address, notes, note_count, sizeof *notes, compare);
}

static void fail(const char *what, uint32_t slot)
{
	printf("%s: slot %u\n", what, (unsigned)slot);
	exit(1);
}

static void make(machine *m)
{
	m->executor.ready = (stator_ready){ .ready = m->ready, .summary = m->summary, .summary_words = SLOTS / 1024 };
	m->turns_array = (txSlot){ .kind = XS_ARRAY_KIND, .value.array = { m->elements, SLOTS } };
	m->turns = (txSlot){ .next = &m->turns_array, .kind = XS_INSTANCE_KIND };
	m->polls = (txSlot){ .kind = XS_REFERENCE_KIND, .value.reference = &m->turns };
	here = m;
	for (uint32_t i = 0, base = 0; i < POOLS; i++) {
		pool *at = &m->pools[i];
		at->base = base += chance(20);
		at->count = 1 + chance(i == 0 ? 900 : 200);
		base += at->count;
		at->elements = calloc(at->count, sizeof *at->elements);
		at->objects = calloc((size_t)at->count * STRIDE, sizeof *at->objects);
		for (uint32_t n = 0; n < at->count; n++) {
			txSlot *object = &at->objects[n * STRIDE];
			for (uint32_t p = 0; p < PROPERTIES; p++)
				object[p].next = &object[p + 1];
			at->elements[n] = m->elements[at->base + n] = (txSlot){ .kind = XS_REFERENCE_KIND, .value.reference = object };
		}
		at->array = (txSlot){ .kind = XS_ARRAY_KIND, .value.array = { at->elements, at->count } };
		at->instance = (txSlot){ .next = &at->array, .kind = XS_INSTANCE_KIND };
		txSlot arguments[] = { { .value.integer = (txInteger)base - (txInteger)at->count }, { .kind = XS_REFERENCE_KIND, .value.reference = &at->instance } };
		txMachine the = { &m->executor, arguments, 2 };
		xs_stator_fetch_ahead(&the);
		the.argument_count = 1; /* no frames: nothing to note */
		xs_stator_fetch_ahead(&the);
	}
}

static const pool *pool_of(const machine *m, uint32_t slot)
{
	for (uint32_t i = 0; i < POOLS; i++)
		if (slot - m->pools[i].base < m->pools[i].count)
			return &m->pools[i];
	return NULL;
}

static void turn(machine *m)
{
	uint32_t density = 1 + chance(40), wanted = 0;
	memset(m->ready, 0, sizeof m->ready);
	memset(m->summary, 0, sizeof m->summary);
	for (uint32_t slot = 0; slot < SLOTS; slot++)
		if (chance(40) < density) {
			m->ready[slot / 32] |= 1u << slot % 32;
			m->summary[slot / 1024] |= 1u << slot / 32 % 32;
			wanted += pool_of(m, slot) != NULL;
		}
	note_count = 0;
	stator_memory_ahead(&m->executor, &m->polls);
	qsort(notes, note_count, sizeof *notes, compare);
	uint32_t left = wanted < 2 ? 0 : wanted < FETCHED_MAX ? wanted : FETCHED_MAX;
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		const pool *of = pool_of(m, slot);
		bool is = m->ready[slot / 32] >> slot % 32 & 1 && of && left;
		if (is)
			left--;
		if (noted(&m->elements[slot]) != is)
			fail(is ? "the entry is not fetched" : "an entry is fetched that is not polled", slot);
		if (!of)
			continue;
		const char *object = (const char *)&of->objects[(slot - of->base) * STRIDE];
		if (noted(object) != is)
			fail(is ? "the object is not fetched" : "an object is fetched that is not polled", slot);
		if (is && !noted(object + 64))
			fail("the object's second line is not fetched", slot);
	}
	if (left)
		fail("fewer are fetched than are ready, less", left);
}

/* Two machines on one thread, as main and a level are; what is the one's is not fetched for the other. */
static void *all(void *argument)
{
	seed = *(uint32_t *)argument;
	machine *both = calloc(2, sizeof *both);
	make(&both[0]);
	make(&both[1]);
	for (uint32_t i = 0; i < ROUNDS; i++)
		turn(&both[i & 1]);
	for (uint32_t i = 0; i < 2; i++)
		if (!both[i].kept)
			fail("nothing is in the block of the machine", i);
	for (uint32_t i = 0; i < 2 * POOLS; i++) {
		free(both[i / POOLS].pools[i % POOLS].elements);
		free(both[i / POOLS].pools[i % POOLS].objects);
	}
	free(both);
	return NULL;
}

int main(void)
{
	uint32_t begins;
	pthread_t thread;
	if (scanf("%u", &begins) != 1)
		return 2;
	all(&begins);
	if (pthread_create(&thread, NULL, all, &begins) || pthread_join(thread, NULL))
		return 2;
	return 0;
}
