/*
 * A mistake of each kind, chosen when it is compiled (MISTAKE): what the board says of it (native/cortex-m/fault.c), and how it ends
 * (HALT: 1 halt, 0 reset).
 */
#include "core.h"
#include "format.h"
#include "machine.h"
#include "port.h"
#include "settings.h"

const stator_settings_t stator_settings = { .halt = HALT };

static uint32_t *volatile null_pointer;
static volatile uint32_t zero;

static void write_null(void)
{
	null_pointer[3] = 1;
}

static void read_null(void)
{
	zero = null_pointer[3];
}

static void write_flash(void)
{
	*(volatile uint32_t *)((uintptr_t)write_flash & ~3u) = 1;
}

static void run_ram(void)
{
	static uint16_t code[] = { 0x4770, 0x4770 }; /* bx lr */
	((void (*)(void))((uintptr_t)code | 1))();
}

/* Each call takes 64 bytes and a little: it steps onto the end of the stack, not over it. */
__attribute__((noinline)) static uint32_t down(uint32_t depth)
{
	volatile uint32_t local[16];
	local[depth % 16] = depth;
	return zero ? depth : down(depth + 1) + local[depth % 16];
}

static void overflow(void)
{
	zero = down(1);
}

/* Each call takes half a kilobyte: it steps over a guard of 32 bytes. */
__attribute__((noinline)) static uint32_t far_down(uint32_t depth)
{
	volatile uint32_t local[128];
	local[depth % 128] = depth;
	return zero ? depth : far_down(depth + 1) + local[depth % 128];
}

static void far_overflow(void)
{
	zero = far_down(1);
}

static void no_memory(void)
{
	*(volatile uint32_t *)0xCCCCCCCC = 1;
}

static void unaligned(void)
{
	zero = *(volatile uint32_t *)((uintptr_t)&null_pointer + 1);
}

static void no_instruction(void)
{
	__asm__ volatile(".inst.n 0xDE00");
}

static void vector(void)
{
	core_enable_vector(14); /* no chip here has it for itself */
	core_pend_vector(14);
	__asm__ volatile("dsb\n\tisb");
}

static void masked(void)
{
	core_mask();
	no_memory();
}

static void ends(void)
{
}

int stator_machine_run(void)
{
	stator_print("started");
	MISTAKE();
	stator_print("went on");
	return 7;
}
