#include "../../xs/probe-none.c"
