/* Masking for a few instructions, as the rest of Stator asks for it (native/abi/port.h). */
#include "core.h"
#include "port.h"

uint32_t stator_port_lock(void)
{
	return core_mask();
}

void stator_port_unlock(uint32_t state)
{
	core_unmask(state);
}
