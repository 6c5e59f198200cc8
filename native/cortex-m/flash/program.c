/* What the linker script says of flash: the program, and the board's areas for images. */
#include "flash-program.h"

extern char _flash_start[], _data_load[], _data_start[], _data_end[], _image_areas[], _image_bytes[];

bool flash_program_overlaps(uint32_t begin, uint32_t end)
{
	uint32_t from = (uint32_t)(uintptr_t)_flash_start, to = (uint32_t)(uintptr_t)(_data_load + (_data_end - _data_start));
	return begin < to && end > from;
}

uint32_t flash_board_areas(uint32_t *bytes)
{
	*bytes = (uint32_t)(uintptr_t)_image_bytes;
	return (uint32_t)(uintptr_t)_image_areas;
}
