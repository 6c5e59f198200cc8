/* native/xs/format.c against the C library's snprintf, case by case, in buffers of every size that matters. */
#include "format.h"
#include "port.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char console[1024];
static size_t written;

void stator_port_write(const char *text, size_t size)
{
	memcpy(console + written, text, size);
	written += size;
}

static int failures, cases;

static void compare(const char *format, size_t size, int expected_length, const char *expected, int length, const char *text)
{
	cases++;
	if (length == expected_length && (!size || !strcmp(text, expected)))
		return;
	failures++;
	fprintf(stderr, "%s in %zu bytes: \"%s\" (%d), expected \"%s\" (%d)\n", format, size, size ? text : "", length, size ? expected : "",
		expected_length);
}

/* The buffers are as large as they are said to be, so that the sanitizer sees a byte too far. */
#define AS_LIBC(...) \
	do { \
		static const size_t sizes[] = { 0, 1, 2, 5, 8, 64, 256 }; \
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) { \
			char *ours = malloc(sizes[i]), *theirs = malloc(sizes[i]); \
			if (sizes[i]) \
				memset(ours, 'x', sizes[i]); \
			int expected = snprintf(theirs, sizes[i], __VA_ARGS__); \
			int length = stator_snprintf(ours, sizes[i], __VA_ARGS__); \
			compare(#__VA_ARGS__, sizes[i], expected, theirs, length, ours); \
			free(ours); \
			free(theirs); \
		} \
	} while (0)

/* What the C library does otherwise, or does not define; called without the compiler's check of formats. */
static void shown(const char *expected, const char *format, ...)
{
	char text[64];
	va_list arguments;
	va_start(arguments, format);
	int length = stator_vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	compare(format, sizeof text, (int)strlen(expected), expected, length, text);
}

#pragma GCC diagnostic ignored "-Wformat-truncation"
#pragma GCC diagnostic ignored "-Wformat-zero-length"

int main(void)
{
	AS_LIBC("");
	AS_LIBC("plain text, longer than the small buffers");
	AS_LIBC("100%%");
	AS_LIBC("%d", 0);
	AS_LIBC("%d %d", 42, -42);
	AS_LIBC("%d %d", INT_MAX, INT_MIN);
	AS_LIBC("%i", -7);
	AS_LIBC("%5d|%5d|%1d", 42, -42, 12345);
	AS_LIBC("%05d|%05d|%08d", 42, -42, INT_MIN);
	AS_LIBC("%03d|%02d", -1, -12345);
	AS_LIBC("%u %u", 0u, UINT_MAX);
	AS_LIBC("%5u|%05u", 42u, 42u);
	AS_LIBC("%x %x %x", 0u, 0xBEEFu, UINT_MAX);
	AS_LIBC("%08x|%8x|%2x", 0xBEEFu, 0xBEEFu, 0xBEEFu);
	AS_LIBC("%ld %ld", LONG_MAX, LONG_MIN);
	AS_LIBC("%lu %lx", ULONG_MAX, ULONG_MAX);
	AS_LIBC("%lld %lld", LLONG_MAX, LLONG_MIN);
	AS_LIBC("%llu %llx", ULLONG_MAX, ULLONG_MAX);
	AS_LIBC("%020lld|%20lld", LLONG_MIN, LLONG_MIN);
	AS_LIBC("%zu %zx %zd", SIZE_MAX, SIZE_MAX, (ssize_t)-1);
	AS_LIBC("%s", "");
	AS_LIBC("%s and %s", "one", "another");
	AS_LIBC("%10s|%3s|%0d", "right", "longer", 1);
	AS_LIBC("%.3s|%.0s|%.s|%.9s", "cut", "gone", "gone", "short");
	AS_LIBC("%6.2s|%2.6s", "padded", "padded");
	AS_LIBC("%c%c%c", 'a', '%', 'z');
	AS_LIBC("%3c|%c", 'a', 'b');
	AS_LIBC("[%5u.%03u] %s", 12u, 7u, "a log line");
	AS_LIBC("%s: %d of %u (%x)%%", "many", -1, 2u, 3u);

	/* A string that does not end is read no further than told. */
	char *four = malloc(4), text[16];
	memcpy(four, "1234", 4);
	if (stator_snprintf(text, sizeof text, "%.4s", four) != 4 || strcmp(text, "1234"))
		failures++;
	free(four);

	shown("(null)", "%s", NULL);
	shown("bead", "%p", (void *)0xbead);
	shown("%q", "%q");
	shown("%-5d", "%-5d");
	shown("%f", "%f");
	shown("%", "%");
	shown("a%", "a%");
	shown("%", "%5");
	shown("%", "%08l");

	/* A line for the console: its newline, and what is too long is cut. */
	stator_print("%s", "line");
	if (written != 5 || memcmp(console, "line\n", 5))
		failures++;
	written = 0;
	char wide[400];
	memset(wide, 'w', sizeof wide);
	wide[399] = 0;
	stator_print("%s", wide);
	if (written != 251 || console[250] != '\n' || console[249] != 'w')
		failures++;

	printf("%d cases, %d failures\n", cases, failures);
	return failures != 0;
}
