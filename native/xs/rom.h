/*
 * rom.h: where the machine's builtins and the program's functions are. rom-boot.c: in flash, as constants that
 * stator-rom wrote (rom.c in the application's folder). rom-none.c: in RAM, made at boot. The build links one of the two.
 */
#ifndef STATOR_ROM_H
#define STATOR_ROM_H

#include "xsAll.h"

#include "stator-program.h"

/* What the image and the machine that boots from it must agree on. */
enum { STATOR_NAME_MODULO = 31, STATOR_SYMBOL_MODULO = 7 };

/* What stator-rom writes. */
typedef struct {
	const txPreparation *preparation;
	txSlot *execute;   /* the body of the program's first module, a function */
	txSlot *variables; /* what the modules declare outside of functions, other than functions: in RAM */
	uint32_t variable_count;
	uint32_t declared; /* by the first module, outside of functions: slots of its body's frame, which lasts as long as the program */
} stator_rom;

extern const stator_rom stator_rom_image;

/* A machine with the builtins and the program's names. `creation` says what is to be added to them: stack, slots, keys. Null: no memory. */
txMachine *stator_rom_machine(txCreation *creation, void *context);

/* Runs the program's first module. Throws what it throws. */
void stator_rom_run(txMachine *the);

/* In each collection: shows the image's variables to the engine. */
void stator_rom_visit(txMachine *the, void (*visit)(txMachine *the, txSlot *slot), bool marking);

/* Registers the program's names behind the engine's own. Returns the number of the first one that got a wrong ID, or -1. */
int32_t stator_rom_names(txMachine *the, const stator_program *program);

#endif
