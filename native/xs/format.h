/*
 * format.h: the little of printf that XS and the reports need, without the C library's (which brings malloc).
 * %s %d %i %u %x %c %p %%, with l, ll, z; a width and 0 are honoured, %.Ns cuts a string.
 */
#ifndef STATOR_FORMAT_H
#define STATOR_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf: returns what the text would have taken. Any context. */
int stator_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int stator_snprintf(char *buffer, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Formats one line of at most 250 characters and writes it to the console. Any context. */
void stator_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
