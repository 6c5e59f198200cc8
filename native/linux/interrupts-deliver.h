/* interrupts-deliver.h: what the executor's loop on the host asks of interrupt.c; weak, null in a program without interrupts. */
#ifndef STATOR_INTERRUPTS_DELIVER_H
#define STATOR_INTERRUPTS_DELIVER_H

#include <stdint.h>

/* Vectors of the host; those below LINUX_SIGNALS are signals, too. */
enum { LINUX_VECTORS = 64, LINUX_SIGNALS = 32 };

/* A signal has come so often. Any thread; async-signal-safe. Nobody sees it before interrupts_deliver. */
void interrupts_raise(uint32_t vector, uint32_t times);

/* Walks the lists of what was raised, unless it is masked. The executor's own thread. */
__attribute__((weak)) void interrupts_deliver(void);

#endif
