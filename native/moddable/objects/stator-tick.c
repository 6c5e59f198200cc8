#include "../../xs/tick.c"
