#include "../../xs/wheel.c"
