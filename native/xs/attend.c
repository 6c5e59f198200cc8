/* What a round says is due, seen to in TypeScript, where no TypeScript is running (levels.h). */
#include "xsAll.h"

#include "levels.h"

void stator_attend(txMachine *the, txSlot *attend, uint32_t due)
{
	mxTry(the) {
		mxPushUndefined();
		mxPushSlot(attend);
		mxCall();
		mxPushInteger((txInteger)due);
		mxRunCount(1);
		mxPop();
	}
	mxCatch(the) {
		fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
	}
}
