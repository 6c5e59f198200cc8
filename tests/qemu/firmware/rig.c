/* What a board's C asks of the engine's side, where there is no engine (tests/qemu/support/firmware.ts). */
#include "format.h"
#include "machine.h"

stator_machine stator_machines[1];

void *stator_heap_keep(size_t size)
{
	static uint32_t memory[64];
	return size <= sizeof memory ? memory : NULL;
}

void stator_machine_where(const void *stack)
{
	(void)stack;
	stator_print("  (where)");
}

void stator_machine_summary(void)
{
}
