/*
 * MPS2 boards have no flash: RAM stands for it, two areas of 128 KB that a reset leaves as they are, and that behave as flash does: sectors of
 * 4 KB, words whose bits only an erase sets. 256 KB of RAM in programs that keep images, nothing in others.
 */
#include "flash/chip-flash.h"

#include <string.h>

enum { AREA = 128 * 1024, SECTOR = 4096 };

__attribute__((section(".retained"), aligned(SECTOR))) static uint8_t memory[2 * AREA];

uint32_t chip_flash_areas(uint32_t *bytes)
{
	*bytes = AREA;
	return (uint32_t)(uintptr_t)memory;
}

uint32_t chip_flash_sector(uint32_t address, uint32_t *bytes)
{
	*bytes = SECTOR;
	return address - address % SECTOR;
}

bool chip_flash_program(uint32_t address, uint32_t word)
{
	*(uint32_t *)(uintptr_t)address &= word;
	return true;
}

bool chip_flash_erase(uint32_t begin)
{
	memset((void *)(uintptr_t)begin, 0xFF, SECTOR);
	return true;
}
