/* The native functions behind hal/moddable's pins and serial line (events.js): callbacks of ECMA-419 as interrupts. */
#include "xsAll.h"

#include "interrupt-port.h"

static void came(uint32_t line)
{
	if (stator_interrupt_lists.lists) /* else nobody has ever waited */
		stator_interrupts_came(&stator_interrupt_lists, stator_port_vector_count() + line, 1);
}

/* pinCame(line, high) */
void xs_stator_pin_came(txMachine *the)
{
	const uint32_t line = STATOR_LINE_PINS + STATOR_EDGES * (uint32_t)fxToInteger(the, mxArgv(0));
	came(line + (fxToBoolean(the, mxArgv(1)) ? STATOR_EDGE_RISING : STATOR_EDGE_FALLING));
	came(line + STATOR_EDGE_BOTH);
}

/* consoleCame(count) */
void xs_stator_console_came(txMachine *the)
{
	(void)the;
	came(STATOR_LINE_CONSOLE);
}
