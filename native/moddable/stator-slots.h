/* stator-slots.h: mcconfig gives C files no -D, so what the other platforms' builds define stands here. As SLOT_BITS in hal/moddable. */
#ifndef STATOR_SLOT_BITS
#define STATOR_SLOT_BITS 12
#endif
