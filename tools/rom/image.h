/* image.h: the machine that rom.c has made, as write.c writes it. */
#ifndef STATOR_IMAGE_H
#define STATOR_IMAGE_H

#include "rom.h"

#include <stdbool.h>
#include <stdio.h>

#include "program-file.h"

enum { FREE = -1, VARIABLE = 1 << 24 };

/* One machine's instance of its entry module. */
enum { INSTANCES_MAX = 16, SHARED = 0 };
typedef struct {
	const char *name;   /* of its module in the registry */
	txSlot *body;       /* the function that runs on the device */
	int first_variable, variable_count;
	int alias_count;    /* alias 0 is XS_NO_ID */
} instance;
extern instance instances[INSTANCES_MAX];
extern int instance_count;

extern program_file program;

/* By place in the heap (strip.h): */
extern int *numbers;    /* of a slot in the image; FREE, or VARIABLE + its number there */
extern bool *in_object; /* of an object in RAM, itself or a property */
extern int slot_count, variable_count;

bool in_use(const txSlot *slot);

/* The machine as C constants. Ends the program when something of it cannot be written. */
void write_image(txMachine *the, FILE *file);

#endif
