/* The flash of Linux, a file in memory, for the fuzz target. */
#define _GNU_SOURCE
#include "flash.h"
#include "fuzz-flash.h"
#include "fuzz-input.h"

#include <sys/mman.h>
#include <sys/stat.h>

enum { AREA = 16 * 4096 };
static int file;

void fuzz_flash_open(void)
{
	char name[32];
	file = memfd_create("flash", MFD_CLOEXEC);
	snprintf(name, sizeof name, "/proc/self/fd/%d", file);
	MUST(!stator_flash_open(name, AREA));
}

void fuzz_flash_outside(void)
{
	struct stat found;
	MUST(!fstat(file, &found) && found.st_size == STATOR_FLASH_AREAS * AREA);
}
