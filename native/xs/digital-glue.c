/* The native functions behind src/io/digital.ts (digital.js): argument conversion around native/abi/pin-port.h. */
#include "xsAll.h"

#include "native-call.h"
#include "pin-port.h"
#include "record-hooks.h"

/* pinOpen(pin, mode): 0, -EINVAL or -EBUSY. INIT */
void xs_stator_pin_open(txMachine *the)
{
	return_integer(the, hook_outside(STATOR_RECORD_PORT, stator_port_pin_open(unsigned_arg(the, 0), unsigned_arg(the, 1))));
}

/* pinClose(pin) */
void xs_stator_pin_close(txMachine *the)
{
	stator_port_pin_close(unsigned_arg(the, 0));
}

/* pinRead(pin): 0 or 1. HOT */
void xs_stator_pin_read(txMachine *the)
{
	return_integer(the, hook_outside(STATOR_RECORD_PORT, stator_port_pin_read(unsigned_arg(the, 0))));
}

/* pinWrite(pin, value): any value but 0 is high. HOT */
void xs_stator_pin_write(txMachine *the)
{
	stator_port_pin_write(unsigned_arg(the, 0), integer_arg(the, 1) != 0);
}
