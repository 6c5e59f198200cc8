/*
 * Positions (position.h). The bytecode carries no line numbers; the build writes, for main's module and each level's, a table
 * of where each statement and call begins (lines.c): per entry the distance in bytecode, the change of file, the change of
 * line and the column, as variable-length numbers, about four bytes each. It is read from its start, which is fine for an error.
 */
#include "xsAll.h"

#include "format.h"
#include "machine.h"
#include "position.h"
#include "stator-program.h"

#define MACHINE ((stator_machine *)the->context)

/* The number of the module that the code is in; `module_count`: in none whose lines are known. */
static uint32_t module_of(const uint8_t *code)
{
	uint32_t i = 0;
	for (; i < stator_the_lines.module_count; i++) {
		const stator_module *module = &stator_the_program.modules[i];
		if (code >= module->code && code < module->code + module->size)
			break;
	}
	return i;
}

static const uint8_t *in_program(const txByte *code)
{
	const uint8_t *at = (const uint8_t *)code;
	return module_of(at) < stator_the_lines.module_count ? at : NULL;
}

void stator_note_throw(txMachine *the)
{
	const txSlot *object = mxException.kind == XS_REFERENCE_KIND ? mxException.value.reference : NULL;
	stator_machine *machine = MACHINE;
	if (object && object == machine->thrown)
		return;
	machine->thrown = object;
	c_memset(machine->thrown_at, 0, sizeof machine->thrown_at);
	int count = 0;
	const txByte *code = the->code;
	for (const txSlot *frame = the->frame; frame && count < STATOR_THROW_FRAMES; frame = frame->next) {
		const uint8_t *at = in_program(code);
		if (at) /* a caller's code stands behind the call */
			machine->thrown_at[count++] = frame == the->frame ? at : at - 1;
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

/* The last place that begins at or before the code, which is in_program. */
static bool find(const uint8_t *code, const char **file, int *line, int *column)
{
	uint32_t module = module_of(code), offset = 0, wanted = (uint32_t)(code - stator_the_program.modules[module].code);
	const uint8_t *at = stator_the_lines.modules[module].table, *end = at + stator_the_lines.modules[module].size;
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

static bool is_thrown(const stator_machine *machine, const txSlot *exception)
{
	return (exception->kind == XS_REFERENCE_KIND ? exception->value.reference : NULL) == machine->thrown;
}

void stator_print_positions(txMachine *the, const txSlot *exception)
{
	const char *file;
	int line, column;
	const stator_machine *machine = MACHINE;
	for (int i = 0; i < STATOR_THROW_FRAMES && is_thrown(machine, exception); i++)
		if (machine->thrown_at[i] && find(machine->thrown_at[i], &file, &line, &column))
			stator_print("  at %s:%d:%d", file, line, column);
}

/* Frames lie on the XS stack: a pointer that does not is not followed. */
static const txSlot *on_stack(txMachine *the, const txSlot *frame)
{
	return frame >= the->stackBottom && frame < the->stackTop && !((uintptr_t)frame & 3) ? frame : NULL;
}

void stator_print_where(txMachine *the)
{
	enum { SHOWN = 8, LOOKED_AT = 1000 };
	const char *file;
	int line, column, shown = 0;
	const txByte *code = the->code;
	const txSlot *frame = on_stack(the, the->frame);
	for (int i = 0; frame && i < LOOKED_AT; i++) {
		const uint8_t *at = in_program(code);
		if (at && i) /* a caller's code stands behind the call */
			at--;
		if (at && shown < SHOWN && find(at, &file, &line, &column)) {
			if (!shown++)
				stator_print("  in TypeScript, innermost first:");
			stator_print("  at %s:%d:%d", file, line, column);
		}
		code = frame->value.frame.code;
		frame = on_stack(the, frame->next);
	}
}

size_t stator_position(txMachine *the, const txSlot *exception, char *buffer, size_t size)
{
	const char *file;
	int line, column;
	const stator_machine *machine = MACHINE;
	buffer[0] = 0;
	if (!is_thrown(machine, exception) || !machine->thrown_at[0] || !find(machine->thrown_at[0], &file, &line, &column))
		return 0;
	return (size_t)stator_snprintf(buffer, size, "%s:%d:%d", file, line, column);
}
