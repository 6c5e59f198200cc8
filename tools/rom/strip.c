/*
 * Description and reduction of the machine (strip.h).
 *
 * A description has these lines, numbers in decimal; a reference is a slot's place in the heap, -1 for none:
 *     key ID name
 *     root INDEX references...     a place of the stack, counted from its top, that holds an object, or a getter and a setter
 *     slot PLACE object builtin internal ID next references...
 *         object: begins an object; its properties follow in the chain of `next`. internal: a property without a name.
 *         Among the references: @callback, #type (of a constructor of typed arrays), %ID (of a symbol)
 *
 * What is to be left out comes back as lines: `p PLACE` (a property), `r INDEX` (a place of the stack: it gets the
 * prototype of all objects, so that whatever should look there after all finds an object, or no getter), `k ID` (a name).
 */
#include "strip.h"

static bool *dropped_ids;

static long place_of(const txSlot *slot)
{
	return slot && slot >= heap && slot < heap_end ? slot - heap : -1;
}

static void put_references(FILE *out, const txSlot *slot)
{
	const txValue *value = &slot->value;
	const txSlot *first = NULL, *second = NULL;
	switch (slot->kind) {
	case XS_REFERENCE_KIND: first = value->reference; break;
	case XS_INSTANCE_KIND: first = value->instance.prototype; break;
	case XS_CLOSURE_KIND: first = value->closure; break;
	case XS_ACCESSOR_KIND: first = value->accessor.getter; second = value->accessor.setter; break;
	case XS_HOME_KIND: first = value->home.object; second = value->home.module; break;
	case XS_EXPORT_KIND: first = value->export.closure; second = value->export.module; break;
	case XS_LIST_KIND: first = value->list.first; second = value->list.last; break;
	case XS_CODE_X_KIND: first = value->code.closures; break;
	case XS_CALLBACK_KIND: first = value->callback.closures; break;
	case XS_SYMBOL_KIND: fprintf(out, " %%%d", value->symbol); break;
	case XS_TYPED_ARRAY_KIND: fprintf(out, " #%d", (int)(value->typedArray.dispatch - gxTypeDispatches)); break;
	}
	if (first)
		fprintf(out, " %ld", place_of(first));
	if (second)
		fprintf(out, " %ld", place_of(second));
	if (slot->kind == XS_CALLBACK_KIND)
		fprintf(out, " @%s", symbol_of((void *)value->callback.address));
}

void describe(txMachine *the, FILE *out, bool (*in_use)(const txSlot *slot))
{
	for (txID id = 0; id < the->keyIndex; id++) {
		const txSlot *key = the->keyArray[id];
		fprintf(out, "key %d %s\n", id, key && key->kind != XS_UNDEFINED_KIND ? key->value.key.string : "");
	}
	for (int i = 0; i < the->stackTop - the->stack; i++) {
		const txSlot *slot = the->stackTop - 1 - i;
		if (slot->kind != XS_REFERENCE_KIND && slot->kind != XS_ACCESSOR_KIND)
			continue;
		fprintf(out, "root %d", i);
		put_references(out, slot);
		fputc('\n', out);
	}
	for (const txSlot *slot = heap; slot < heap_end; slot++) {
		if (!in_use(slot))
			continue;
		fprintf(out, "slot %ld %d %d %d %d %ld", place_of(slot), slot->kind == XS_INSTANCE_KIND, builtin[slot - heap],
			(slot->flag & XS_INTERNAL_FLAG) != 0, slot->ID, place_of(slot->next));
		put_references(out, slot);
		fputc('\n', out);
	}
}

static void blank(txMachine *the, txSlot *root)
{
	if (root->kind == XS_ACCESSOR_KIND)
		root->value.accessor.getter = root->value.accessor.setter = NULL;
	else
		root->value.reference = mxObjectPrototype.value.reference;
}

/* Takes the marked slots out of the chains of their objects. */
static void unlink_all(const bool *marked)
{
	for (txSlot *slot = heap; slot < heap_end; slot++)
		while (slot->next && place_of(slot->next) >= 0 && marked[slot->next - heap])
			slot->next = slot->next->next;
}

bool leave_out(txMachine *the, const char *path)
{
	bool *marked = calloc((size_t)(heap_end - heap), sizeof *marked);
	char what;
	long number;
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	dropped_ids = calloc((size_t)the->keyIndex, sizeof *dropped_ids);
	while (fscanf(file, " %c %ld", &what, &number) == 2)
		if (what == 'p' && number >= 0 && number < heap_end - heap)
			marked[number] = true;
		else if (what == 'r' && number >= 0 && number < the->stackTop - the->stack)
			blank(the, &the->stackTop[-1 - number]);
		else if (what == 'k' && number >= 0 && number < the->keyIndex)
			dropped_ids[number] = true;
		else
			fail(path, " does not belong to this machine", number);
	fclose(file);
	unlink_all(marked);
	fxCollectGarbage(the);
	free(marked);
	return true;
}

void drop_keys(txMachine *the, void (*drop)(const txSlot *slot))
{
	if (!dropped_ids)
		return;
	for (txID id = 0; id < the->keyIndex; id++) {
		txSlot *key = the->keyArray[id];
		if (!key || !dropped_ids[id])
			continue;
		the->keyArray[id] = NULL;
		drop(key);
		for (txID bucket = 0; bucket < the->nameModulo; bucket++)
			for (txSlot **address = &the->nameTable[bucket]; *address; address = &(*address)->next)
				if (*address == key) {
					*address = key->next;
					break;
				}
	}
}
