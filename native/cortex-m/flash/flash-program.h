/* flash-program.h: where the running program lies in flash. */
#ifndef STATOR_FLASH_PROGRAM_H
#define STATOR_FLASH_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

/* Whether any of it lies from one address to the other, which is not included. */
bool flash_program_overlaps(uint32_t begin, uint32_t end);

/* The board's areas for images, from its linker script: where the first begins, and the bytes of one; 0: it has none. */
uint32_t flash_board_areas(uint32_t *bytes);

#endif
