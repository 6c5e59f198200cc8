/* Pins of the STM32F405 as inputs and outputs; their numbers and names are those of pins.c. */
#include "core.h"
#include "digital.h"

#include <errno.h>

#define RCC_AHB1ENR REG(0x40023830)
#define GPIO(port, offset) REG(0x40020000 + 0x400 * (port) + (offset))
#define GPIO_MODER(port) GPIO(port, 0x00)
#define GPIO_OTYPER(port) GPIO(port, 0x04)
#define GPIO_PUPDR(port) GPIO(port, 0x0C)
#define GPIO_IDR(port) GPIO(port, 0x10)
#define GPIO_BSRR(port) GPIO(port, 0x18)

enum { LINES = 16, PORTS = 9, MODER_INPUT = 0, MODER_OUTPUT = 1, PULL_UP = 1, PULL_DOWN = 2 };

static uint16_t opened[PORTS];

/* Writes a pin's two bits of a register. Masked. */
static void set_pair(volatile uint32_t *at, uint32_t line, uint32_t pair)
{
	*at = (*at & ~(3u << 2 * line)) | pair << 2 * line;
}

static void configure(uint32_t port, uint32_t line, uint32_t mode)
{
	uint32_t bit = 1u << line;
	set_pair(&GPIO_PUPDR(port), line, mode == STATOR_PIN_INPUT_PULL_UP ? PULL_UP : mode == STATOR_PIN_INPUT_PULL_DOWN ? PULL_DOWN : 0);
	GPIO_OTYPER(port) = mode == STATOR_PIN_OUTPUT_OPEN_DRAIN ? GPIO_OTYPER(port) | bit : GPIO_OTYPER(port) & ~bit;
	set_pair(&GPIO_MODER(port), line, mode < STATOR_PIN_OUTPUT ? MODER_INPUT : MODER_OUTPUT);
}

int stator_port_pin_open(uint32_t pin, uint32_t mode)
{
	uint32_t port = pin / LINES, line = pin % LINES, bit = 1u << line;
	bool known = mode <= STATOR_PIN_INPUT_PULL_DOWN || mode == STATOR_PIN_OUTPUT || mode == STATOR_PIN_OUTPUT_OPEN_DRAIN;
	if (port >= PORTS || !known)
		return -EINVAL;
	uint32_t state = core_mask(); /* pins of a port share its registers, among executors of other priorities */
	bool was = opened[port] & bit;
	if (!was) {
		opened[port] |= (uint16_t)bit;
		RCC_AHB1ENR |= 1u << port;
		stator_port_pin_write(pin, mode == STATOR_PIN_OUTPUT_OPEN_DRAIN); /* before it drives the pin */
		configure(port, line, mode);
	}
	core_unmask(state);
	return was ? -EBUSY : 0;
}

void stator_port_pin_close(uint32_t pin)
{
	uint32_t state = core_mask();
	configure(pin / LINES, pin % LINES, STATOR_PIN_INPUT);
	opened[pin / LINES] &= (uint16_t)~(1u << pin % LINES);
	core_unmask(state);
}

bool stator_port_pin_read(uint32_t pin)
{
	return GPIO_IDR(pin / LINES) >> pin % LINES & 1;
}

void stator_port_pin_write(uint32_t pin, bool high)
{
	GPIO_BSRR(pin / LINES) = 1u << (pin % LINES + (high ? 0 : 16));
}
