#include "../../xs/channel-glue.c"
