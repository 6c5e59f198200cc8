/* fuzz-flash.h: what a flash for images gives to the fuzz target. */
#ifndef FUZZ_FLASH_H
#define FUZZ_FLASH_H

/* Opens it, once. */
void fuzz_flash_open(void);

/* Ends the program when something outside of the areas is not what it was. */
void fuzz_flash_outside(void);

#endif
