#include "../../cortex-m/lock.c"
