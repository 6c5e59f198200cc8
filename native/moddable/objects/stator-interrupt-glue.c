#include "../../xs/interrupt-glue.c"
