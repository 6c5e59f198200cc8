/* A chip whose pins are neither inputs nor outputs here. */
#include "digital.h"

#include <errno.h>

int32_t digital_pin(const char *name)
{
	(void)name;
	return -1;
}

int stator_port_pin_open(uint32_t pin, uint32_t mode)
{
	(void)pin;
	(void)mode;
	return -EINVAL;
}

void stator_port_pin_close(uint32_t pin)
{
	(void)pin;
}

bool stator_port_pin_read(uint32_t pin)
{
	(void)pin;
	return false;
}

void stator_port_pin_write(uint32_t pin, bool high)
{
	(void)pin;
	(void)high;
}
