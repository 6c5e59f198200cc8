#include "../arena.c"
