/* Recursion in C without an end: nothing of the engine's is asked on the way down. */
#include "xsAll.h"

static volatile uint32_t sum;

__attribute__((noinline)) static uint32_t down(uint32_t depth)
{
	volatile uint32_t local[16];
	local[depth % 16] = depth;
	return sum ? depth : down(depth + 1) + local[depth % 16];
}

void xs_test_dive(txMachine *the)
{
	(void)the;
	sum = down(1);
}
