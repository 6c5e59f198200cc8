/* program-file.h: reads back the C file that stator-xsc wrote: names, bytecode, native functions. */
#ifndef STATOR_PROGRAM_FILE_H
#define STATOR_PROGRAM_FILE_H

#include "rom.h"

typedef struct {
	char *name;
	uint8_t *code;
	uint32_t size;
	txHostFunctionBuilder *hosts; /* their callbacks are null here */
	int host_count;
} program_module;

typedef struct {
	stator_program names; /* first_name, name_count and names */
	program_module *modules; /* the first one runs */
	int module_count;
} program_file;

/* False: the file is not there, or is none of stator-xsc's. */
bool read_program(const char *path, program_file *program);

#endif
