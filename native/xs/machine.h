/* machine.h: making the XS machine of a program and running it. */
#ifndef STATOR_MACHINE_H
#define STATOR_MACHINE_H

#include "executor.h"

/* The executor of the machine in thread mode; more come with priority levels. */
extern stator_executor stator_main_executor;

/* Boots the engine, loads the program and runs its first module to the end. Returns the exit status:
   0, or 1 after an exception that nothing caught (reported on the console). */
int stator_machine_run(void);

/* Prints the lines of TypeScript that the machine is in, innermost first; nothing when it is in none. For reports: it looks at
   each pointer before it follows it. */
void stator_machine_where(void);

/* Prints what the program used: polls, wakes, sleeps, memory, growth since the first run(). */
void stator_machine_summary(void);

#endif
