/*
 * Native functions of an application (record-native.h). They are the outside: what one gives is a value of the record, and a replay does not
 * call it. So it may give undefined, null, a boolean or a number, and get no object, into which it could write unseen. Where one does more, or
 * throws, the record ends: what came after could not be given back.
 */
#include "xsAll.h"

#include "record-native.h"
#include "record.h"

/* What a value is, in the record: the engine's kinds differ between its versions. */
enum { NOTHING, NIL, FLAG, INTEGER, NUMBER, OTHER };

static int64_t kind_of(const txSlot *slot)
{
	switch (slot->kind) {
	case XS_UNDEFINED_KIND:
		return NOTHING;
	case XS_NULL_KIND:
		return NIL;
	case XS_BOOLEAN_KIND:
		return FLAG;
	case XS_INTEGER_KIND:
		return INTEGER;
	case XS_NUMBER_KIND:
		return NUMBER;
	default:
		return OTHER;
	}
}

static bool gets_objects(txMachine *the)
{
	for (txInteger i = 0; i < mxArgc; i++)
		if (kind_of(mxArgv(i)) == OTHER && !mxIsStringPrimitive(mxArgv(i)))
			return true;
	return false;
}

void stator_record_native(txMachine *the, void (*function)(txMachine *the))
{
	union { double number; int64_t bits; } both;
	volatile bool uncovered = gets_objects(the); /* across a jump record */
	if (function) {
		mxTry(the) {
			function(the);
		}
		mxCatch(the) {
			stator_record_uncovered();
			fxJump(the);
		}
		uncovered = uncovered || kind_of(mxResult) == OTHER;
	}
	if (uncovered) {
		stator_record_uncovered();
		return;
	}
	switch (stator_outside(STATOR_RECORD_NATIVE, kind_of(mxResult))) {
	case NIL:
		mxResult->kind = XS_NULL_KIND;
		break;
	case FLAG:
		mxResult->value.boolean = (txBoolean)stator_outside(STATOR_RECORD_NATIVE, mxResult->value.boolean);
		mxResult->kind = XS_BOOLEAN_KIND;
		break;
	case INTEGER:
		mxResult->value.integer = (txInteger)stator_outside(STATOR_RECORD_NATIVE, mxResult->value.integer);
		mxResult->kind = XS_INTEGER_KIND;
		break;
	case NUMBER:
		both.number = mxResult->value.number;
		both.bits = stator_outside(STATOR_RECORD_NATIVE, both.bits);
		mxResult->value.number = both.number;
		mxResult->kind = XS_NUMBER_KIND;
		break;
	default:
		mxResult->kind = XS_UNDEFINED_KIND;
	}
}
