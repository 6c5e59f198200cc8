/* number-text.h: a number as TypeScript writes it, for messages of errors. */
#ifndef STATOR_NUMBER_TEXT_H
#define STATOR_NUMBER_TEXT_H

#include "xsAll.h"

enum { NUMBER_TEXT_BYTES = 32 };

/* By the engine's own conversion, which takes chunks: only where something is about to be thrown. */
static inline const char *number_text(txMachine *the, txNumber number, char text[NUMBER_TEXT_BYTES])
{
	mxPushNumber(number);
	fxToStringBuffer(the, the->stack, text, NUMBER_TEXT_BYTES);
	mxPop();
	return text;
}

#endif
