/*
 * What the models of flash controllers have in common: the flash itself, and the look at each access whether the one before has written something.
 * fake_register hands out the word of an address; what was written to it is seen at the next access, or when the test looks.
 */
#ifndef FLASH_MODEL_H
#define FLASH_MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_SIZE = 1024 * 1024, MODEL_AREA = 256 * 1024 };

extern uint8_t flash_memory[FLASH_SIZE];
extern uint32_t model_areas_at; /* two areas for images lie there in the flash */
extern bool flash_writable; /* what memory protection says */

/* Of the model: where flash begins; an access to a register of the controller or to flash is over, and this was there before. */
extern const uint32_t flash_begin;
volatile uint32_t *controller_register(uint32_t address);
void controller_written(uint32_t address, uint32_t before, uint32_t now);
bool controller_takes_word(uint32_t address);
void controller_turn(void); /* before each access: time passes */

/* Ends the last access. */
void model_settle(void);

/* What went wrong, in words; ends the program with 1. */
void model_fail(const char *what, uint32_t number) __attribute__((noreturn));

/* The controller is stuck, or refuses: what the driver has to report. */
extern bool controller_stuck, controller_refuses;

#endif
