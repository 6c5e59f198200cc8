/*
 * The pool behind c_malloc (native/xs/pool.c) against a shadow of what it has handed out.
 *
 *   pool <seed> <operations>   random; prints what was done, after everything has been freed and found whole again
 *   pool edges                 the cases that a random run would rarely meet
 */
#include "heap.h"
#include "settings.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *stator_malloc(size_t size);
void *stator_calloc(size_t count, size_t size);
void *stator_realloc(void *memory, size_t size);
void stator_free(void *memory);

const stator_settings_t stator_settings = { .pool_bytes = STATOR_POOL_BYTES };
alignas(16) char stator_pool_memory[STATOR_POOL_BYTES];

static unsigned refusals;
static size_t refused_size;

void stator_out_of(struct sxMachine *the, enum stator_out what, size_t asked)
{
	(void)the;
	if (what != STATOR_OUT_OF_POOL) {
		fprintf(stderr, "reported as %d\n", (int)what);
		exit(1);
	}
	refusals++;
	refused_size = asked;
}

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
			exit(1); \
		} \
	} while (0)

enum { BLOCKS = 64 };
static struct {
	unsigned char *at;
	size_t size;
	unsigned char fill;
} shadow[BLOCKS];
static unsigned state;

static unsigned below(unsigned limit)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % limit;
}

static void check_block(const unsigned char *at, size_t size)
{
	CHECK((uintptr_t)at % (2 * sizeof(size_t)) == 0);
	CHECK(at >= (unsigned char *)stator_pool_memory);
	CHECK(at + size <= (unsigned char *)stator_pool_memory + sizeof stator_pool_memory);
	for (int i = 0; i < BLOCKS; i++)
		CHECK(!shadow[i].at || at + size <= shadow[i].at || shadow[i].at + shadow[i].size <= at);
}

static void check_fill(int i)
{
	for (size_t k = 0; k < shadow[i].size; k++)
		CHECK(shadow[i].at[k] == shadow[i].fill);
}

static void hold(int i, void *at, size_t size)
{
	check_block(at, size);
	shadow[i].at = at;
	shadow[i].size = size;
	shadow[i].fill = (unsigned char)below(256);
	memset(at, shadow[i].fill, size);
}

static size_t random_size(void)
{
	unsigned kind = below(10);
	return kind < 6 ? 1 + below(100) : kind < 9 ? 1 + below(600) : below(4000);
}

/* The largest block that can be had. */
static size_t largest(void)
{
	size_t least = 0, most = sizeof stator_pool_memory + 1;
	while (most - least > 1) {
		size_t middle = (least + most) / 2;
		void *block = stator_malloc(middle);
		if (block)
			least = middle;
		else
			most = middle;
		stator_free(block);
	}
	return least;
}

static void random_run(unsigned operations)
{
	size_t whole = largest();
	unsigned made = 0, moved = 0, freed = 0, full = 0;
	CHECK(whole > sizeof stator_pool_memory * 9 / 10);
	for (unsigned n = 0; n < operations; n++) {
		int i = (int)below(BLOCKS);
		size_t size = random_size();
		unsigned before = refusals;
		if (!shadow[i].at) {
			bool zeroed = below(4) == 0;
			unsigned char *at = zeroed ? stator_calloc(1, size) : stator_malloc(size);
			if (!at) {
				CHECK(refusals == before + 1);
				CHECK(refused_size >= size);
				full++;
				continue;
			}
			CHECK(refusals == before);
			for (size_t k = 0; zeroed && k < size; k++)
				CHECK(at[k] == 0);
			hold(i, at, size);
			made++;
		} else if (below(3) == 0) {
			unsigned char fill = shadow[i].fill, *at = stator_realloc(shadow[i].at, size);
			size_t kept = size < shadow[i].size ? size : shadow[i].size;
			if (!at) {
				CHECK(refusals == before + 1);
				check_fill(i); /* the old block is as it was */
				full++;
				continue;
			}
			for (size_t k = 0; k < kept; k++)
				CHECK(at[k] == fill);
			shadow[i].at = NULL;
			hold(i, at, size);
			moved++;
		} else {
			check_fill(i);
			stator_free(shadow[i].at);
			shadow[i].at = NULL;
			freed++;
		}
		stator_pool_info info = stator_pool_stat();
		CHECK(info.used <= info.size && info.used <= info.peak && info.peak <= info.size);
	}
	for (int i = 0; i < BLOCKS; i++)
		if (shadow[i].at) {
			check_fill(i);
			stator_free(shadow[i].at);
			shadow[i].at = NULL;
		}
	CHECK(stator_pool_stat().used == 0);
	CHECK(largest() == whole); /* all neighbours have been merged */
	printf("%u made, %u moved, %u freed, %u refused\n", made, moved, freed, full);
}

static void edges(void)
{
	size_t whole = largest();
	unsigned before;

	/* Nothing is a block of its own, and giving it back leaves the others alone. */
	unsigned char *nothing = stator_malloc(0), *more = stator_malloc(0), *some = stator_malloc(40);
	CHECK(nothing && more && some && nothing != more);
	memset(some, 0xA5, 40);
	stator_free(nothing);
	unsigned char *next = stator_malloc(100);
	CHECK(next);
	memset(next, 0x11, 100);
	for (int i = 0; i < 40; i++)
		CHECK(some[i] == 0xA5);
	stator_free(next);
	stator_free(some);
	stator_free(more);
	stator_free(NULL);
	CHECK(stator_pool_stat().used == 0 && largest() == whole);

	/* Sizes whose rounding or product would wrap. */
	before = refusals;
	CHECK(!stator_malloc(SIZE_MAX) && !stator_malloc(SIZE_MAX - 7) && !stator_malloc(SIZE_MAX / 2));
	CHECK(!stator_calloc(SIZE_MAX / 2 + 1, 2) && !stator_calloc(SIZE_MAX, SIZE_MAX));
	CHECK(refusals == before + 5);
	CHECK(stator_pool_stat().used == 0 && largest() == whole);

	/* All of it, and then nothing more. */
	unsigned char *all = stator_malloc(whole);
	CHECK(all);
	memset(all, 0x5A, whole);
	before = refusals;
	CHECK(!stator_malloc(1) && refusals == before + 1);
	CHECK(!stator_realloc(all, whole + 1) && refusals == before + 2 && refused_size >= whole + 1);
	CHECK(all[0] == 0x5A && all[whole - 1] == 0x5A);
	stator_free(all);
	CHECK(largest() == whole);

	/* Freed in every order of three neighbours: whole again. */
	static const int orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	for (int order = 0; order < 6; order++) {
		void *three[3] = { stator_malloc(33), stator_malloc(64), stator_malloc(1) };
		for (int i = 0; i < 3; i++)
			stator_free(three[orders[order][i]]);
		CHECK(largest() == whole);
	}

	/* realloc of nothing is malloc. */
	void *fresh = stator_realloc(NULL, 10);
	CHECK(fresh);
	stator_free(fresh);
	CHECK(stator_pool_stat().used == 0);
	puts("ok");
}

int main(int count, char **arguments)
{
	if (count == 2 && !strcmp(arguments[1], "edges"))
		edges();
	else if (count == 3) {
		state = (unsigned)strtoul(arguments[1], NULL, 10) | 1;
		random_run((unsigned)strtoul(arguments[2], NULL, 10));
	} else
		return 2;
	return 0;
}
