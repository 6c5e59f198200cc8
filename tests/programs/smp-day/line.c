/* Bytes onto the console's line from within, as the UART's handler takes them: a client that lives in the board's own time. */
#include "xsAll.h"

#include "chip.h"
#include "core.h"

/* type(text): how many of its bytes found no room. */
void xs_test_type(txMachine *the)
{
	txInteger lost = 0;
	for (const char *at = fxToString(the, mxArgv(0)); *at; at++) {
		uint32_t state = core_mask();
		if (console_has_room())
			console_received((uint8_t)*at);
		else
			lost++;
		core_unmask(state);
	}
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = lost;
}
