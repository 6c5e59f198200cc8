/* A chip whose pins do not interrupt here: the button is the one line, and it is pressed, never let go. The others may be read and written (digital.h). */
#include "pins.h"

#include "chip.h"
#include "digital.h"
#include "interrupt-line.h"

#include <errno.h>
#include <string.h>

const uint32_t pin_lines = 1;

void button_pressed(void)
{
	pin_edge(0, STATOR_EDGE_FALLING, interrupt_line);
}

int32_t stator_port_pin(const char *name)
{
	return strcmp(name, "button") ? digital_pin(name) : 0;
}

int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge)
{
	if (pin)
		return -EINVAL;
	return (int32_t)(STATOR_LINE_PINS + edge);
}
