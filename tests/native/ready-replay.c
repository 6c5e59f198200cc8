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
 *   d slot at  deadline   prints 1, or 0 without policy "deadline"
 *   u slot     no deadline
 *   f slot ms  deadline after each wake
 *   e slot     its deadline: prints it, -1 for none
 *   t tick     the clock  prints the tick
 */
#include "ready.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>

static stator_ready set;
static void *memory;
static uint32_t clock_now;

uint32_t stator_port_now(void)
{
	return clock_now;
}

static int deadline(long slot, uint32_t what, uint32_t tick)
{
	return stator_order_deadline(&set, (uint32_t)slot, what, &tick) != STATOR_NO_DEADLINES;
}

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
		case 'd':
			if (scanf("%ld %ld", &a, &b) != 2)
				return 2;
			printf("%d\n", deadline(a, STATOR_DEADLINE_SET, (uint32_t)b));
			break;
		case 'u':
			if (scanf("%ld", &a) != 1)
				return 2;
			printf("%d\n", deadline(a, STATOR_DEADLINE_NONE, 0));
			break;
		case 'f':
			if (scanf("%ld %ld", &a, &b) != 2)
				return 2;
			printf("%d\n", deadline(a, STATOR_DEADLINE_AFTER_WAKE, (uint32_t)b));
			break;
		case 'e': {
			if (scanf("%ld", &a) != 1)
				return 2;
			uint32_t tick = 0;
			int32_t outcome = stator_order_deadline(&set, (uint32_t)a, STATOR_DEADLINE_GET, &tick);
			printf("%d\n", outcome == STATOR_DEADLINE_IS ? (int)tick : -1);
			break;
		}
		case 't':
			if (scanf("%ld", &a) != 1)
				return 2;
			clock_now = (uint32_t)a;
			printf("%d\n", (int)clock_now);
			break;
		default:
			fprintf(stderr, "no such operation: %c\n", operation);
			return 2;
		}
	}
	free(memory);
	return 0;
}
