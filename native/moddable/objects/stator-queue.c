#include "../../xs/queue.c"
