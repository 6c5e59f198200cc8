#include "../port.c"
