#include "../turn.c"
