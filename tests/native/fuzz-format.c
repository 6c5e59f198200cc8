/* Formats of ours (native/xs/format.c) with texts and numbers of anybody's, against the C library's, in buffers of any size. */
#include "format.h"
#include "fuzz-input.h"
#include "port.h"

static char line[256];
static size_t line_bytes;

void stator_port_write(const char *text, size_t size)
{
	MUST(size <= sizeof line);
	memcpy(line, text, size);
	line_bytes = size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	fuzz_input input = { bytes, bytes + size };
	uint32_t room = fuzz_byte(&input) + fuzz_byte(&input), one = fuzz_word(&input), two = fuzz_word(&input), count = UINT32_MAX;
	long long both = (long long)((uint64_t)one << 32 | two);
	uint8_t *rest = fuzz_bytes(&input, &count);
	char *text = malloc(count + 1), *ours = malloc(room), *theirs = malloc(room), whole[sizeof line];
	for (uint32_t i = 0; i < count; i++)
		text[i] = (char)(rest[i] ? rest[i] : ' ');
	text[count] = 0;
#define SAME(...) \
	MUST(stator_snprintf(ours, room, __VA_ARGS__) == snprintf(theirs, room, __VA_ARGS__) && (!room || !strcmp(ours, theirs)))
	SAME("%s|%.5s|%9s", text, text, text);
	SAME("%d|%7d|%08d|%u|%x|%08x", (int)one, (int)two, (int)one, two, one, two);
	SAME("%lld|%llu|%llx|%ld|%c%%", both, (unsigned long long)both, (unsigned long long)both, (long)both, text[0] ? text[0] : '-');
	stator_print("%s %d", text, (int)one);
	snprintf(whole, sizeof line - 5, "%s %d", text, (int)one);
	MUST(line_bytes == strlen(whole) + 1 && line[line_bytes - 1] == '\n' && !memcmp(line, whole, line_bytes - 1));
	free(rest);
	free(text);
	free(ours);
	free(theirs);
	return 0;
}
