/*
 * The flash controller of STM32F405 as its manual has it (RM0090, chapter 3): locked until the two keys come in order, one operation at a
 * time, a time for each in which it is busy, its sectors, and errors for what comes out of turn.
 */
#include "flash-model.h"

#include <string.h>

const uint32_t flash_begin = 0x08000000;

enum { ACR = 0x40023C00, KEYR = 0x40023C04, SR = 0x40023C0C, CR = 0x40023C10, COUNT = 8, KB = 1024 };
enum { BUSY = 1 << 16, OPERR = 1 << 1, WRPERR = 1 << 4, PGSERR = 1 << 7, PG = 1, SER = 2, STRT = 1 << 16, DCEN = 1 << 10, DCRST = 1 << 12 };
static const uint32_t LOCK = 1u << 31;

static volatile uint32_t registers[COUNT];
static unsigned keys, busy_for;
static bool stale; /* the caches may hold what was erased */

static volatile uint32_t *at(uint32_t address)
{
	static bool begun;
	if (!begun) {
		begun = true;
		registers[(CR - ACR) / 4] = LOCK;
		registers[0] = DCEN;
	}
	if (address < ACR || address >= ACR + 4 * COUNT)
		model_fail("a register that is not the flash controller's", address);
	return &registers[(address - ACR) / 4];
}

volatile uint32_t *controller_register(uint32_t address)
{
	if (address == KEYR)
		*at(KEYR) = 0;
	return at(address);
}

void controller_turn(void)
{
	if (busy_for && !controller_stuck && !--busy_for)
		*at(SR) &= ~(uint32_t)BUSY;
}

static void operate(unsigned turns)
{
	*at(SR) |= BUSY;
	busy_for = turns;
}

static void erase(uint32_t number)
{
	uint32_t begin = number < 4 ? number * 16 * KB : number == 4 ? 64 * KB : (number - 4) * 128 * KB;
	uint32_t size = (number < 4 ? 16 : number == 4 ? 64 : 128) * KB;
	if (number > 11)
		model_fail("a sector that there is not", number);
	if (controller_refuses)
		*at(SR) |= WRPERR;
	else
		memset(flash_memory + begin, 0xFF, size);
	stale = true;
	operate(20);
}

void controller_written(uint32_t address, uint32_t before, uint32_t now)
{
	switch (address) {
	case KEYR:
		if (!now)
			break;
		if ((keys == 0 && now == 0x45670123) || (keys == 1 && now == 0xCDEF89AB))
			keys++;
		else
			model_fail("a wrong key locks the controller until reset", now);
		if (keys == 2) {
			keys = 0;
			*at(CR) &= ~LOCK;
		}
		break;
	case SR:
		if (now != before)
			*at(SR) = before & ~(now & 0xFFFF); /* a one clears */
		break;
	case CR:
		if (now == before)
			break;
		if (before & LOCK)
			*at(CR) = before; /* nothing is taken */
		else if (*at(SR) & BUSY && !(now & LOCK))
			model_fail("a command while the controller is busy", now);
		else if (now & STRT) {
			if ((now & SER) == 0 || now & PG)
				model_fail("only sectors are erased here", now);
			if ((now >> 8 & 3) != 2)
				model_fail("words of 32 bits are programmed with that much parallelism", now);
			*at(CR) = now & ~(uint32_t)STRT;
			erase(now >> 3 & 15);
		}
		break;
	case ACR:
		if (now & DCRST && now & DCEN)
			model_fail("the data cache is emptied while it is on", now);
		if (now & DCRST)
			stale = false;
		break;
	}
}

bool controller_takes_word(uint32_t address)
{
	if (*at(SR) & BUSY)
		model_fail("a word while the controller is busy", address);
	if (*at(CR) & LOCK || !(*at(CR) & PG) || (*at(CR) >> 8 & 3) != 2) {
		*at(SR) |= PGSERR;
		return false;
	}
	if (stale)
		model_fail("the caches were not emptied after an erase", address);
	operate(3);
	if (controller_refuses)
		*at(SR) |= WRPERR;
	return !controller_refuses;
}
