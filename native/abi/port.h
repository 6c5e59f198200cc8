/*
 * port.h: what a platform gives (native/cortex-m, native/linux). The whole seam
 * between the engine glue and a machine.
 */
#ifndef STATOR_PORT_H
#define STATOR_PORT_H

#include "executor.h"

#include <stddef.h>

/* Ticks since start, one a millisecond, wrapping at 2^32. Any context. */
uint32_t stator_port_now(void);

/* The clock behind the ticks, in its own steps since start, and how many of them make a second. Sleep included. Any context. */
uint64_t stator_port_time(void);
uint32_t stator_port_time_hz(void);

/* Moves the origin of the tick count: tests use it to walk the clock over its wrap. */
void stator_port_shift(uint32_t ticks);

/* Programs the clock for the earliest armed alarm of the executor. The executor's own context. */
void stator_port_alarm(stator_executor *executor);

/* Called at the start of each round: a platform whose clock does not interrupt looks here for alarms that are due. */
void stator_port_round(stator_executor *executor);

/* Lets a sleeping executor look at its words again. Any context; on a board an interrupt does that by itself. */
void stator_port_pend(stator_executor *executor);

/* Sleeps until stator_work(executor). Masks, looks, sleeps, unmasks: no wake falls in between. */
void stator_port_idle(stator_executor *executor);

typedef struct {
	const char *text;
	size_t size;
} stator_text;

/* Writes text to the console; returns when it is queued (the ring is emptied by interrupt) or written. What one call writes comes
   out as one piece: what a more urgent level writes meanwhile stands behind it. */
void stator_port_write(const char *text, size_t size);
void stator_port_write_texts(const stator_text *texts, uint32_t count);

/* The same with bytes that are no text: they go out as they are. */
void stator_port_write_raw(const char *bytes, size_t size);

/* One byte that the console received, or -1. The executor's own context. */
int stator_port_read(void);

/* Keeps interrupts away, for a few instructions; may be nested. Returns what stator_port_unlock wants back. Any context. */
uint32_t stator_port_lock(void);
void stator_port_unlock(uint32_t state);

/* Waits until everything written has left the machine; works with interrupts masked (faults). */
void stator_port_flush(void);

/* A free-running counter for measurements, and how many of its steps make a second (0: not had here). */
uint32_t stator_port_cycles(void);
uint32_t stator_port_cycles_hz(void);

/* What a program occupies, for the summary: static RAM without the machine's block, and flash. Bytes. */
uint32_t stator_port_ram_bytes(void);
uint32_t stator_port_flash_bytes(void);

/* The lowest address that the C stack of this thread of control may reach. */
char *stator_port_stack_limit(void);

/* How much of the C stack of this thread of control is in use, of how much; both 0 when that is not known. Bytes. */
void stator_port_stack(uint32_t *used, uint32_t *size);

/* The board's light, where it has one. */
void stator_port_led(bool on);

/*
 * Priority levels: an executor that the interrupt vector of a level enters (native/xs/levels.c). Vectors are numbered as
 * at the interrupt controller, from 0; of priorities 0 is the most urgent, and each number is a level that preempts the
 * next, whichever bits the controller has for it. INIT.
 */
uint32_t stator_port_priorities(void);

/* 0, -ENXIO: no such vector, -EBUSY: it has a handler, -ERANGE: no such priority. `priority` -1: as the controller has it. */
int stator_port_level_check(int32_t vector, int32_t priority);

/* After a successful check: from now on the vector enters the executor, at once when it has work. */
int stator_port_level_open(stator_executor *executor, int32_t priority);

/* The vector no longer enters the executor. At the program's end. */
void stator_port_level_close(stator_executor *executor);

/* Whether interrupts are masked; unmasks and masks them. */
bool stator_port_masked(void);
void stator_port_interrupts(bool on);

/* The program begins anew: a board resets, a host starts the same program with the same arguments. */
_Noreturn void stator_port_restart(void);

/* The program has ended. A board halts (or resets, as configured); a host exits with the status. */
_Noreturn void stator_port_exit(int status);

#endif
