#include "../../xs/executor.c"
