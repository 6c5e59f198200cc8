/* What Armv6-M has of core.h: no FPU, one fault exception that tells no cause, no memory protection (of Cortex-M0). */
#include "core.h"

#include "format.h"

void core_init(void)
{
}

void core_flash_writable(bool writable)
{
	(void)writable;
}

/* The core does not say; the report looks whether the address can be one. */
bool core_fault_frame_lost(void)
{
	return false;
}

void core_fault_explain(void)
{
	stator_print("  this core does not tell why: no memory there, an address that is not aligned, or no such instruction");
}
