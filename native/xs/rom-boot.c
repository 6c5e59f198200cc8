/*
 * Boot from flash (rom.h): the machine starts on the image that stator-rom wrote, and takes RAM only for what the
 * program makes. Everything in the image carries the collector's mark, which no object in RAM has outside of a
 * collection: the engine takes it for visited and leaves it alone. The image's variables are the exception: they lie in
 * RAM, outside of the heap, and are shown to the engine in each collection. So do the objects that the library has when it
 * is loaded: they carry the mark, their properties do not, because the interpreter writes to none that is marked.
 */
#include "rom.h"

txMachine *stator_rom_machine(uint32_t number, txCreation *creation, void *context)
{
	const stator_instance *instance = &stator_rom_instances[number];
	creation->stackCount += (txSize)instance->declared;
	return fxPrepareMachine(creation, (txPreparation *)instance->preparation, "stator", context, NULL);
}

void stator_rom_run(uint32_t number, txMachine *the)
{
	mxPushUndefined();
	mxPushReference(stator_rom_instances[number].execute);
	mxCall();
	mxRunCount(0);
	mxPop();
}

/* Properties that an object of the image has got since: in the heap, and nobody else leads there. */
static void mark_added(txMachine *the, const stator_instance *instance, const txSlot *slot, txMarkRoot mark)
{
	const txSlot *begin = instance->variables, *end = begin + instance->variable_count;
	for (txSlot *at = slot->next; at && (at < begin || at >= end); at = at->next)
		if (!(at->flag & XS_MARK_FLAG)) {
			at->flag |= XS_MARK_FLAG;
			(*mark)(the, at);
		}
}

void stator_rom_visit(uint32_t number, txMachine *the, void (*visit)(txMachine *the, txSlot *slot), bool marking)
{
	const stator_instance *instance = &stator_rom_instances[number];
	for (uint32_t i = 0; i < instance->variable_count; i++) {
		txSlot *slot = instance->variables + i;
		(*visit)(the, slot);
		if (marking)
			mark_added(the, instance, slot, visit);
	}
}

uint32_t stator_rom_variable_bytes(uint32_t number)
{
	return stator_rom_instances[number].variable_count * sizeof(txSlot);
}
