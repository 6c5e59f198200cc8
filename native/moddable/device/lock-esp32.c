/* Masking for a few instructions (native/abi/port.h). Two cores: a spin lock, which may be nested, from tasks and from interrupts. */
#include "port.h"

#include <freertos/FreeRTOS.h>

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;

uint32_t stator_port_lock(void)
{
	portENTER_CRITICAL_SAFE(&lock);
	return 0;
}

void stator_port_unlock(uint32_t state)
{
	(void)state;
	portEXIT_CRITICAL_SAFE(&lock);
}
