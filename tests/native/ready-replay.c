/*
 * Plays operations from stdin on the ready set of native/xs/ready.c and prints what each returns: one line each.
 *
 *   g slots    grow       prints the number of slots
 *   w id       wake       prints 1 or 0
 *   b          begin      prints any
 *   n          next       prints the slot or -1
 *   r slot     retire     prints the next id
 *   l slot at  level      prints any
 *   i slot     id         prints it
 *   a          any        prints 1 or 0
 *   c          the number of accepted wakes
 */
#include "ready.h"

#include <stdio.h>
#include <stdlib.h>

static stator_ready set;
static void *memory;

static void grow(uint32_t slots)
{
	if (slots <= set.slots)
		return;
	/* Exactly as large as the set says: the sanitizer watches the edges. */
	void *fresh = calloc(1, stator_ready_size(slots));
	stator_ready old = set;
	stator_ready_init(&set, slots, fresh, old.slots ? &old : NULL);
	free(memory);
	memory = fresh;
}

int main(void)
{
	char operation;
	while (scanf(" %c", &operation) == 1) {
		long a = 0, b = 0;
		switch (operation) {
		case 'g':
			if (scanf("%ld", &a) != 1)
				return 2;
			grow((uint32_t)a);
			printf("%u\n", (unsigned)set.slots);
			break;
		case 'w':
			if (scanf("%ld", &a) != 1)
				return 2;
			printf("%d\n", stator_ready_wake(&set, (stator_task_id)a));
			break;
		case 'b':
			stator_ready_begin(&set);
			printf("%d\n", stator_ready_any(&set));
			break;
		case 'n':
			printf("%d\n", (int)stator_ready_next(&set));
			break;
		case 'r':
			if (scanf("%ld", &a) != 1)
				return 2;
			printf("%d\n", (int)stator_ready_retire(&set, (uint32_t)a));
			break;
		case 'l':
			if (scanf("%ld %ld", &a, &b) != 2)
				return 2;
			stator_ready_level(&set, (uint32_t)a, (uint32_t)b);
			printf("%d\n", stator_ready_any(&set));
			break;
		case 'i':
			if (scanf("%ld", &a) != 1)
				return 2;
			printf("%d\n", (int)stator_ready_id(&set, (uint32_t)a));
			break;
		case 'a':
			printf("%d\n", stator_ready_any(&set));
			break;
		case 'c':
			printf("%u\n", (unsigned)set.wakes);
			break;
		default:
			fprintf(stderr, "no such operation: %c\n", operation);
			return 2;
		}
	}
	free(memory);
	return 0;
}
