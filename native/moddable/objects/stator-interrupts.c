#include "../../xs/interrupts.c"
