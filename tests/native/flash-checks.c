/* The checks that every flash driver must pass on the model of its controller. */
#include "flash-model.h"
#include "flash.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed;

static uint32_t chance(uint32_t of)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % of;
}

static void expect(int status, int wanted, const char *what)
{
	model_settle();
	if (status != wanted) {
		printf("%s: %d instead of %d\n", what, status, wanted);
		exit(1);
	}
	if (flash_writable)
		model_fail("flash is left writable", 0);
}

/* Random programming and erasing beside a picture of what must be there. */
static void random_work(uint32_t steps)
{
	static uint8_t wanted[2][MODEL_AREA], from[512], to[512];
	for (uint32_t area = 0; area < 2; area++)
		stator_flash_read(area, 0, wanted[area], MODEL_AREA);
	for (uint32_t i = 0; i < steps; i++) {
		uint32_t area = chance(2), at = chance(MODEL_AREA / 4) * 4, count = chance(sizeof from / 4) * 4;
		if (count > MODEL_AREA - at)
			count = MODEL_AREA - at;
		if (chance(8) == 0) {
			uint32_t begin = stator_flash_sector_begin(area, at), end = stator_flash_sector_end(area, at);
			if (begin > at || end <= at)
				model_fail("a sector that does not hold its place", at);
			expect(stator_flash_erase(area, at), 0, "erase");
			memset(wanted[area] + begin, 0xFF, end - begin);
		} else {
			bool erased = true;
			for (uint32_t k = 0; k < count; k++) {
				from[k] = (uint8_t)chance(256);
				erased = erased && (from[k] & wanted[area][at + k]) == from[k];
			}
			int status = stator_flash_program(area, at, from, count);
			expect(status, erased ? 0 : -EIO, "program");
			if (status) /* it stops at the first word that is not taken */
				stator_flash_read(area, 0, wanted[area], MODEL_AREA);
			else
				memcpy(wanted[area] + at, from, count);
		}
		expect(stator_flash_read(area, at, to, count), 0, "read");
		if (memcmp(to, wanted[area] + at, count))
			model_fail("what is there is not what was written", at);
	}
	for (uint32_t area = 0; area < 2; area++)
		if (memcmp(wanted[area], flash_memory + model_areas_at + area * MODEL_AREA, MODEL_AREA))
			model_fail("an area is not as it must be", area);
	for (uint32_t i = 0; i < model_areas_at; i++)
		if (flash_memory[i] != 0x5A)
			model_fail("something outside of the areas was changed", i);
}

static void refusals(void)
{
	static uint8_t bytes[16];
	static const struct { uint32_t area, at, count; int wanted; } cases[] = {
		{ 0, 1, 4, -EINVAL }, { 0, 0, 3, -EINVAL }, { 2, 0, 4, -EINVAL }, { 0, MODEL_AREA, 4, -EINVAL }, { 0, MODEL_AREA - 4, 8, -EINVAL },
		{ 1, 0xFFFFFFFC, 8, -EINVAL }, { 1, MODEL_AREA, 0, 0 }, { 0xFFFFFFFF, 4, 4, -EINVAL },
	};
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(stator_flash_program(cases[i].area, cases[i].at, bytes, cases[i].count), cases[i].wanted, "program what is not there");
	expect(stator_flash_read(0, MODEL_AREA - 8, bytes, 16), -EINVAL, "read beyond the end");
	expect(stator_flash_read(1, 0xFFFFFFF8, bytes, 16), -EINVAL, "read from beyond the end");
	expect(stator_flash_erase(0, MODEL_AREA), -EINVAL, "erase beyond the end");
	expect(stator_flash_erase(7, 0), -EINVAL, "erase of no area");
	expect(stator_flash_erase(0, 0), 0, "erase");
	memset(bytes, 0, sizeof bytes);
	expect(stator_flash_program(0, 4, bytes, 4), 0, "program");
	controller_refuses = true;
	expect(stator_flash_program(0, 0, bytes, 4), -EIO, "program while the controller refuses");
	expect(stator_flash_erase(0, 0), -EIO, "erase while the controller refuses");
	controller_refuses = false;
	expect(stator_flash_program(0, 0, bytes, 4), 0, "program after it has refused");
	controller_stuck = true;
	expect(stator_flash_program(0, 8, bytes, 4), -EIO, "program while the controller is stuck");
	expect(stator_flash_erase(0, 0), -EIO, "erase while the controller is stuck");
	controller_stuck = false;
	expect(stator_flash_erase(0, 0), 0, "erase after it was stuck");
	model_areas_at = 0;
	expect(stator_flash_program(0, 9996, bytes, 4), -EPERM, "program over the running program");
	expect(stator_flash_erase(0, 5000), -EPERM, "erase of the running program");
}

int main(void)
{
	if (scanf("%u", &seed) != 1)
		return 2;
	memset(flash_memory, 0x5A, FLASH_SIZE);
	random_work(400);
	refusals();
	printf("passed\n");
	return 0;
}
