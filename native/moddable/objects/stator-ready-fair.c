#include "../../xs/ready-fair.c"
