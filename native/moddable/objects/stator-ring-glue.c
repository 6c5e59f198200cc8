#include "../../xs/ring-glue.c"
