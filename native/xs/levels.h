/*
 * levels.h: XS machines at priority levels. Each is entered from an interrupt vector of its own, runs what is ready and
 * returns: it preempts the machine in thread mode and every less urgent level in the middle of what these do,
 * collections included, since no two machines share an object.
 */
#ifndef STATOR_LEVELS_H
#define STATOR_LEVELS_H

#include "machine.h"

/* A round of a machine's executor (glue.c). HOT. */
uint32_t stator_round(struct sxMachine *the, struct sxSlot *polls, struct sxSlot *settle, uint32_t budget, bool sleeps);

/* Calls attend(due), where no TypeScript is running. Ends the program when that throws. */
void stator_attend(struct sxMachine *the, struct sxSlot *attend, uint32_t due);

/* Rounds until nothing is ready and nothing is due. In the level's handler (boards), in the loop's thread (Linux). HOT. */
void stator_level_turn(stator_machine *machine);

/* What stator_boot_levels, stator_levels_end and stator_levels_summary (machine.h) are in a program that has levels. */
void stator_levels_boot(void);
void stator_levels_close(void);
void stator_levels_print(void);

#endif
