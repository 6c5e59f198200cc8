/*
 * Positions (position.h). The bytecode carries no line numbers; the build writes, for the program's main module, a table
 * of where each statement and call begins (lines.c): per entry the distance in bytecode, the change of file, the change of
 * line and the column, as variable-length numbers, about four bytes each. It is read from its start, which is fine for an error.
 */
#include "xsAll.h"

#include "format.h"
#include "position.h"
#include "stator-program.h"

enum { FRAMES = 4 };

static const uint8_t *frames[FRAMES];
static const txSlot *thrown; /* the exception's object, null for a primitive */

static const uint8_t *in_program(const txByte *code)
{
	const stator_module *main_module = &stator_the_program.modules[0];
	const uint8_t *at = (const uint8_t *)code;
	return at >= main_module->code && at < main_module->code + main_module->size ? at : NULL;
}

void stator_note_throw(txMachine *the)
{
	const txSlot *object = mxException.kind == XS_REFERENCE_KIND ? mxException.value.reference : NULL;
	if (object && object == thrown)
		return;
	thrown = object;
	c_memset(frames, 0, sizeof frames);
	int count = 0;
	const txByte *code = the->code;
	for (const txSlot *frame = the->frame; frame && count < FRAMES; frame = frame->next) {
		const uint8_t *at = in_program(code);
		if (at) /* a caller's code stands behind the call */
			frames[count++] = frame == the->frame ? at : at - 1;
		code = frame->value.frame.code;
	}
}

static uint32_t number(const uint8_t **at)
{
	uint32_t value = 0;
	for (int shift = 0;; shift += 7) {
		uint8_t byte = *(*at)++;
		value |= (uint32_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return value;
	}
}

static int32_t signed_number(const uint8_t **at)
{
	uint32_t value = number(at);
	return (int32_t)(value >> 1) ^ -(int32_t)(value & 1);
}

/* The last place that begins at or before the code. */
static bool find(const uint8_t *code, const char **file, int *line, int *column)
{
	const uint8_t *at = stator_the_lines.table, *end = at + stator_the_lines.size;
	uint32_t offset = 0, wanted = (uint32_t)(code - stator_the_program.modules[0].code);
	int32_t in_file = 0, in_line = 0, in_column = 0;
	bool found = false;
	while (at < end) {
		offset += number(&at);
		if (offset > wanted)
			break;
		in_file += signed_number(&at);
		in_line += signed_number(&at);
		in_column = (int32_t)number(&at);
		found = true;
	}
	if (!found || in_line == 0)
		return false;
	*file = stator_the_lines.files[in_file];
	*line = in_line;
	*column = in_column + 1;
	return true;
}

static bool is_thrown(const txSlot *exception)
{
	return (exception->kind == XS_REFERENCE_KIND ? exception->value.reference : NULL) == thrown;
}

void stator_print_positions(txMachine *the, const txSlot *exception)
{
	const char *file;
	int line, column;
	(void)the;
	for (int i = 0; i < FRAMES && is_thrown(exception); i++)
		if (frames[i] && find(frames[i], &file, &line, &column))
			stator_print("  at %s:%d:%d", file, line, column);
}

size_t stator_position(txMachine *the, const txSlot *exception, char *buffer, size_t size)
{
	const char *file;
	int line, column;
	(void)the;
	buffer[0] = 0;
	if (!is_thrown(exception) || !frames[0] || !find(frames[0], &file, &line, &column))
		return 0;
	return (size_t)stator_snprintf(buffer, size, "%s:%d:%d", file, line, column);
}
