/*
 * stator-program.h: a program as stator-xsc writes it (program.c): modules as bytecode in flash, the names that they
 * use in the order of their IDs, and the native functions that they bind.
 */
#ifndef STATOR_PROGRAM_H
#define STATOR_PROGRAM_H

#include <stdint.h>

struct sxMachine; /* the engine's machine: generated code knows its name only */

typedef struct {
	void (*callback)(struct sxMachine *the);
	int32_t length; /* parameters */
	uint16_t id;    /* the function's name */
} stator_host_function;

typedef struct {
	const char *name;
	const uint8_t *code;
	uint32_t size;
	void (*bind)(struct sxMachine *the); /* returns the module's native functions; null when it has none */
} stator_module;

typedef struct {
	uint8_t engine[3];     /* version of the engine that compiled it */
	uint32_t first_name;   /* ID of names[0]: the engine's own come before */
	uint32_t name_count;
	const char *const *names;
	uint32_t module_count;
	const stator_module *modules; /* the first one runs */
} stator_program;

/* Where each place of a module begins (lines.c, written by the build; position.c reads it and says how it is packed). */
typedef struct {
	const uint8_t *table;
	uint32_t size;
} stator_module_lines;

/* The modules with lines come first among the program's, in its order: main's, then each level's; native bindings have none. */
typedef struct {
	const char *const *files; /* of all modules */
	uint32_t module_count;
	const stator_module_lines *modules;
} stator_lines;

extern const stator_program stator_the_program;
extern const stator_lines stator_the_lines;

void stator_bind_hosts(struct sxMachine *the, int count, const stator_host_function *functions);

#endif
