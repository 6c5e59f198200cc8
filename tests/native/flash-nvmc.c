/*
 * The flash controller (NVMC) of nRF52 as its specification has it: a mode for reading, writing and erasing, a time for each word and page in
 * which it is not ready. In another mode what is written is a fault on the chip.
 */
#include "flash-model.h"

#include <string.h>

const uint32_t flash_begin = 0;

enum { READY = 0x4001E400, CONFIG = 0x4001E504, ERASEPAGE = 0x4001E508, PAGE = 4096 };

static volatile uint32_t ready = 1, config, erase_page;
static unsigned busy_for;

volatile uint32_t *controller_register(uint32_t address)
{
	switch (address) {
	case READY: return &ready;
	case CONFIG: return &config;
	case ERASEPAGE: erase_page = 0xFFFFFFFF; return &erase_page;
	default: model_fail("a register that is not the flash controller's", address);
	}
}

void controller_turn(void)
{
	if (busy_for && !controller_stuck && !--busy_for)
		ready = 1;
}

static void operate(unsigned turns)
{
	ready = 0;
	busy_for = turns;
}

void controller_written(uint32_t address, uint32_t before, uint32_t now)
{
	if (address == CONFIG && now != before && !ready && now)
		model_fail("another mode while the controller is busy", now);
	if (address != ERASEPAGE || now == before)
		return;
	if (config != 2)
		model_fail("a page is erased in another mode", config);
	if (!ready)
		model_fail("a page is erased while the controller is busy", now);
	if (now % PAGE)
		model_fail("no page begins there", now);
	if (!controller_refuses)
		memset(flash_memory + now, 0xFF, PAGE);
	operate(50);
}

bool controller_takes_word(uint32_t address)
{
	if (config != 1)
		model_fail("a word in another mode", address);
	if (!ready)
		model_fail("a word while the controller is busy", address);
	operate(4);
	return !controller_refuses;
}
