#include "../../xs/tick-glue.c"
