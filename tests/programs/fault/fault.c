/* A read from an address where no board has anything. */
#include "xsAll.h"

void xs_test_poke(txMachine *the)
{
	(void)the;
	*(volatile uint32_t *)0xCCCCCCCC = 1;
}
