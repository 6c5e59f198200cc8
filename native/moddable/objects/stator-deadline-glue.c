#include "../../xs/deadline-glue.c"
