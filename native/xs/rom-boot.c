/*
 * Boot from flash (rom.h): the machine starts on the image that stator-rom wrote, and takes RAM only for what the
 * program makes. Everything in the image carries the collector's mark, which no object in RAM has outside of a
 * collection: the engine takes it for visited and leaves it alone. The image's variables are the exception: they lie in
 * RAM, outside of the heap, and are shown to the engine in each collection. So do the objects that the library has when it
 * is loaded: they carry the mark, their properties do not, because the interpreter writes to none that is marked.
 */
#include "rom.h"

txMachine *stator_rom_machine(txCreation *creation, void *context)
{
	creation->stackCount += (txSize)stator_rom_image.declared;
	return fxPrepareMachine(creation, (txPreparation *)stator_rom_image.preparation, "stator", context, NULL);
}

void stator_rom_run(txMachine *the)
{
	mxPushUndefined();
	mxPushReference(stator_rom_image.execute);
	mxCall();
	mxRunCount(0);
	mxPop();
}

/* Properties that an object of the image has got since: in the heap, and nobody else leads there. */
static void mark_added(txMachine *the, const txSlot *slot, txMarkRoot mark)
{
	const txSlot *begin = stator_rom_image.variables, *end = begin + stator_rom_image.variable_count;
	for (txSlot *at = slot->next; at && (at < begin || at >= end); at = at->next)
		if (!(at->flag & XS_MARK_FLAG)) {
			at->flag |= XS_MARK_FLAG;
			(*mark)(the, at);
		}
}

void stator_rom_visit(txMachine *the, void (*visit)(txMachine *the, txSlot *slot), bool marking)
{
	for (uint32_t i = 0; i < stator_rom_image.variable_count; i++) {
		txSlot *slot = stator_rom_image.variables + i;
		(*visit)(the, slot);
		if (marking)
			mark_added(the, slot, visit);
	}
}
