/*
 * What Armv7-M has of core.h: a vector table anywhere, the FPU, separate fault exceptions that tell their cause, the memory protection unit (MPU).
 *
 * Regions, the higher number wins; everything else is as the architecture's default map has it:
 *   0  RAM          0x20000000, 512 MB   read, write, no execution
 *   1  flash        the board's          read, execution: a stray write is a fault
 *   2  null page    from 0 to the flash  nothing, where the vector table does not lie at 0
 *   3  below RAM    8 KB                 nothing: the C stack, which all machines share, lies lowest in RAM and grows down to it
 */
#include "core.h"

#include "format.h"

#define SCB_SHCSR REG(0xE000ED24)
#define SCB_CFSR REG(0xE000ED28)
#define SCB_HFSR REG(0xE000ED2C)
#define SCB_MMFAR REG(0xE000ED34)
#define SCB_BFAR REG(0xE000ED38)
#define SCB_CPACR REG(0xE000ED88)
#define MPU_TYPE REG(0xE000ED90)
#define MPU_CTRL REG(0xE000ED94)
#define MPU_RNR REG(0xE000ED98)
#define MPU_RBAR REG(0xE000ED9C)
#define MPU_RASR REG(0xE000EDA0)

enum {
	SHCSR_FAULTS = 7 << 16, /* MemManage, BusFault, UsageFault: else each is a HardFault */
	CPACR_FPU = 0xF << 20,
	MPU_ON = 1, MPU_DEFAULT_MAP = 4,
	RASR_ENABLE = 1, RASR_NORMAL = 1 << 17, RASR_SHARED = 1 << 18, RASR_NO_EXECUTION = 1 << 28,
	RASR_NO_ACCESS = 0 << 24, RASR_READ_WRITE = 3 << 24, RASR_READ_ONLY = 6 << 24,
	REGION_RAM = 0, REGION_FLASH = 1, REGION_NULL = 2, REGION_BELOW = 3, REGIONS = 4,
	BELOW_LOG = 13, RAM_LOG = 29,
	NEAR_NULL = 64, /* where the vector table and code follow it */
};

/* Bits of CFSR. */
enum {
	IACCVIOL = 1 << 0, DACCVIOL = 1 << 1, MSTKERR = 1 << 4, MMARVALID = 1 << 7,
	IBUSERR = 1 << 8, PRECISERR = 1 << 9, IMPRECISERR = 1 << 10, STKERR = 1 << 12, BFARVALID = 1 << 15,
	UNDEFINSTR = 1 << 16, INVSTATE = 1 << 17, INVPC = 1 << 18, NOCP = 1 << 19, UNALIGNED = 1 << 24,
};

extern char _vectors[], _flash_origin[], _flash_end[], _ram_start[]; /* board.ld */

/* A symbol's address as a number. Hidden from the compiler, which takes it for granted that no object lies at 0: flash may. */
static uint32_t address_of(const char *symbol)
{
	__asm__("" : "+r"(symbol));
	return (uint32_t)(uintptr_t)symbol;
}

static uint32_t regions(void)
{
	return MPU_TYPE >> 8 & 0xFF;
}

/* A region of 2^log bytes. */
static void set_region(uint32_t number, uint32_t base, uint32_t log, uint32_t attributes)
{
	MPU_RNR = number;
	MPU_RBAR = base;
	MPU_RASR = attributes | (log - 1) << 1 | RASR_ENABLE;
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}

/* The least power of two that holds so many bytes, or the greatest within them. */
static uint32_t log_above(uint32_t bytes)
{
	return 32 - (uint32_t)__builtin_clz(bytes - 1);
}

static uint32_t log_within(uint32_t bytes)
{
	return 31 - (uint32_t)__builtin_clz(bytes);
}

static void protect_flash(uint32_t access)
{
	uint32_t flash = address_of(_flash_origin);
	set_region(REGION_FLASH, flash, log_above(address_of(_flash_end) - flash), access | RASR_NORMAL);
}

void core_flash_writable(bool writable)
{
	if (regions() >= REGIONS)
		protect_flash(writable ? RASR_READ_WRITE : RASR_READ_ONLY);
}

static void protect(void)
{
	uint32_t flash = address_of(_flash_origin);
	if (regions() < REGIONS)
		return;
	set_region(REGION_RAM, 0x20000000, RAM_LOG, RASR_READ_WRITE | RASR_NORMAL | RASR_SHARED | RASR_NO_EXECUTION);
	protect_flash(RASR_READ_ONLY);
	if (flash)
		set_region(REGION_NULL, 0, log_within(flash), RASR_NO_ACCESS | RASR_NORMAL | RASR_NO_EXECUTION);
	set_region(REGION_BELOW, address_of(_ram_start) - (1u << BELOW_LOG), BELOW_LOG, RASR_NO_ACCESS | RASR_NORMAL | RASR_NO_EXECUTION);
	MPU_CTRL = MPU_ON | MPU_DEFAULT_MAP;
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}

void core_init(void)
{
	SCB_VTOR = address_of(_vectors); /* a boot loader may have left its own there */
	SCB_CPACR |= CPACR_FPU; /* where there is one; elsewhere nothing happens */
	SCB_SHCSR |= SHCSR_FAULTS;
	__asm__ volatile("dsb\n\tisb");
	protect();
}

bool core_fault_frame_lost(void)
{
	return SCB_CFSR & (MSTKERR | STKERR);
}

/* What lies at an address that was protected. */
static const char *protected_there(uint32_t address)
{
	uint32_t flash = address_of(_flash_origin), ram = address_of(_ram_start);
	if (address < (flash ? 4096 : NEAR_NULL))
		return "a null pointer, or one near it";
	if (address >= flash && address < address_of(_flash_end))
		return "a write to flash, which is read-only";
	if (address >= ram - (1u << BELOW_LOG) && address < ram)
		return "below the C stack, which has overflowed";
	return "no memory of the program's";
}

void core_fault_explain(void)
{
	uint32_t cfsr = SCB_CFSR, mmfar = SCB_MMFAR, bfar = SCB_BFAR;
	if (cfsr & MMARVALID)
		stator_print("  an access to %08x: %s", (unsigned)mmfar, protected_there(mmfar));
	else if (cfsr & BFARVALID)
		stator_print("  an access to %08x: nothing is there", (unsigned)bfar);
	else if (cfsr & IACCVIOL)
		stator_print("  execution where there is no code: RAM is for data, and 0 is no function");
	else if (cfsr & IBUSERR)
		stator_print("  execution where there is no memory");
	else if (cfsr & IMPRECISERR)
		stator_print("  a write, some instructions before, to where nothing is");
	else if (cfsr & UNDEFINSTR)
		stator_print("  an instruction that there is not");
	else if (cfsr & (INVSTATE | INVPC))
		stator_print("  a jump to what is no address of code");
	else if (cfsr & NOCP)
		stator_print("  an instruction of an FPU that there is not");
	else if (cfsr & UNALIGNED)
		stator_print("  an address that is not aligned");
	stator_print("  cfsr %08x  hfsr %08x  mmfar %08x  bfar %08x", (unsigned)cfsr, (unsigned)SCB_HFSR, (unsigned)mmfar, (unsigned)bfar);
}
