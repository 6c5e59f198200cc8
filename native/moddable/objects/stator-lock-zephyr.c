#include "../device/lock-zephyr.c"
