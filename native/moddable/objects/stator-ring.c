#include "../../xs/ring.c"
