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

/* What stator-rom writes for each machine of the program: its instance of its entry module. */
typedef struct {
	const txPreparation *preparation;
	txSlot *execute;   /* the body of the entry module, a function */
	txSlot *variables; /* what the modules declare outside of functions, other than functions: in RAM */
	uint32_t variable_count;
	uint32_t declared; /* by the entry module, outside of functions: slots of its body's frame, which lasts as long as the program */
} stator_instance;

extern const stator_instance stator_rom_instances[];

/* A machine with the builtins and the program's names, for the machine of that number (0: thread mode). `creation` says
   what is to be added to them: stack, slots, keys. Null: no memory. */
txMachine *stator_rom_machine(uint32_t number, txCreation *creation, void *context);

/* Runs the machine's entry module. Throws what it throws. */
void stator_rom_run(uint32_t number, txMachine *the);

/* In each collection: shows the image's variables to the engine. */
void stator_rom_visit(uint32_t number, txMachine *the, void (*visit)(txMachine *the, txSlot *slot), bool marking);

/* Bytes of RAM that the image's variables of a machine take. */
uint32_t stator_rom_variable_bytes(uint32_t number);

/* Registers the program's names behind the engine's own. Returns the number of the first one that got a wrong ID, or -1. */
int32_t stator_rom_names(txMachine *the, const stator_program *program);

#endif
