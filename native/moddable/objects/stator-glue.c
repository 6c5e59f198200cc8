#include "../../xs/glue.c"
