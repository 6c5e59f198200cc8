#include "../x-cli-lin/main.c"
