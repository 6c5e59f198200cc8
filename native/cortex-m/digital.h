/* digital.h: pins of chips that have no pins.c: what they are called. Each chip's digital.c has them as native/abi/pin-port.h says. */
#ifndef STATOR_DIGITAL_H
#define STATOR_DIGITAL_H

#include "pin-port.h"

/* A pin's number by its name, from 1 (0 is the button's); -1: there is none. */
int32_t digital_pin(const char *name);

/* A decimal number of at most two digits, without a leading zero unless `zeros`; -1: it is none, or not below `count`. */
static inline int32_t digital_number(const char *text, int32_t count, bool zeros)
{
	int32_t number = 0, digits = 0;
	for (; text[digits]; digits++) {
		if (text[digits] < '0' || text[digits] > '9' || digits == 2 || (digits && !number && !zeros))
			return -1;
		number = 10 * number + text[digits] - '0';
	}
	return digits && number < count ? number : -1;
}

#endif
