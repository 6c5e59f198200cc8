#include "../sources.c"
