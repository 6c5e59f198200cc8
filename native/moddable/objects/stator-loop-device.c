#include "../device/loop.c"
