/*
 * interrupt-line.h: how handlers of the board's own files tell that a line's interrupt came (native/abi/interrupt-port.h).
 * Weak: a program that waits for none has no lists, and the address is null there.
 */
#ifndef STATOR_INTERRUPT_LINE_H
#define STATOR_INTERRUPT_LINE_H

#include "interrupt-port.h"

/* Counts it and wakes who waits. ISR. */
__attribute__((weak)) void interrupt_line(uint32_t line);

#endif
