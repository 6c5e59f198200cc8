/* The flash and the accesses to it (flash-model.h). */
#include "flash-model.h"

#include "flash/chip-flash.h"
#include "core.h"
#include "flash/flash-program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t flash_memory[FLASH_SIZE];
bool flash_writable, controller_stuck, controller_refuses;

static volatile uint32_t *last;
static uint32_t last_address, last_before;
static volatile uint32_t word; /* of flash, while it is accessed */
static bool in_flash;

void model_fail(const char *what, uint32_t number)
{
	printf("%s (%x)\n", what, (unsigned)number);
	exit(1);
}

static bool is_flash(uint32_t address)
{
	return address >= flash_begin && address - flash_begin < FLASH_SIZE;
}

void model_settle(void)
{
	if (!last)
		return;
	uint32_t now = *last, address = last_address, before = last_before;
	last = NULL;
	if (!in_flash) {
		controller_written(address, before, now);
		return;
	}
	if (now == before)
		return;
	if (!flash_writable)
		model_fail("a write to flash that memory protection forbids", address);
	if (!controller_takes_word(address))
		return;
	for (unsigned i = 0; i < 4; i++)
		flash_memory[address - flash_begin + i] &= (uint8_t)(now >> 8 * i);
}

volatile uint32_t *fake_register(uint32_t address)
{
	model_settle();
	controller_turn();
	in_flash = is_flash(address);
	if (in_flash) {
		if (address % 4)
			model_fail("a word that is not aligned", address);
		uint32_t there;
		memcpy(&there, flash_memory + (address - flash_begin), 4);
		word = there;
		last = &word;
	} else
		last = controller_register(address);
	last_address = address;
	last_before = *last;
	return last;
}

const uint8_t *core_memory(uint32_t address)
{
	model_settle();
	if (!is_flash(address) && address != flash_begin + FLASH_SIZE) /* nothing may be read from there, but nothing is its address */
		model_fail("a read from where no flash is", address);
	return flash_memory + (address - flash_begin);
}

void core_flash_writable(bool writable)
{
	model_settle();
	flash_writable = writable;
}

void core_enable_vector(uint32_t vector)
{
	(void)vector;
}

void core_pend_vector(uint32_t vector)
{
	(void)vector;
}

/* The program takes the first 10,000 bytes of flash. */
uint32_t model_areas_at = 512 * 1024;

bool flash_program_overlaps(uint32_t begin, uint32_t end)
{
	return begin < flash_begin + 10000 && end > flash_begin;
}

uint32_t flash_board_areas(uint32_t *bytes)
{
	*bytes = MODEL_AREA;
	return flash_begin + model_areas_at;
}
