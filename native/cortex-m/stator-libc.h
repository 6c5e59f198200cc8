/*
 * stator-libc.h for boards: what XS takes from the C library, less what would bring in malloc, files, locales and
 * time zones. Board time is UTC from a settable origin; snprintf is native/xs/format.c.
 */
#ifndef STATOR_LIBC_H
#define STATOR_LIBC_H

#include "board-libc.h"
#include "format.h"

#define c_snprintf stator_snprintf
#define c_vsnprintf stator_vsnprintf
#define vsnprintf stator_vsnprintf /* xsre.c calls it by this name */
#define c_printf(...) ((void)0)
#define c_fprintf(...) ((void)0)
#define c_vprintf(...) ((void)0)
#define c_vfprintf(...) ((void)0)

_Noreturn void stator_port_exit(int status);
#define c_exit stator_port_exit
#define c_signal(number, handler) ((void)0)

struct timezone_unused;
typedef struct timeval c_timeval;
#define c_timezone timezone_unused

#endif
