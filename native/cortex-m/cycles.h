/* cycles.h: which counter measures polls (stator-cycles.h). */
#ifndef CYCLES_H
#define CYCLES_H

/* Starts the core's cycle counter and looks whether it counts. After chip_init. */
void cycles_init(void);

#endif
