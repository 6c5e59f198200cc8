/* What the FPGA images of MPS2 have for pins: the lights "LED0" and "LED1" as outputs, "BUTTON0" and "BUTTON1" as inputs; "button" is BUTTON0. */
#include "core.h"
#include "digital.h"

#include <errno.h>
#include <string.h>

#define FPGAIO_LED REG(0x40028000)
#define FPGAIO_BUTTON REG(0x40028008)

/* By number; 0 is the button's. */
enum { LED0 = 1, LED1, BUTTON0, BUTTON1, PINS };

static uint32_t opened; /* a bit for each number */

static bool is_light(uint32_t pin)
{
	return pin == LED0 || pin == LED1;
}

/* In its register. */
static uint32_t bit_of(uint32_t pin)
{
	return pin == LED1 || pin == BUTTON1 ? 2 : 1;
}

int32_t digital_pin(const char *name)
{
	static const char *const names[PINS] = { [LED0] = "LED0", [LED1] = "LED1", [BUTTON0] = "BUTTON0", [BUTTON1] = "BUTTON1" };
	int32_t pin = LED0;
	while (pin < PINS && strcmp(name, names[pin]))
		pin++;
	return pin < PINS ? pin : -1;
}

int stator_port_pin_open(uint32_t pin, uint32_t mode)
{
	if (pin >= PINS || mode != (is_light(pin) ? STATOR_PIN_OUTPUT : STATOR_PIN_INPUT))
		return -EINVAL;
	uint32_t state = core_mask(), was = opened & 1u << pin;
	opened |= 1u << pin;
	core_unmask(state);
	if (was)
		return -EBUSY;
	if (is_light(pin))
		stator_port_pin_write(pin, false);
	return 0;
}

void stator_port_pin_close(uint32_t pin)
{
	if (is_light(pin))
		stator_port_pin_write(pin, false);
	uint32_t state = core_mask();
	opened &= ~(1u << pin);
	core_unmask(state);
}

bool stator_port_pin_read(uint32_t pin)
{
	return (is_light(pin) ? FPGAIO_LED : FPGAIO_BUTTON) & bit_of(pin);
}

void stator_port_pin_write(uint32_t pin, bool high)
{
	if (!is_light(pin))
		return;
	uint32_t state = core_mask(); /* the other light is in the same register */
	FPGAIO_LED = high ? FPGAIO_LED | bit_of(pin) : FPGAIO_LED & ~bit_of(pin);
	core_unmask(state);
}
