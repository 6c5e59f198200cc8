/* interrupts-deliver.h: what the executor's loop on the host asks of interrupt.c; weak, null in a program without interrupts. */
#ifndef STATOR_INTERRUPTS_DELIVER_H
#define STATOR_INTERRUPTS_DELIVER_H

/* Walks the lists of what was raised, unless it is masked. The executor's own thread. */
__attribute__((weak)) void interrupts_deliver(void);

#endif
