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

/* Writes text to the console; returns when it is queued (the ring is emptied by interrupt) or written. */
void stator_port_write(const char *text, size_t size);

/* One byte that the console received, or -1. The executor's own context. */
int stator_port_read(void);

/* The task to wake when the console receives something; -1: none. */
void stator_port_read_waker(stator_executor *executor, stator_task_id waker);

/* How often the board's button was pressed, and the task to wake when it is; -1: none. The executor's own context. */
uint32_t stator_port_edges(void);
void stator_port_edge_waker(stator_executor *executor, stator_task_id waker);

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

/* The board's light, where it has one. */
void stator_port_led(bool on);

/* The program has ended. A board halts (or resets, as configured); a host exits with the status. */
_Noreturn void stator_port_exit(int status);

#endif
