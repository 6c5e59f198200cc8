/* field.h: numbers in C memory as TypeScript's numbers: what a record has fields of (src/actor/record.ts, in this order). */
#ifndef STATOR_FIELD_H
#define STATOR_FIELD_H

#include "xsAll.h"

#include "native-call.h"

enum { FIELD_U8, FIELD_I8, FIELD_U16, FIELD_I16, FIELD_U32, FIELD_I32, FIELD_F32, FIELD_F64, FIELD_KINDS };

static inline uint32_t field_size(uint32_t kind)
{
	static const uint8_t sizes[FIELD_KINDS] = { 1, 1, 2, 2, 4, 4, 4, 8 };
	return sizes[kind];
}

/* The number at an address, as the result of a native function. */
static inline void field_read(txMachine *the, const uint8_t *at, uint32_t kind)
{
	union { uint8_t u8; int8_t i8; uint16_t u16; int16_t i16; uint32_t u32; int32_t i32; float f32; double f64; } value = { .f64 = 0 };
	c_memcpy(&value, at, field_size(kind));
	txInteger integer;
	switch (kind) {
	case FIELD_U8: integer = value.u8; break;
	case FIELD_I8: integer = value.i8; break;
	case FIELD_U16: integer = value.u16; break;
	case FIELD_I16: integer = value.i16; break;
	case FIELD_I32: integer = value.i32; break;
	default:
		if (kind == FIELD_U32 && value.u32 <= INT32_MAX) {
			integer = (txInteger)value.u32;
			break;
		}
		mxResult->value.number = kind == FIELD_U32 ? value.u32 : kind == FIELD_F32 ? value.f32 : value.f64;
		mxResult->kind = XS_NUMBER_KIND;
		return;
	}
	return_integer(the, integer);
}

/* A number of TypeScript's, to an address. */
static inline void field_write(txMachine *the, uint8_t *at, uint32_t kind, txSlot *number)
{
	if (kind >= FIELD_F32) {
		double wide = fxToNumber(the, number);
		float single = (float)wide;
		c_memcpy(at, kind == FIELD_F32 ? (void *)&single : (void *)&wide, field_size(kind));
	} else {
		uint32_t word = number->kind == XS_INTEGER_KIND ? (uint32_t)number->value.integer : fxToUnsigned(the, number);
		c_memcpy(at, &word, field_size(kind)); /* little-endian */
	}
}

#endif
