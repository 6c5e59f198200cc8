/* The native functions of deadline.js: deadlines of task slots (native/abi/ready.h). The executor's own context. */
#include "xsAll.h"

#include "executor-here.h"
#include "native-call.h"

static int32_t deadline(txMachine *the, uint32_t what, uint32_t *tick)
{
	int32_t outcome = stator_order_deadline(&EXECUTOR->ready, (uint32_t)fxToInteger(the, mxArgv(0)), what, tick);
	if (outcome == STATOR_NO_DEADLINES)
		mxTypeError("deadlines need the policy \"deadline\": say \"policy\": \"deadline\" under \"stator\" in the manifest, or in the level's entry");
	return outcome;
}

/* deadlineSet(slot, tick): undefined: none */
void xs_stator_deadline_set(txMachine *the)
{
	uint32_t tick = 0;
	bool some = mxArgc > 1 && mxArgv(1)->kind != XS_UNDEFINED_KIND;
	if (some)
		tick = (uint32_t)fxToInteger(the, mxArgv(1));
	deadline(the, some ? STATOR_DEADLINE_SET : STATOR_DEADLINE_NONE, &tick);
}

/* deadlineOf(slot): its tick, or undefined */
void xs_stator_deadline_of(txMachine *the)
{
	uint32_t tick = 0;
	if (deadline(the, STATOR_DEADLINE_GET, &tick) != STATOR_DEADLINE_IS)
		return;
	return_integer(the, (txInteger)tick);
}
