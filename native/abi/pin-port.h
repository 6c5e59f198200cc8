/*
 * pin-port.h: pins as inputs and outputs, as a platform has them (src/io/digital.ts). Their numbers are those of stator_port_pin
 * (interrupt-port.h). Linked only into programs that open one.
 */
#ifndef STATOR_PIN_PORT_H
#define STATOR_PIN_PORT_H

#include <stdbool.h>
#include <stdint.h>

/* As ECMA-419's Digital has them. */
enum {
	STATOR_PIN_INPUT = 0,
	STATOR_PIN_INPUT_PULL_UP = 1,
	STATOR_PIN_INPUT_PULL_DOWN = 2,
	STATOR_PIN_OUTPUT = 8,
	STATOR_PIN_OUTPUT_OPEN_DRAIN = 9,
};

/* Makes it what the mode says; an output begins low, one with an open drain lets go. 0; -EINVAL: no such pin, or it cannot be that; -EBUSY: it
   is open already. */
int stator_port_pin_open(uint32_t pin, uint32_t mode);

/* An input without a pull again, for the next to open it. Of a pin that is open. */
void stator_port_pin_close(uint32_t pin);

/* The level at the pin, whatever its mode. Of a pin that is open, as the next; O(1). HOT */
bool stator_port_pin_read(uint32_t pin);

/* What an output shows; with an open drain true lets go. HOT */
void stator_port_pin_write(uint32_t pin, bool high);

#endif
