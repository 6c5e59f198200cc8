/*
 * Pins that interrupt: PA0 to PI15, sixteen to a port, through the sixteen lines of EXTI. Line n is one pin's, of whichever port
 * asks first: PA3 and PB3 cannot both interrupt. The board's button is PB11.
 *
 * Lines 5 to 9 and 10 to 15 share a vector each. A vector that is pended by software (QEMU models no pins) has no line pending;
 * it stands for every line of its own that is switched on.
 */
#include "pins.h"

#include "core.h"
#include "interrupt-line.h"

#include <errno.h>
#include <string.h>

#define RCC_AHB1ENR REG(0x40023830)
#define RCC_APB2ENR REG(0x40023844)
#define GPIO_IDR(port) REG(0x40020010 + 0x400 * (port))
#define SYSCFG_EXTICR(line) REG(0x40013808 + ((line) & 12u))
#define EXTI_IMR REG(0x40013C00)
#define EXTI_RTSR REG(0x40013C08)
#define EXTI_FTSR REG(0x40013C0C)
#define EXTI_PR REG(0x40013C14)

enum { LINES = 16, PORTS = 9, SYSCFG_ENABLE = 1 << 14, BUTTON = 16 + 11 };

const uint32_t pin_lines = LINES;

static uint32_t vector_of(uint32_t line)
{
	return line < 5 ? 6 + line : line < 10 ? 23 : 40;
}

static uint32_t lines_of(uint32_t vector)
{
	return vector == 23 ? 0x03E0 : vector == 40 ? 0xFC00 : 1u << (vector - 6);
}

void exti_handler(void)
{
	uint32_t exception;
	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	uint32_t mine = lines_of(exception - 16) & EXTI_IMR;
	uint32_t lines = EXTI_PR & mine;
	EXTI_PR = lines;
	(void)EXTI_PR; /* the write has arrived before the handler ends: it would else be entered again */
	if (!lines)
		lines = mine;
	for (; lines; lines &= lines - 1) {
		uint32_t line = (uint32_t)__builtin_ctz(lines), bit = 1u << line;
		bool rising = EXTI_RTSR & bit;
		if (rising && EXTI_FTSR & bit) /* both: by what the pin shows now */
			rising = GPIO_IDR(SYSCFG_EXTICR(line) >> 4 * (line & 3) & 15) & bit;
		pin_edge(line, rising ? STATOR_EDGE_RISING : STATOR_EDGE_FALLING, interrupt_line);
	}
}

int32_t stator_port_pin(const char *name)
{
	if (!strcmp(name, "button"))
		return BUTTON;
	if (name[0] != 'P' || name[1] < 'A' || name[1] >= 'A' + PORTS || name[2] < '0' || name[2] > '9')
		return -1;
	int32_t number = name[2] - '0';
	if (name[3]) {
		if (!number || name[3] < '0' || name[3] > '9' || name[4])
			return -1;
		number = 10 * number + name[3] - '0';
	}
	return number < LINES ? LINES * (name[1] - 'A') + number : -1;
}

int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge)
{
	uint32_t port = pin / LINES, line = pin % LINES, bit = 1u << line, shift = 4 * (line & 3);
	if (port >= PORTS)
		return -EINVAL;
	bool on = EXTI_IMR & bit;
	if (on && (SYSCFG_EXTICR(line) >> shift & 15) != port)
		return -EBUSY;
	if (!on) {
		RCC_AHB1ENR |= 1u << port;
		RCC_APB2ENR |= SYSCFG_ENABLE;
		SYSCFG_EXTICR(line) = (SYSCFG_EXTICR(line) & ~(15u << shift)) | port << shift;
	}
	uint32_t state = core_mask(); /* executors of other priorities have lines in the same registers */
	if (edge != STATOR_EDGE_FALLING)
		EXTI_RTSR |= bit;
	if (edge != STATOR_EDGE_RISING)
		EXTI_FTSR |= bit;
	EXTI_IMR |= bit;
	core_unmask(state);
	if (!on)
		core_enable_vector(vector_of(line));
	return (int32_t)(STATOR_LINE_PINS + STATOR_EDGES * line + edge);
}
