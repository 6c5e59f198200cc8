#include "../../xs/timer-glue.c"
