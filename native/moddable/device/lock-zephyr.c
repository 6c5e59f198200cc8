/* Masking for a few instructions (native/abi/port.h), by the kernel: boards of Zephyr have many kinds of cores. */
#include "port.h"

#include <zephyr/irq.h>

uint32_t stator_port_lock(void)
{
	return irq_lock();
}

void stator_port_unlock(uint32_t state)
{
	irq_unlock(state);
}
