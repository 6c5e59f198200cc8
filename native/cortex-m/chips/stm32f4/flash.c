/*
 * STM32F405's flash: four sectors of 16 KB, one of 64, seven of 128; words of 32 bits (supply from 2.7 V). Erasing a sector of 128 KB
 * takes one second, two at most, and the processor stands still meanwhile when it fetches from flash.
 */
#include "flash/chip-flash.h"
#include "core.h"
#include "flash/flash-program.h"

#define FLASH_ACR REG(0x40023C00)
#define FLASH_KEYR REG(0x40023C04)
#define FLASH_SR REG(0x40023C0C)
#define FLASH_CR REG(0x40023C10)

enum {
	FLASH_BEGIN = 0x08000000, KB = 1024,
	KEY1 = 0x45670123, SMALL = 4, LARGE = 5, /* sectors of 16 KB; the first of 128 KB */
	ACR_ICEN = 1 << 9, ACR_DCEN = 1 << 10, ACR_ICRST = 1 << 11, ACR_DCRST = 1 << 12,
	SR_EOP = 1 << 0, SR_ERRORS = 1 << 1 | 0xF << 4, SR_BSY = 1 << 16,
	CR_PG = 1 << 0, CR_SER = 1 << 1, CR_SNB_SHIFT = 3, CR_PSIZE_32 = 2 << 8, CR_STRT = 1 << 16,
};
static const uint32_t KEY2 = 0xCDEF89AB, CR_LOCK = 1u << 31;

uint32_t chip_flash_areas(uint32_t *bytes)
{
	return flash_board_areas(bytes);
}

static uint32_t sector_number(uint32_t address)
{
	uint32_t block = (address - FLASH_BEGIN) / (16 * KB);
	return block < SMALL ? block : block < 8 ? SMALL : LARGE - 1 + block / 8;
}

uint32_t chip_flash_sector(uint32_t address, uint32_t *bytes)
{
	uint32_t number = sector_number(address);
	*bytes = (number < SMALL ? 16 : number == SMALL ? 64 : 128) * KB;
	return FLASH_BEGIN + (number < SMALL ? number * 16 : number == SMALL ? 64 : (number - LARGE + 1) * 128) * KB;
}

static bool is_ready(void)
{
	for (uint32_t looks = FLASH_LOOKS; looks; looks--)
		if (!(FLASH_SR & SR_BSY))
			return true;
	return false;
}

/* The controller takes commands; what the last one left in its status is gone. */
static bool begin(uint32_t command)
{
	if (!is_ready())
		return false;
	if (FLASH_CR & CR_LOCK) {
		FLASH_KEYR = KEY1;
		FLASH_KEYR = KEY2;
	}
	FLASH_SR = SR_ERRORS | SR_EOP; /* a one clears */
	FLASH_CR = command;
	return true;
}

static bool end(void)
{
	bool done = is_ready() && !(FLASH_SR & SR_ERRORS);
	FLASH_CR = CR_LOCK;
	return done;
}

bool chip_flash_program(uint32_t address, uint32_t word)
{
	if (!begin(CR_PG | CR_PSIZE_32))
		return false;
	REG(address) = word;
	return end();
}

/* The caches hold what was there before: the manual wants them off while they are emptied. */
static void empty_caches(void)
{
	uint32_t on = FLASH_ACR & (ACR_ICEN | ACR_DCEN);
	FLASH_ACR &= ~on;
	FLASH_ACR |= ACR_ICRST | ACR_DCRST;
	FLASH_ACR &= ~(uint32_t)(ACR_ICRST | ACR_DCRST);
	FLASH_ACR |= on;
}

bool chip_flash_erase(uint32_t address)
{
	uint32_t command = CR_SER | CR_PSIZE_32 | sector_number(address) << CR_SNB_SHIFT;
	if (!begin(command))
		return false;
	FLASH_CR = command | CR_STRT;
	bool done = end();
	empty_caches();
	return done;
}
