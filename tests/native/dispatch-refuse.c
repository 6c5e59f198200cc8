/*
 * Work that an executor takes and cannot begin (dispatch_refuse), step by step: it goes back to the front, and another executor that waits is
 * woken for it; after a quit it is cancelled, as what waits is. Prints each step and who was woken in it.
 */
#include "dispatch.h"

#include <stdio.h>
#include <stdlib.h>

static stator_executor executors[3];

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	(void)id;
	printf(" wakes %d", (int)(executor - executors));
	return true;
}

static void *keep(size_t size)
{
	return calloc(1, size);
}

static int32_t next(uint32_t executor)
{
	printf("\nnext %u:", executor);
	return dispatch_next(executor, 7, false);
}

/* One of two pieces runs at executor 1; it takes the other and cannot begin it. */
static work *refused(uint32_t first, uint32_t second)
{
	work *one = dispatch_find(first), *other = dispatch_find(second);
	next(2);
	printf("\nsubmit:");
	dispatch_submit(one, 0, 1);
	next(1);
	dispatch_submit(other, 0, 1);
	next(1);
	next(2);
	return other;
}

int main(void)
{
	dispatch_seat(0, &executors[0], -1, keep);
	dispatch_task(0, "a", 2);
	dispatch_queue_new(0, 0, keep);
	uint32_t numbers[4];
	for (uint32_t i = 0; i < 4; i++)
		numbers[i] = (uint32_t)dispatch_work(0, 0, 0, i, keep);
	for (uint32_t i = 1; i <= 2; i++)
		dispatch_seat(i, &executors[i], 0, keep);
	next(0);
	work *other = refused(numbers[0], numbers[1]);
	printf("\nrefuse:");
	dispatch_refuse(other);
	int32_t found = next(2);
	printf(" begins %s", found == ((int32_t)numbers[1] << NEXT_BITS | NEXT_BEGIN) ? "it" : "something else");
	dispatch_end(other, 0, NULL);
	next(0);
	next(0);
	dispatch_end(dispatch_find(numbers[0]), 0, NULL);
	next(0);
	next(0);
	other = refused(numbers[2], numbers[3]);
	printf("\nquit:");
	dispatch_quit(0);
	printf("\nrefuse:");
	dispatch_refuse(other);
	found = next(0);
	printf(" has %s back: %d\n", found == (3 << NEXT_BITS | NEXT_CAME_BACK) ? "it" : "something else", (int)other->status);
	return 0;
}
