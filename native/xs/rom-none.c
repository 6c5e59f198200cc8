/*
 * The builtins in RAM (rom.h), made at boot: 60 KB and 600,000 instructions on a board. For programs that must change
 * the builtins, and to test the image against.
 */
#include "rom.h"

#include "format.h"
#include "port.h"

enum { BUILTIN_SLOTS = 3840 };

txMachine *stator_rom_machine(uint32_t number, txCreation *creation, void *context)
{
	(void)number; /* the build refuses levels without an image */
	creation->stackCount += mxStackIndexCount + (txSize)stator_the_program.name_count; /* at least as many as the module declares */
	creation->initialHeapCount += BUILTIN_SLOTS;
	creation->initialKeyCount += XS_ID_COUNT + (txSize)stator_the_program.name_count;
	txMachine *the = fxCreateMachine(creation, "stator", context, XS_NO_ID);
	if (!the)
		return NULL;
	int32_t wrong = stator_rom_names(the, &stator_the_program);
	if (wrong >= 0) {
		stator_print("stator: name %d, \"%s\", has another ID than the bytecode expects: build the program again", (int)wrong, stator_the_program.names[wrong]);
		stator_port_exit(2);
	}
	return the;
}

void stator_rom_run(uint32_t number, txMachine *the)
{
	(void)number;
	mxPushStringX((txString)stator_the_program.modules[0].name);
	fxAwaitImport(the, XS_IMPORT_NAMESPACE);
}

void stator_rom_visit(uint32_t number, txMachine *the, void (*visit)(txMachine *the, txSlot *slot), bool marking)
{
	(void)number;
	(void)marking;
	(void)the;
	(void)visit;
}

uint32_t stator_rom_variable_bytes(uint32_t number)
{
	(void)number;
	return 0;
}
