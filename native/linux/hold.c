/* What hold.h counts in. */
#include "hold.h"

__thread uint32_t linux_held;
__thread bool linux_held_up;
