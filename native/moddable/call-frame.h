/* call-frame.h: what a call has on the engine's stack between the function and its arguments. XS 17. */
#ifndef STATOR_CALL_FRAME_H
#define STATOR_CALL_FRAME_H

#include "xsAll.h"

static inline txSlot *push_kind(txSlot *stack, txKind kind)
{
	(--stack)->next = C_NULL;
	mxInitSlotKind(stack, kind);
	return stack;
}

/* As mxCall, without a look whether there is room. */
static inline txSlot *push_frame(txSlot *stack)
{
	stack = push_kind(stack, XS_UNDEFINED_KIND); /* result */
	return push_kind(stack, XS_UNINITIALIZED_KIND); /* frame */
}

#endif
