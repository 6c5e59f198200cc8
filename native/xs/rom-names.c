/*
 * Names (rom.h): the engine's own and the program's, in the order that the bytecode's IDs have. Runs on the device when
 * the builtins are in RAM, else only in stator-rom.
 */
#include "rom.h"

/* Engine hook: the engine's own names and symbols, kept where they are (the stock function copies them). */
void fxBuildKeys(txMachine *the)
{
	int i = 0;
	for (; i < XS_SYMBOL_ID_COUNT; i++) {
		txID id = the->keyIndex;
		txSlot *description = fxNewSlot(the);
		description->kind = XS_STRING_X_KIND;
		description->value.string = (txString)gxIDStrings[i];
		the->keyArray[id] = description;
		the->keyIndex++;
	}
	for (; i < XS_ID_COUNT; i++)
		fxNewNameX(the, (txString)gxIDStrings[i]);
}

int32_t stator_rom_names(txMachine *the, const stator_program *program)
{
	for (uint32_t i = 0; i < program->name_count; i++)
		if (fxNewNameX(the, (txString)program->names[i]) != program->first_name + i)
			return (int32_t)i;
	return -1;
}
