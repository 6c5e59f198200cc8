/*
 * native-call.h: arguments and results of native functions, for the glue of this tree: integers, which the engine has as such or as other
 * numbers, and booleans. XS 13 and 17. HOT
 */
#ifndef STATOR_NATIVE_CALL_H
#define STATOR_NATIVE_CALL_H

#include "xsAll.h"

/* A slot as an integer of 32 bits, modulo 2^32; TypeError where it cannot be made a number. */
static inline txInteger integer_of(txMachine *the, txSlot *slot)
{
	return slot->kind == XS_INTEGER_KIND ? slot->value.integer : fxToInteger(the, slot);
}

/* An argument that is there. */
static inline txInteger integer_arg(txMachine *the, int index)
{
	return integer_of(the, mxArgv(index));
}

/* One that may be left out. */
static inline txInteger integer_or(txMachine *the, int index, txInteger otherwise)
{
	return mxArgc > index ? integer_arg(the, index) : otherwise;
}

static inline uint32_t unsigned_arg(txMachine *the, int index)
{
	return (uint32_t)integer_arg(the, index);
}

static inline void set_integer(txSlot *slot, txInteger value)
{
	slot->kind = XS_INTEGER_KIND;
	slot->value.integer = value;
}

static inline void set_boolean(txSlot *slot, bool value)
{
	slot->kind = XS_BOOLEAN_KIND;
	slot->value.boolean = value;
}

static inline void return_integer(txMachine *the, txInteger value)
{
	set_integer(mxResult, value);
}

static inline void return_boolean(txMachine *the, bool value)
{
	set_boolean(mxResult, value);
}

#endif
