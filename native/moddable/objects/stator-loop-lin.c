#include "../lin/loop.c"
