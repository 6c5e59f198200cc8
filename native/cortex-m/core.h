/*
 * core.h: what Stator uses of the core, alike on Armv6-M and Armv7-M: masking, the interrupt controller, and the functions that
 * differ (armv6m/core.c, armv7m/core.c: the board says which). Names as in Arm's manuals.
 */
#ifndef STATOR_CORE_H
#define STATOR_CORE_H

#include <stdbool.h>
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))

#define DWT_CTRL REG(0xE0001000)
#define DWT_CYCCNT REG(0xE0001004)
#define SCB_CPUID REG(0xE000ED00)
#define SCB_ICSR REG(0xE000ED04)
#define SCB_VTOR REG(0xE000ED08)
#define SCB_AIRCR REG(0xE000ED0C)
#define DCB_DEMCR REG(0xE000EDFC)
#define NVIC_ISER(vector) REG(0xE000E100 + 4 * ((vector) / 32))
#define NVIC_ICER(vector) REG(0xE000E180 + 4 * ((vector) / 32))
#define NVIC_ISPR(vector) REG(0xE000E200 + 4 * ((vector) / 32))
#define NVIC_IPR(vector) REG(0xE000E400 + 4 * ((vector) / 4))

#define CPUID_ARCHITECTURE(cpuid) ((cpuid) >> 16 & 15)

enum {
	ICSR_PENDSTSET = 1 << 26,
	ICSR_PENDSTCLR = 1 << 25,
	CPUID_ARMV6M = 12,
	DEMCR_TRCENA = 1 << 24,
	DWT_CYCCNTENA = 1,
};

/* The vector table's address, FPU, fault exceptions and memory protection, where the core has them. INIT, before anything else. */
void core_init(void);

/* For a fault's report: whether the core could not even stack its registers, and a line that says what was tried where,
   with the registers that tell it. A fault's handler, once. */
bool core_fault_frame_lost(void);
void core_fault_explain(void);

/* Whether flash may be written to, where memory protection guards it: for as long as its controller is given a word. */
void core_flash_writable(bool writable);

/* Memory at an address. */
static inline const uint8_t *core_memory(uint32_t address)
{
	return (const uint8_t *)(uintptr_t)address;
}

/* Masks interrupts; returns what core_unmask wants back. */
static inline uint32_t core_mask(void)
{
	uint32_t state;
	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(state)::"memory");
	return state;
}

static inline void core_unmask(uint32_t state)
{
	__asm__ volatile("msr primask, %0" ::"r"(state) : "memory");
}

static inline void core_wait_for_interrupt(void)
{
	__asm__ volatile("dsb\n\twfi\n\tisb" ::: "memory");
}

static inline void core_enable_vector(uint32_t vector)
{
	NVIC_ISER(vector) = 1u << (vector % 32);
}

static inline void core_disable_vector(uint32_t vector)
{
	NVIC_ICER(vector) = 1u << (vector % 32);
}

/* 0 is the most urgent; a core has the upper two (Armv6-M) to eight bits of the number. By word: Armv6-M knows no other. */
static inline void core_vector_priority(uint32_t vector, uint32_t priority)
{
	uint32_t shift = 8 * (vector % 4);
	NVIC_IPR(vector) = (NVIC_IPR(vector) & ~(0xFFu << shift)) | priority << shift;
}

static inline void core_pend_vector(uint32_t vector)
{
	NVIC_ISPR(vector) = 1u << (vector % 32);
}

#endif
