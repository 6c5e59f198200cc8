/* The flash of a chip's driver on the model of its controller (flash-model.h), for the fuzz target. */
#include "flash-model.h"
#include "flash.h"
#include "fuzz-flash.h"
#include "fuzz-input.h"

void fuzz_flash_open(void)
{
	memset(flash_memory, 0x5A, FLASH_SIZE);
	MUST(!stator_flash_open("", 0));
}

/* Half a megabyte after each input: by words, and without the sanitizer's and the fuzzer's looks at each. */
__attribute__((no_sanitize("address", "undefined", "coverage"))) static bool is_as_before(uint32_t from, uint32_t to)
{
	uint64_t before, differing = 0;
	memset(&before, 0x5A, sizeof before);
	for (uint32_t at = from; at < to; at += sizeof before)
		differing |= *(const uint64_t *)(flash_memory + at) ^ before;
	return !differing;
}

void fuzz_flash_outside(void)
{
	model_settle();
	uint32_t from = model_areas_at, to = from + STATOR_FLASH_AREAS * MODEL_AREA;
	MUST(!flash_writable && is_as_before(0, from) && is_as_before(to, FLASH_SIZE));
}
