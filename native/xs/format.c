#include "format.h"

#include "port.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
	char *at, *end;
	int length;
} sink;

static void put(sink *out, char c)
{
	if (out->at < out->end)
		*out->at++ = c;
	out->length++;
}

static void put_padded(sink *out, const char *text, size_t length, int width, char pad)
{
	for (; (size_t)(width < 0 ? 0 : width) > length; width--)
		put(out, pad);
	while (length--)
		put(out, *text++);
}

static void put_number(sink *out, unsigned long long value, unsigned base, bool negative, int width, char pad)
{
	char digits[24], *at = digits + sizeof digits;
	do
		*--at = "0123456789abcdef"[value % base];
	while (value /= base);
	if (negative && pad == '0') { /* the sign stands before the zeros */
		put(out, '-');
		width--;
	} else if (negative)
		*--at = '-';
	put_padded(out, at, (size_t)(digits + sizeof digits - at), width, pad);
}

int stator_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
	sink out = { buffer, size ? buffer + size - 1 : buffer, 0 };
	for (; *format; format++) {
		if (*format != '%') {
			put(&out, *format);
			continue;
		}
		char pad = ' ';
		int width = 0, precision = -1, longs = 0;
		if (*++format == '0') {
			pad = '0';
			format++;
		}
		for (; *format >= '0' && *format <= '9'; format++)
			width = 10 * width + *format - '0';
		if (*format == '.')
			for (precision = 0, format++; *format >= '0' && *format <= '9'; format++)
				precision = 10 * precision + *format - '0';
		for (; *format == 'l' || *format == 'z'; format++)
			longs += *format == 'z' ? (sizeof(size_t) == 8 ? 1 : 0) : 1;
		switch (*format) {
		case 's': {
			const char *text = va_arg(arguments, const char *);
			if (!text)
				text = "(null)";
			size_t length = 0; /* not strlen: a text that is cut need not end */
			while ((precision < 0 || length < (size_t)precision) && text[length])
				length++;
			put_padded(&out, text, length, width, ' ');
			break;
		}
		case 'c': {
			char c = (char)va_arg(arguments, int);
			put_padded(&out, &c, 1, width, ' ');
			break;
		}
		case 'd':
		case 'i': {
			long long value = longs > 1 ? va_arg(arguments, long long) : longs ? va_arg(arguments, long) : va_arg(arguments, int);
			put_number(&out, value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value, 10, value < 0, width, pad);
			break;
		}
		case 'u':
		case 'x':
			put_number(&out,
				longs > 1 ? va_arg(arguments, unsigned long long) : longs ? va_arg(arguments, unsigned long) : va_arg(arguments, unsigned),
				*format == 'x' ? 16 : 10, false, width, pad);
			break;
		case 'p':
			put_number(&out, (uintptr_t)va_arg(arguments, void *), 16, false, width, pad);
			break;
		case '%':
			put(&out, '%');
			break;
		default: /* not one of ours: shown as it stands, so that it is noticed */
			put(&out, '%');
			if (!*format)
				format--;
			else
				put(&out, *format);
		}
	}
	if (size)
		*out.at = 0;
	return out.length;
}

int stator_snprintf(char *buffer, size_t size, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = stator_vsnprintf(buffer, size, format, arguments);
	va_end(arguments);
	return length;
}

void stator_print(const char *format, ...)
{
	char line[252];
	va_list arguments;
	va_start(arguments, format);
	stator_vsnprintf(line, sizeof line - 1, format, arguments);
	va_end(arguments);
	size_t length = strlen(line);
	line[length++] = '\n';
	stator_port_write(line, length);
}
