#include "../../xs/attend.c"
