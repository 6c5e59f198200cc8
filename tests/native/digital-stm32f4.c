/*
 * The pins of the STM32F405 (native/cortex-m/chips/stm32f4/digital.c) on a model of its GPIO: what a pin shows follows from its port's registers
 * as the manual says, whoever wrote them. Input: a seed. Random opens, writes and closes of many pins; after each, every pin's level and
 * mode is what the model's own list of pins says. Prints what went wrong and ends with 1.
 */
#include "core.h"
#include "pin-port.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { PORTS = 9, LINES = 16, PINS = PORTS * LINES, BASE = 0x40020000, STEPS = 20000 };
enum { MODER = 0x00 / 4, OTYPER = 0x04 / 4, PUPDR = 0x0C / 4, IDR = 0x10 / 4, ODR = 0x14 / 4, BSRR = 0x18 / 4, WORDS = 0x400 / 4 };

static volatile uint32_t ports[PORTS][WORDS], clocks;
static uint32_t masks;
static int32_t modes[PINS]; /* -1: closed */
static bool written[PINS];

/* What was written to a port's BSRR before takes effect, and IDR shows what the pins do. */
static void settle(uint32_t port)
{
	volatile uint32_t *at = ports[port];
	uint32_t set = at[BSRR] & 0xFFFF, reset = at[BSRR] >> 16, levels = 0;
	at[ODR] = (at[ODR] & ~reset) | set;
	at[BSRR] = 0;
	for (uint32_t line = 0; line < LINES; line++) {
		uint32_t bit = 1u << line, pull = at[PUPDR] >> 2 * line & 3;
		bool output = (at[MODER] >> 2 * line & 3) == 1, high = at[ODR] & bit;
		bool level = output && !(at[OTYPER] & bit && high) ? high : output ? true /* let go: pulled up outside */ : pull == 1;
		levels |= level ? bit : 0;
	}
	at[IDR] = levels;
}

volatile uint32_t *fake_register(uint32_t address)
{
	if (address == 0x40023830)
		return &clocks;
	uint32_t port = (address - BASE) / 0x400;
	if (address < BASE || port >= PORTS || !(clocks >> port & 1)) {
		printf("an access to %08x, whose clock is off or which is no port's\n", (unsigned)address);
		exit(1);
	}
	settle(port);
	return &ports[port][address % 0x400 / 4];
}

uint32_t core_mask(void)
{
	return masks++;
}

void core_unmask(uint32_t state)
{
	masks = state;
}

static uint32_t seed;

static uint32_t chance(uint32_t of)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % of;
}

static void expect(uint32_t step, uint32_t pin, const char *what, int32_t is, int32_t wanted)
{
	if (is == wanted)
		return;
	printf("step %u: %s of P%c%u is %d, not %d\n", (unsigned)step, what, (int)('A' + pin / LINES), (unsigned)(pin % LINES), (int)is, (int)wanted);
	exit(1);
}

static bool level_of(uint32_t pin)
{
	return modes[pin] >= STATOR_PIN_OUTPUT ? written[pin] : modes[pin] == STATOR_PIN_INPUT_PULL_UP;
}

int main(void)
{
	if (scanf("%u", &seed) != 1)
		return 2;
	for (uint32_t pin = 0; pin < PINS; pin++)
		modes[pin] = -1;
	expect(0, 0, "a mode that there is not", stator_port_pin_open(0, 5), -EINVAL);
	expect(0, 0, "a pin that there is not", stator_port_pin_open(PINS, STATOR_PIN_INPUT), -EINVAL);
	for (uint32_t step = 1; step <= STEPS; step++) {
		static const uint32_t all[] = { STATOR_PIN_INPUT, STATOR_PIN_INPUT_PULL_UP, STATOR_PIN_INPUT_PULL_DOWN, STATOR_PIN_OUTPUT, STATOR_PIN_OUTPUT_OPEN_DRAIN };
		uint32_t pin = chance(PINS), mode = all[chance(5)];
		if (chance(2)) {
			expect(step, pin, "open", stator_port_pin_open(pin, mode), modes[pin] < 0 ? 0 : -EBUSY);
			if (modes[pin] < 0) {
				modes[pin] = (int32_t)mode;
				written[pin] = mode == STATOR_PIN_OUTPUT_OPEN_DRAIN;
			}
		} else if (modes[pin] >= STATOR_PIN_OUTPUT && chance(3)) {
			written[pin] = chance(2);
			stator_port_pin_write(pin, written[pin]);
		} else if (modes[pin] >= 0) {
			stator_port_pin_close(pin);
			modes[pin] = -1;
		}
		for (uint32_t other = 0; other < PINS; other++)
			if (modes[other] >= 0)
				expect(step, other, "the level", stator_port_pin_read(other), level_of(other));
		expect(step, pin, "the depth of masks", (int32_t)masks, 0);
	}
	return 0;
}
