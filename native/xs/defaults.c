/*
 * The engine's table of optional features (its xsDefaults.c), less the `name` and `length` of functions: two slots for
 * each function object, on a board 32 bytes for each closure of a task frame.
 */
#include "xsAll.h"

#define fxNewFunctionLength C_NULL
#define fxNewFunctionName C_NULL
#include "xsDefaults.c"
