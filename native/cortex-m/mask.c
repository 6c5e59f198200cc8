/* Masking, as the rest of Stator asks for it (native/abi/port.h). */
#include "core.h"
#include "port.h"

uint32_t stator_port_mask(void)
{
	return core_mask();
}

void stator_port_unmask(uint32_t state)
{
	core_unmask(state);
}
