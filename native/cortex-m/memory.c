/* What the linker script says about memory: the machine's block, the stack, the sizes. */
#include "chip.h"
#include "heap.h"
#include "port.h"
#include "settings.h"

extern char _ram_start[], _block_start[], _block_end[], _stack_start[], _stack_end[], _flash_start[], _data_load[], _data_start[], _data_end[];

char *stator_block_begin(void)
{
	return _block_start;
}

char *stator_block_end(void)
{
	char *end = _block_end;
	if (stator_settings.heap_bytes && stator_settings.heap_bytes < (uint32_t)(end - _block_start))
		end = _block_start + stator_settings.heap_bytes;
	return end;
}

char *stator_port_stack_limit(void)
{
	enum { RESERVE = 768 }; /* for interrupts, and for the report of the overflow itself; fault.c knows it too */
	return _stack_start + RESERVE;
}

void stator_port_stack(uint32_t *used, uint32_t *size)
{
	*used = (uint32_t)(_stack_end - (char *)__builtin_frame_address(0));
	*size = (uint32_t)(_stack_end - _stack_start);
}

uint32_t stator_port_ram_bytes(void)
{
	return (uint32_t)(_block_start - _ram_start);
}

uint32_t stator_port_flash_bytes(void)
{
	return (uint32_t)(_data_load + (_data_end - _data_start) - _flash_start);
}

uint32_t stator_port_cycles(void)
{
	return chip_cycles();
}

uint32_t stator_port_cycles_hz(void)
{
	return chip_cycles_hz;
}

void stator_port_led(bool on)
{
	chip_led(on);
}
