/*
 * Flash for images (native/abi/flash.h) over a chip's driver (chip-flash.h): areas, sectors, units and whether the flash took what it
 * was given, which is read back. The running program's own sectors are refused, whatever the areas are. Memory protection has flash
 * read-only; it is writable while a word is programmed and no longer.
 */
#include "flash.h"

#include "chip-flash.h"
#include "core.h"
#include "flash-program.h"

#include <errno.h>
#include <string.h>

int stator_flash_open(const char *file, uint32_t bytes)
{
	(void)file;
	(void)bytes;
	return stator_flash_bytes() ? 0 : -ENODEV;
}

uint32_t stator_flash_bytes(void)
{
	uint32_t bytes;
	chip_flash_areas(&bytes);
	return bytes;
}

uint32_t stator_flash_unit(void)
{
	return FLASH_WORD;
}

/* The address of a place with so many bytes from it on; false: there are none. */
static bool address_of(uint32_t area, uint32_t at, uint32_t count, uint32_t *address)
{
	uint32_t bytes, begin = chip_flash_areas(&bytes);
	if (area >= STATOR_FLASH_AREAS || at > bytes || count > bytes - at)
		return false;
	*address = begin + area * bytes + at;
	return true;
}

uint32_t stator_flash_sector_begin(uint32_t area, uint32_t at)
{
	uint32_t bytes, size, begin = chip_flash_areas(&bytes) + area * bytes;
	return chip_flash_sector(begin + at, &size) - begin;
}

uint32_t stator_flash_sector_end(uint32_t area, uint32_t at)
{
	uint32_t bytes, size, begin = chip_flash_areas(&bytes) + area * bytes;
	return chip_flash_sector(begin + at, &size) - begin + size;
}

int stator_flash_read(uint32_t area, uint32_t at, uint8_t *to, uint32_t count)
{
	uint32_t address;
	if (!address_of(area, at, count, &address))
		return -EINVAL;
	memcpy(to, core_memory(address), count);
	return 0;
}

static bool program_word(uint32_t address, uint32_t word)
{
	core_flash_writable(true);
	bool taken = chip_flash_program(address, word);
	core_flash_writable(false);
	return taken && !memcmp(core_memory(address), &word, sizeof word);
}

int stator_flash_program(uint32_t area, uint32_t at, const uint8_t *from, uint32_t count)
{
	uint32_t address;
	if (at % FLASH_WORD || count % FLASH_WORD || !address_of(area, at, count, &address))
		return -EINVAL;
	if (flash_program_overlaps(address, address + count))
		return -EPERM;
	for (uint32_t done = 0; done < count; done += FLASH_WORD) {
		uint32_t word;
		memcpy(&word, from + done, sizeof word);
		if (!program_word(address + done, word))
			return -EIO;
	}
	return 0;
}

static bool is_erased(uint32_t address, uint32_t bytes)
{
	const uint8_t *memory = core_memory(address);
	for (uint32_t i = 0; i < bytes; i++)
		if (memory[i] != 0xFF)
			return false;
	return true;
}

int stator_flash_erase(uint32_t area, uint32_t at)
{
	uint32_t address, bytes;
	if (!address_of(area, at, 1, &address))
		return -EINVAL;
	address = chip_flash_sector(address, &bytes);
	if (flash_program_overlaps(address, address + bytes))
		return -EPERM;
	return chip_flash_erase(address) && is_erased(address, bytes) ? 0 : -EIO;
}
