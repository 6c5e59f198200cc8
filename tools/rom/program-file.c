/* Reads program.c, line by line, as tools/xsc/xsc.c writes it: this file and that one change together. */
#include "program-file.h"

static FILE *file;
static char *line;
static size_t room;

static bool next_line(void)
{
	return getline(&line, &room, file) >= 0;
}

/* A C string literal: octal escapes of three digits, and \" and \\. */
static char *literal(const char *at)
{
	char *text = malloc(strlen(at) + 1), *end = text;
	for (at++; *at && *at != '"';) {
		if (*at != '\\')
			*end++ = *at++;
		else if (at[1] >= '0' && at[1] <= '3') {
			*end++ = (char)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0'));
			at += 4;
		} else {
			*end++ = at[1];
			at += 2;
		}
	}
	*end = 0;
	return text;
}

static program_module *module_at(program_file *program, int index)
{
	if (index >= program->module_count) {
		program->modules = realloc(program->modules, (size_t)(index + 1) * sizeof *program->modules);
		memset(program->modules + program->module_count, 0, (size_t)(index + 1 - program->module_count) * sizeof *program->modules);
		program->module_count = index + 1;
	}
	return program->modules + index;
}

static void read_hosts(program_module *module, int count)
{
	module->hosts = calloc((size_t)count, sizeof *module->hosts);
	module->host_count = count;
	for (int i = 0, length, id; i < count && next_line(); i++)
		if (sscanf(line, "\t{ %*[^,], %d, %d }", &length, &id) == 2) {
			module->hosts[i].length = length;
			module->hosts[i].id = (txID)id;
		}
}

static void read_code(program_module *module, unsigned size)
{
	module->code = malloc(size);
	module->size = 0;
	while (module->size < size && next_line())
		for (char *at = line; module->size < size && (at = strpbrk(at, "0123456789"));)
			module->code[module->size++] = (uint8_t)strtoul(at, &at, 10);
}

static void read_names(stator_program *names)
{
	const char **list = NULL;
	names->first_name = XS_ID_COUNT;
	while (next_line() && line[0] == '\t') {
		list = realloc(list, (names->name_count + 1) * sizeof *list);
		list[names->name_count++] = literal(line + 1);
	}
	names->names = list;
}

static void read_modules(program_file *program, int count)
{
	for (int i = 0; i < count && next_line(); i++)
		module_at(program, i)->name = literal(line + 3);
}

bool read_program(const char *path, program_file *program)
{
	int index, count;
	memset(program, 0, sizeof *program);
	file = fopen(path, "r");
	while (file && next_line()) {
		if (sscanf(line, "static const stator_host_function hosts_%d[%d]", &index, &count) == 2)
			read_hosts(module_at(program, index), count);
		else if (sscanf(line, "static const uint8_t code_%d[%d]", &index, &count) == 2)
			read_code(module_at(program, index), (unsigned)count);
		else if (sscanf(line, "static const char *const names[%d]", &count) == 1)
			read_names(&program->names);
		else if (sscanf(line, "static const stator_module modules[%d]", &count) == 1)
			read_modules(program, count);
	}
	free(line);
	if (file)
		fclose(file);
	return program->module_count > 0 && program->names.names;
}
