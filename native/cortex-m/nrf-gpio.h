/*
 * nrf-gpio.h: pins of nRF51 and nRF52: "P0.0" (also "P0.00") to "P0.31", and as many of port 1 as the chip has. The including
 * chips/<chip>/digital.c says NRF_PINS and NRF_BUTTON, the pin of the board's button.
 */
#include "core.h"
#include "digital.h"

#include <errno.h>
#include <string.h>

#define GPIO(pin, offset) REG(0x50000000 + 0x300 * ((pin) / 32) + (offset))
#define GPIO_OUTSET(pin) GPIO(pin, 0x508)
#define GPIO_OUTCLR(pin) GPIO(pin, 0x50C)
#define GPIO_IN(pin) GPIO(pin, 0x510)
#define GPIO_PIN_CNF(pin) GPIO(pin, 0x700 + 4 * ((pin) % 32))

enum { CNF_OUTPUT = 1, CNF_PULL_DOWN = 1 << 2, CNF_PULL_UP = 3 << 2, CNF_OPEN_DRAIN = 6 << 8, CNF_RESET = 2 };

static uint32_t opened[(NRF_PINS + 31) / 32];

/* The pin of a number: 0 is the button's. */
static uint32_t pin_of(uint32_t number)
{
	return number ? number - 1 : NRF_BUTTON;
}

static uint32_t bit_of(uint32_t pin)
{
	return 1u << pin % 32;
}

int32_t digital_pin(const char *name)
{
	if (name[0] != 'P' || name[1] < '0' || name[1] > '1' || name[2] != '.')
		return -1;
	int32_t number = digital_number(name + 3, 32, true), pin = 32 * (name[1] - '0') + number;
	return number >= 0 && pin < NRF_PINS ? pin + 1 : -1;
}

int stator_port_pin_open(uint32_t number, uint32_t mode)
{
	static const struct {
		uint16_t mode, configuration;
	} modes[] = {
		{ STATOR_PIN_INPUT, 0 },
		{ STATOR_PIN_INPUT_PULL_UP, CNF_PULL_UP },
		{ STATOR_PIN_INPUT_PULL_DOWN, CNF_PULL_DOWN },
		{ STATOR_PIN_OUTPUT, CNF_OUTPUT }, /* the input stays connected: what it shows can be read */
		{ STATOR_PIN_OUTPUT_OPEN_DRAIN, CNF_OUTPUT | CNF_OPEN_DRAIN },
	};
	uint32_t pin = pin_of(number), i = 0;
	while (i < sizeof modes / sizeof *modes && modes[i].mode != mode)
		i++;
	if (pin >= NRF_PINS || i == sizeof modes / sizeof *modes)
		return -EINVAL;
	uint32_t state = core_mask(), was = opened[pin / 32] & bit_of(pin);
	opened[pin / 32] |= bit_of(pin);
	core_unmask(state);
	if (was)
		return -EBUSY;
	stator_port_pin_write(number, mode == STATOR_PIN_OUTPUT_OPEN_DRAIN);
	GPIO_PIN_CNF(pin) = modes[i].configuration;
	return 0;
}

void stator_port_pin_close(uint32_t number)
{
	uint32_t pin = pin_of(number), state = core_mask();
	opened[pin / 32] &= ~bit_of(pin);
	core_unmask(state);
	GPIO_PIN_CNF(pin) = number ? CNF_RESET : CNF_PULL_UP; /* the button's interrupts are the board's own */
}

bool stator_port_pin_read(uint32_t number)
{
	return GPIO_IN(pin_of(number)) & bit_of(pin_of(number));
}

void stator_port_pin_write(uint32_t number, bool high)
{
	if (high)
		GPIO_OUTSET(pin_of(number)) = bit_of(pin_of(number));
	else
		GPIO_OUTCLR(pin_of(number)) = bit_of(pin_of(number));
}
