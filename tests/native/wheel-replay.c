/*
 * Plays operations from stdin on the timer wheel of native/xs/wheel.c and prints what each gives: one line each.
 *
 *   i now            a new wheel of eight levels, all timers gone
 *   l now levels     the same of so many levels
 *   m                makes a timer: its number
 *   d timer          gives it back
 *   s timer at now   clears and sets it (its waker is its number): 1 when the edge is nearer, then the edge
 *   c timer          clears it: 1 when timers are left
 *   t now            turns: 1 when timers are left, the edge (0 when none), and the wakes in order
 *
 * Memory for timers comes from `keep`, each piece of exactly the size asked for, and runs out after KEEPS pieces.
 */
#include "wheel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEEPS = 7 };

static stator_timers timers;
static union {
	stator_wheel wheel;
	char memory[sizeof(stator_wheel) + (STATOR_WHEEL_LEVELS * STATOR_WHEEL_SLOTS + 1) * sizeof(uint32_t)];
} room;
#define wheel room.wheel
static void *kept[KEEPS];
static int pieces;

static void *keep(size_t size)
{
	return pieces < KEEPS ? kept[pieces++] = calloc(1, size) : NULL;
}

static void forget(void)
{
	while (pieces)
		free(kept[--pieces]);
}

/* What the wheel calls of the ready set: here it only prints. */
bool stator_ready_wake(stator_ready *set, stator_task_id id)
{
	(void)set;
	printf(" %d", (int)id);
	return true;
}

int main(void)
{
	char operation;
	while (scanf(" %c", &operation) == 1) {
		long timer = 0, at = 0, now = 0, levels = STATOR_WHEEL_LEVELS;
		bool left;
		switch (operation) {
		case 'i':
		case 'l':
			if (scanf("%ld", &now) != 1 || (operation == 'l' && scanf("%ld", &levels) != 1))
				return 2;
			forget();
			memset(&room, 0x5A, sizeof room);
			stator_timers_init(&timers);
			stator_wheel_init(&wheel, &timers, (uint32_t)levels, (uint32_t)now);
			printf("%d\n", wheel.levels_in_use != 0);
			break;
		case 'm':
			printf("%d\n", (int)stator_timers_new(&timers, keep));
			break;
		case 'd':
			if (scanf("%ld", &timer) != 1)
				return 2;
			stator_wheel_clear(&wheel, (uint32_t)timer);
			stator_timers_delete(&timers, (uint32_t)timer);
			printf("%d\n", wheel.levels_in_use != 0);
			break;
		case 's':
			if (scanf("%ld %ld %ld", &timer, &at, &now) != 3)
				return 2;
			stator_wheel_clear(&wheel, (uint32_t)timer);
			left = stator_wheel_set(&wheel, (uint32_t)timer, (uint32_t)at, (stator_task_id)timer, (uint32_t)now);
			printf("%d %d\n", left, (int)wheel.edge);
			break;
		case 'c':
			if (scanf("%ld", &timer) != 1)
				return 2;
			stator_wheel_clear(&wheel, (uint32_t)timer);
			printf("%d\n", wheel.levels_in_use != 0);
			break;
		case 't':
			if (scanf("%ld", &now) != 1)
				return 2;
			printf("t");
			left = stator_wheel_turn(&wheel, (uint32_t)now, NULL);
			printf(" %d %d\n", left, left ? (int)wheel.edge : 0);
			break;
		default:
			fprintf(stderr, "no such operation: %c\n", operation);
			return 2;
		}
	}
	forget();
	return 0;
}
