/*
 * chip-flash.h: what a chip's flash.c gives to areas.c: its flash by words, by addresses. Words are programmed once after each erase.
 * Waits for the controller are bounded: emulators do not have all of them.
 */
#ifndef STATOR_CHIP_FLASH_H
#define STATOR_CHIP_FLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_WORD = 4 };

/* How often a driver looks whether its controller is through: some seconds. Tests have less patience. */
#ifndef FLASH_LOOKS
#define FLASH_LOOKS 100000000
#endif

/* Where the first area begins, the second right behind it, and the bytes of one; 0 bytes: there are none. */
uint32_t chip_flash_areas(uint32_t *bytes);

/* Where the sector that holds an address begins, and its size. */
uint32_t chip_flash_sector(uint32_t address, uint32_t *bytes);

/* Programs one word, erases the sector that begins there. False: the controller says no, or is not through in time. */
bool chip_flash_program(uint32_t address, uint32_t word);
bool chip_flash_erase(uint32_t begin);

#endif
