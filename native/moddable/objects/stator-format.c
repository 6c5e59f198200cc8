#include "../../xs/format.c"
