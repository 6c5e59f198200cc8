/*
 * Flash for images (native/abi/flash.h) as a file: both areas one behind the other. It behaves as flash does: sectors of 4 KB, units of 8
 * bytes whose bits only an erase sets. What is programmed or erased is on the disk when the call returns.
 */
#define _GNU_SOURCE
#include "flash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNIT = 8, SECTOR = 4096 };
_Static_assert((int)UNIT <= (int)STATOR_FLASH_UNIT_MAX, "a unit is programmed at a time");

static int file_of_flash = -1;
static uint32_t area_bytes;

static int erase_at(off_t begin)
{
	uint8_t erased[SECTOR];
	memset(erased, 0xFF, sizeof erased);
	return pwrite(file_of_flash, erased, sizeof erased, begin) == (ssize_t)sizeof erased ? 0 : -EIO;
}

int stator_flash_open(const char *file, uint32_t bytes)
{
	struct stat found;
	off_t wanted = (off_t)STATOR_FLASH_AREAS * bytes;
	if (!bytes || bytes % SECTOR || bytes > INT32_MAX / 2)
		return -EINVAL;
	int opened = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (opened < 0)
		return -EIO;
	if (fstat(opened, &found) || (found.st_size && found.st_size != wanted)) {
		close(opened);
		return -EIO;
	}
	if (file_of_flash >= 0)
		close(file_of_flash);
	file_of_flash = opened;
	area_bytes = bytes;
	int status = 0;
	for (off_t at = found.st_size; !status && at < wanted; at += SECTOR)
		status = erase_at(at);
	if (!status && fdatasync(opened))
		status = -EIO;
	if (status)
		area_bytes = 0;
	return status;
}

uint32_t stator_flash_bytes(void)
{
	return area_bytes;
}

uint32_t stator_flash_unit(void)
{
	return UNIT;
}

uint32_t stator_flash_sector_begin(uint32_t area, uint32_t at)
{
	(void)area;
	return at - at % SECTOR;
}

uint32_t stator_flash_sector_end(uint32_t area, uint32_t at)
{
	return stator_flash_sector_begin(area, at) + SECTOR;
}

static bool is_within(uint32_t area, uint32_t at, uint32_t count)
{
	return area < STATOR_FLASH_AREAS && at <= area_bytes && count <= area_bytes - at;
}

static off_t place(uint32_t area, uint32_t at)
{
	return (off_t)area * area_bytes + at;
}

int stator_flash_read(uint32_t area, uint32_t at, uint8_t *to, uint32_t count)
{
	if (!is_within(area, at, count))
		return -EINVAL;
	return pread(file_of_flash, to, count, place(area, at)) == (ssize_t)count ? 0 : -EIO;
}

int stator_flash_program(uint32_t area, uint32_t at, const uint8_t *from, uint32_t count)
{
	uint8_t piece[SECTOR];
	if (at % UNIT || count % UNIT || !is_within(area, at, count))
		return -EINVAL;
	while (count) {
		uint32_t some = count < sizeof piece ? count : sizeof piece;
		int status = stator_flash_read(area, at, piece, some);
		if (status)
			return status;
		bool taken = true;
		for (uint32_t i = 0; i < some; i++) {
			piece[i] &= from[i];
			taken = taken && piece[i] == from[i];
		}
		if (pwrite(file_of_flash, piece, some, place(area, at)) != (ssize_t)some || !taken)
			return -EIO;
		at += some;
		from += some;
		count -= some;
	}
	return fdatasync(file_of_flash) ? -EIO : 0;
}

int stator_flash_erase(uint32_t area, uint32_t at)
{
	if (!is_within(area, at, 1))
		return -EINVAL;
	int status = erase_at(place(area, stator_flash_sector_begin(area, at)));
	return status ? status : fdatasync(file_of_flash) ? -EIO : 0;
}
