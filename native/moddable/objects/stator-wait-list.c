#include "../../xs/wait-list.c"
