/*
 * interrupt-port.h: what a platform gives for interrupts, beside port.h. Linked only into programs that wait for one
 * (native/xs/interrupt-glue.c asks for it).
 *
 * Sources are numbered: the vectors of the interrupt controller from 0, behind them the lines: the console, then three for
 * each line that pins interrupt by.
 */
#ifndef STATOR_INTERRUPT_PORT_H
#define STATOR_INTERRUPT_PORT_H

#include "interrupts.h"

/* The lines, by their distance from the number of vectors. */
enum { STATOR_LINE_CONSOLE = 0, STATOR_LINE_PINS = 1 };

/* What a pin's edge may be: its source is STATOR_LINE_PINS + 3 * (its line) + one of these. */
enum { STATOR_EDGE_RISING, STATOR_EDGE_FALLING, STATOR_EDGE_BOTH, STATOR_EDGES };

/* The lists, of this machine's one interrupt controller; null until stator_interrupts_make has made them. */
extern stator_interrupts stator_interrupt_lists;

/* Makes the lists. 0 or -ENOMEM. INIT */
int stator_interrupts_make(void);

/* How many vectors there are; a vector's name, or null. */
uint32_t stator_port_vector_count(void);
const char *stator_port_vector_name(uint32_t vector);

/* Makes a vector's interrupts come to its list. 0; -EPERM: the chip's own files handle it; -EBUSY: another handler is attached;
   -ENOMEM. It stays disabled. INIT */
int stator_port_vector_attach(uint32_t vector);

/* The vector's list is waited at: enabled from here on. `hold`: only until its next interrupt. HOT */
void stator_port_vector_await(uint32_t vector, bool hold);

/* Raises a vector by software: its interrupt comes as soon as it is enabled and nothing is masked; on a board also as soon as its priority
   allows. 0; -ENXIO: no such vector. Any context. */
int stator_port_vector_pend(uint32_t vector);

/* Sets a vector's priority, 0 the most urgent, below the number that is returned: how many there are. */
uint32_t stator_port_vector_priority(uint32_t vector, uint32_t priority);

/* A pin's number by its name ("button" is one on every board), -1: there is none. INIT */
int32_t stator_port_pin(const char *name);

/* Makes a pin interrupt at an edge. Its source's distance from the number of vectors; -EBUSY: another pin has its line. */
int32_t stator_port_pin_watch(uint32_t pin, uint32_t edge);

/* An application's C source may attach it to a vector: called first in the handler, to tell the peripheral that its interrupt
   was seen. 0, or -EINVAL, -ENOMEM. INIT */
typedef void (*stator_acknowledge)(uint32_t vector);
int stator_interrupt_acknowledge(uint32_t vector, stator_acknowledge acknowledge);

#endif
