#include "../device/lock-esp32.c"
