/*
 * probe.h: what start-up takes, for the build. `stator build` links a program a first time with probe.c, runs it in the
 * emulator until start-up is over, and reads from its lines what the program's own image gets (tools/creation.ts).
 * Images link probe-none.c, where all of this is nothing.
 */
#ifndef STATOR_PROBE_H
#define STATOR_PROBE_H

#include <stdint.h>

struct sxMachine;

/* The machine has been made: paints the free part of its stack, and of the C stack. */
void stator_probe_begin(struct sxMachine *the);

/* A pool's frames are made next; with them there will be `slots` task slots. */
void stator_probe_pool(struct sxMachine *the, const char *task, uint32_t slots);

/* A slot was added. */
void stator_probe_slot(struct sxMachine *the, uint32_t slot);

/* Start-up is over: reports and ends the program. */
void stator_probe_started(struct sxMachine *the);

/* The program has ended, and never got to run(): reports that. */
void stator_probe_ended(struct sxMachine *the);

#endif
