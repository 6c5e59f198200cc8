/*
 * nrf-nvmc.h: the flash controller (NVMC) of nRF51 and nRF52, which differ in the size of a page. A word takes some 40 us, a page 20 to
 * 90 ms, and the processor stands still meanwhile when it fetches from flash. The including chips/<chip>/flash.c says NVMC_PAGE.
 */
#include "chip-flash.h"
#include "core.h"
#include "flash-program.h"

#define NVMC_READY REG(0x4001E400)
#define NVMC_CONFIG REG(0x4001E504)

enum { NVMC_ERASEPAGE = 0x4001E508, CONFIG_READ = 0, CONFIG_WRITE = 1, CONFIG_ERASE = 2 };

uint32_t chip_flash_areas(uint32_t *bytes)
{
	return flash_board_areas(bytes);
}

uint32_t chip_flash_sector(uint32_t address, uint32_t *bytes)
{
	*bytes = NVMC_PAGE;
	return address - address % NVMC_PAGE;
}

static bool is_ready(void)
{
	for (uint32_t looks = FLASH_LOOKS; looks; looks--)
		if (NVMC_READY & 1)
			return true;
	return false;
}

/* Does one thing in a mode of the controller, which is taken back whatever came of it. */
static bool write_in(uint32_t mode, uint32_t address, uint32_t word)
{
	if (!is_ready())
		return false;
	NVMC_CONFIG = mode;
	REG(address) = word;
	bool done = is_ready();
	NVMC_CONFIG = CONFIG_READ;
	return done;
}

bool chip_flash_program(uint32_t address, uint32_t word)
{
	return write_in(CONFIG_WRITE, address, word);
}

bool chip_flash_erase(uint32_t begin)
{
	return write_in(CONFIG_ERASE, NVMC_ERASEPAGE, begin);
}
