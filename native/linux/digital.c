/* Pins on the host (native/abi/pin-port.h): the button, which nobody presses. */
#include "pin-port.h"

#include <errno.h>

static bool opened; /* atomic */

int stator_port_pin_open(uint32_t pin, uint32_t mode)
{
	if (pin || mode > STATOR_PIN_INPUT_PULL_UP)
		return -EINVAL;
	return __atomic_exchange_n(&opened, true, __ATOMIC_ACQ_REL) ? -EBUSY : 0;
}

void stator_port_pin_close(uint32_t pin)
{
	(void)pin;
	__atomic_store_n(&opened, false, __ATOMIC_RELEASE);
}

bool stator_port_pin_read(uint32_t pin)
{
	(void)pin;
	return true;
}

void stator_port_pin_write(uint32_t pin, bool high)
{
	(void)pin;
	(void)high;
}
