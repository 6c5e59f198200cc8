/*
 * flash.h: flash as firmware images lie in it: two areas (slots) of equal size, 0 for what runs and 1 for what is to run. Bytes are
 * programmed in whole units, once after each erase; erasing makes a whole sector 0xFF. Every call does its work before it returns and
 * is made by one task at a time; while a sector is erased the processor may stand still, where it runs from the same flash (the chip's
 * file says how long). Boards: native/cortex-m/flash/areas.c over the chip's driver; Linux: native/linux/flash-file.c.
 */
#ifndef STATOR_FLASH_H
#define STATOR_FLASH_H

#include <stdint.h>

enum { STATOR_FLASH_AREAS = 2, STATOR_FLASH_UNIT_MAX = 8 };

/* Before anything else. `file` and `bytes` (of one area) are for platforms whose flash is a file. INIT. 0, or -ENODEV: there is none,
   -EINVAL: a size that cannot be, -EIO: the file cannot be opened, made or is of another size. */
int stator_flash_open(const char *file, uint32_t bytes);

/* Bytes of each area; 0: there is no flash for images here. */
uint32_t stator_flash_bytes(void);

/* Bytes that are programmed at a time: a power of two, at most STATOR_FLASH_UNIT_MAX. */
uint32_t stator_flash_unit(void);

/* Where the sector begins that holds a place of an area, and where it ends. The place is within the area. */
uint32_t stator_flash_sector_begin(uint32_t area, uint32_t at);
uint32_t stator_flash_sector_end(uint32_t area, uint32_t at);

/* 0, or -EINVAL: not within the area, or not whole units; -EPERM: the running program lies there; -EIO: the flash did not take it. */
int stator_flash_read(uint32_t area, uint32_t at, uint8_t *to, uint32_t count);
int stator_flash_program(uint32_t area, uint32_t at, const uint8_t *from, uint32_t count);
/* Erases the sector that holds the place. */
int stator_flash_erase(uint32_t area, uint32_t at);

#endif
