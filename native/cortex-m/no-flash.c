/* A chip without a flash driver. */
#include "flash/chip-flash.h"

uint32_t chip_flash_areas(uint32_t *bytes)
{
	*bytes = 0;
	return 0;
}

uint32_t chip_flash_sector(uint32_t address, uint32_t *bytes)
{
	*bytes = FLASH_WORD;
	return address;
}

bool chip_flash_program(uint32_t address, uint32_t word)
{
	(void)address;
	(void)word;
	return false;
}

bool chip_flash_erase(uint32_t begin)
{
	(void)begin;
	return false;
}
