/* A handler at the most urgent priority that counts how often it ran, and a function that raises its vector. */
#include "xsAll.h"

#include "core.h"
#include "interrupt-port.h"
#include "vectors.h"

enum { VECTOR = 24 };

static uint32_t handled;

static void handler(uint32_t vector)
{
	(void)vector;
	handled++;
}

/* attach(): INIT */
void xs_test_mask_attach(txMachine *the)
{
	(void)the;
	vector_attach(VECTOR, handler);
	stator_port_vector_priority(VECTOR, 0);
	core_enable_vector(VECTOR);
}

/* raise(): makes the vector pending; how often the handler has run by the next statement */
void xs_test_mask_raise(txMachine *the)
{
	handled = 0;
	stator_port_vector_pend(VECTOR);
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)handled;
}

/* handledCount() */
void xs_test_mask_handled(txMachine *the)
{
	mxResult->kind = XS_INTEGER_KIND;
	mxResult->value.integer = (txInteger)handled;
}
