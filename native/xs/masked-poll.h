/*
 * masked-poll.h: how the round enters a poll. The linker decides: fxRunID itself, under another name, or, in a program whose
 * manifest says "maskWhilePolling" (feature A10), masked-poll.c. So who does not mask pays nothing.
 */
#ifndef STATOR_MASKED_POLL_H
#define STATOR_MASKED_POLL_H

/* As fxRunID. */
void stator_enter_poll(txMachine *the, txSlot *generator, txInteger count);

/* What was called has thrown, and did not return: unmasks. Null in a program that does not mask. */
__attribute__((weak)) void stator_leave_poll(void);

#endif
