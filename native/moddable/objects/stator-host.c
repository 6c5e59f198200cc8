#include "../host.c"
