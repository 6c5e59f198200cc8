#include "../events-glue.c"
