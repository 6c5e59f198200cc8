/*
 * Flash for images (native/abi/flash.h) under any areas, places and lengths, as an upload may bring them: what is not within an area is
 * refused and changes nothing, and what is there is what a picture of it says.
 */
#include "flash.h"
#include "fuzz-flash.h"
#include "fuzz-input.h"

#include <errno.h>

enum { STEPS = 16 }; /* sectors are large */

static uint8_t *wanted[STATOR_FLASH_AREAS];
static uint32_t area_bytes, unit;

static void begin(void)
{
	fuzz_flash_open();
	area_bytes = stator_flash_bytes();
	unit = stator_flash_unit();
	for (uint32_t area = 0; area < STATOR_FLASH_AREAS; area++) {
		wanted[area] = malloc(area_bytes);
		MUST(!stator_flash_read(area, 0, wanted[area], area_bytes));
	}
}

/* Mostly one that there is, or one nearly so. */
static uint32_t place(fuzz_input *input)
{
	uint32_t how = fuzz_byte(input);
	if (how < 8)
		return fuzz_word(input);
	if (how < 16)
		return area_bytes - 16 + how;
	return (how << 8 | fuzz_byte(input)) * (how & 1 ? unit : 1) % area_bytes;
}

static bool is_within(uint32_t area, uint64_t at, uint64_t count)
{
	return area < STATOR_FLASH_AREAS && at + count <= area_bytes;
}

static void program(fuzz_input *input, uint32_t area)
{
	uint32_t at = place(input), count = fuzz_byte(input);
	uint8_t *bytes = fuzz_bytes(input, &count);
	int status = stator_flash_program(area, at, bytes, count);
	if (!is_within(area, at, count) || at % unit || count % unit)
		MUST(status == -EINVAL);
	else {
		bool erased = true;
		for (uint32_t i = 0; i < count; i++)
			erased = erased && (wanted[area][at + i] & bytes[i]) == bytes[i];
		MUST(status == (erased ? 0 : -EIO));
		for (uint32_t i = 0; i < count && erased; i++)
			wanted[area][at + i] = bytes[i];
		if (!erased) /* how far it came is its own affair, but bits were only cleared, and nowhere else */
			for (uint32_t i = 0; i < count; i++) {
				uint8_t before = wanted[area][at + i], now = 0;
				MUST(!stator_flash_read(area, at + i, &now, 1));
				MUST(!(now & ~before) && !(before & bytes[i] & ~now));
				wanted[area][at + i] = now;
			}
	}
	free(bytes);
}

static void erase(fuzz_input *input, uint32_t area)
{
	uint32_t at = place(input);
	int status = stator_flash_erase(area, at);
	MUST(status == (is_within(area, at, 1) ? 0 : -EINVAL));
	if (status)
		return;
	uint32_t from = stator_flash_sector_begin(area, at), to = stator_flash_sector_end(area, at);
	MUST(from <= at && at < to && to <= area_bytes);
	memset(wanted[area] + from, 0xFF, to - from);
}

static void look(fuzz_input *input, uint32_t area)
{
	uint32_t at = place(input), count = fuzz_byte(input);
	uint8_t *bytes = malloc(count);
	int status = stator_flash_read(area, at, bytes, count);
	MUST(status == (is_within(area, at, count) ? 0 : -EINVAL));
	MUST(status || !memcmp(bytes, wanted[area] + at, count));
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	fuzz_input input = { bytes, bytes + size };
	if (!area_bytes)
		begin();
	for (uint32_t steps = 0; steps < STEPS && fuzz_more(&input); steps++) {
		uint32_t what = fuzz_byte(&input), area = what & 1;
		if (what >= 240)
			area = fuzz_word(&input);
		uint32_t which = what / 2 % 64; /* an erase takes a thousand times as long as the others */
		if (which == 0)
			erase(&input, area);
		else if (which < 24)
			look(&input, area);
		else
			program(&input, area);
	}
	fuzz_flash_outside();
	return 0;
}
