#include "../../xs/queue-glue.c"
