/* position.h: where something was thrown, as file and line of the TypeScript source. */
#ifndef STATOR_POSITION_H
#define STATOR_POSITION_H

#include <stddef.h>

struct sxMachine;
struct sxSlot;

/* The engine is about to unwind: remembers the JavaScript frames, innermost first, unless the same exception is only
   thrown on. Called from fxJump (stator-xs-platform.h). */
void stator_note_throw(struct sxMachine *the);

/* Prints `  at file:line` for each frame remembered of this exception; nothing when it is another. */
void stator_print_positions(struct sxMachine *the, const struct sxSlot *exception);

/* Prints `  at file:line` for each JavaScript frame that the machine is in now, innermost first, behind a line that says so. */
void stator_print_where(struct sxMachine *the);

/* Writes `file:line` of the innermost frame, or an empty string. Returns the length. */
size_t stator_position(struct sxMachine *the, const struct sxSlot *exception, char *buffer, size_t size);

#endif
