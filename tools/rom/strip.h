/*
 * strip.h: what a program cannot reach stays out of the image. The build decides it (tools/strip) from a description of
 * the machine, the program's bytecode and the engine's sources; see docs/decisions/stripping.md.
 */
#ifndef STATOR_STRIP_H
#define STATOR_STRIP_H

#include "rom.h"

#include <stdbool.h>
#include <stdio.h>

/* rom.c's */
extern txSlot *heap, *heap_end;
extern char *builtin;
const char *symbol_of(const void *address);
void fail(const char *what, const char *detail, long number) XS_FUNCTION_NORETURN;

/* Writes the machine, a line for each name, place on the stack and slot in use. */
void describe(txMachine *the, FILE *out, bool (*in_use)(const txSlot *slot));

/* Takes out of the machine what the file lists; false when it cannot be read. */
bool leave_out(txMachine *the, const char *path);

/* Takes the names that were left out from the tables of keys; each is told to `drop`. */
void drop_keys(txMachine *the, void (*drop)(const txSlot *slot));

#endif
