#include "../../xs/ready.c"
