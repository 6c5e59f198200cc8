/* replay-port.h: what report.c asks of port.c. */
#ifndef STATOR_REPLAY_PORT_H
#define STATOR_REPLAY_PORT_H

#include <stdint.h>
#include <stdio.h>

/* Where the console goes: stdout, or, for what is said of the program and not by it, stderr. */
extern FILE *replay_console;

/* The tick that the program was given last. */
uint32_t replay_now(void);

/* Which task is being polled, in words. */
const char *replay_polled(void);

/* The trace, when there is one; then the process ends. */
_Noreturn void replay_leave(int status);

#endif
