/*
 * Plays operations from stdin on the interrupt waker lists of native/xs/interrupts.c and prints what each gives: one line each.
 *
 *   n                        makes a wait: its number
 *   d wait                   gives it back
 *   b wait source next       begins
 *   l wait waker             looks: whom that wakes, the outcome, and what came
 *   c wait                   clears
 *   i source times           the interrupt came: the wakes in order
 *   w source                 how many wait
 *
 * Memory for waits comes from `keep`, each piece of exactly the size asked for, and runs out after KEEPS pieces.
 */
#include "interrupts.h"
#include "port.h"

#include <stdio.h>
#include <stdlib.h>

enum { KEEPS = 6, SOURCES = 5 };

static stator_interrupts lists;
static stator_interrupt_list memory[SOURCES];
static void *kept[KEEPS];
static int pieces;
static uint32_t depth;

static void *keep(size_t size)
{
	return pieces < KEEPS ? kept[pieces++] = calloc(1, size) : NULL;
}

uint32_t stator_port_lock(void)
{
	return depth++;
}

void stator_port_unlock(uint32_t state)
{
	depth = state;
}

bool stator_wake(stator_executor *executor, stator_task_id id)
{
	if (depth || executor != (stator_executor *)&lists) /* wakes are outside of the mask */
		exit(3);
	printf(" %d", (int)id);
	return true;
}

int main(void)
{
	char operation;
	stator_interrupts_init(&lists, memory, SOURCES);
	while (scanf(" %c", &operation) == 1) {
		long a = 0, b = 0, c = 0;
		int arguments = operation == 'b' ? 3 : operation == 'l' || operation == 'i' ? 2 : operation == 'n' ? 0 : 1;
		if ((arguments > 0 && scanf("%ld", &a) != 1) || (arguments > 1 && scanf("%ld", &b) != 1) || (arguments > 2 && scanf("%ld", &c) != 1))
			return 2;
		switch (operation) {
		case 'n': {
			uint32_t number = stator_interrupts_new(&lists, keep);
			printf("%d\n", number == STATOR_NO_ENTRY ? -1 : (int)number);
			break;
		}
		case 'd':
			stator_interrupts_delete(&lists, (uint32_t)a);
			printf("d\n");
			break;
		case 'b':
			stator_interrupts_begin(&lists, (uint32_t)a, (uint32_t)b, c != 0);
			printf("b\n");
			break;
		case 'l': {
			int outcome = stator_interrupts_look(&lists, (uint32_t)a, (stator_executor *)&lists, (stator_task_id)b);
			printf("%d %d\n", outcome, (int)lists.entries[a].came);
			break;
		}
		case 'c':
			stator_interrupts_clear(&lists, (uint32_t)a);
			printf("c\n");
			break;
		case 'i':
			printf("i");
			stator_interrupts_came(&lists, (uint32_t)a, (uint32_t)b);
			printf("\n");
			break;
		case 'w':
			printf("%d\n", (int)stator_interrupts_waiters(&lists, (uint32_t)a));
			break;
		default:
			fprintf(stderr, "no such operation: %c\n", operation);
			return 2;
		}
		if (depth)
			return 4;
	}
	while (pieces)
		free(kept[--pieces]);
	return 0;
}
