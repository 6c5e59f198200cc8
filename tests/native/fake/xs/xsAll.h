/* xsAll.h of no engine: slots, arrays and arguments, as far as the C files have them that are tested without one. */
#ifndef STATOR_FAKE_XS_H
#define STATOR_FAKE_XS_H

#include <stddef.h>
#include <stdint.h>

enum { XS_INTEGER_KIND = 3, XS_REFERENCE_KIND = 10, XS_ARRAY_KIND = 17, XS_INSTANCE_KIND = 18 };

typedef int32_t txInteger;

typedef struct sxSlot {
	struct sxSlot *next;
	uint8_t kind;
	union {
		txInteger integer;
		struct sxSlot *reference;
		struct {
			struct sxSlot *address;
			uint32_t length;
		} array;
	} value;
} txSlot;

typedef struct sxMachine {
	void *context;
	txSlot *arguments;
	int argument_count;
} txMachine;

#define mxArgc (the->argument_count)
#define mxArgv(index) (&the->arguments[index])
#define fxToInteger(the, slot) ((slot)->value.integer)

#endif
